internal import FoundationEssentials

/// The form in which the collecting child hands readings to its parent.
///
/// Both are one executable, so the form is nobody else's and has no version. An entry is a frame: its
/// length, its kind, its question and its answer; numbers are of 64 bits in host order, and text and
/// lists begin with their count. The JSON of a capture file takes longer to write and to read than
/// most of the host does.
struct EntryFrame {
  private(set) var bytes: [UInt8] = []

  /// What a frame, or an answer, begins with.
  enum Kind: UInt8 {
    case end, file, directory, link, numberedLinks, entryCount, command, netlink, note
    case value, absent, denied, failed
  }

  /// Appends an entry.
  mutating func append(_ entry: CaptureEntry) {
    frame { $0.put(entry) }
  }

  /// Appends the frame that says that no more follow.
  mutating func appendEnd() {
    frame { $0.put(.end) }
  }

  /// Hands out what was written so far, and begins anew.
  mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  private mutating func frame(_ body: (inout EntryFrame) -> Void) {
    var inner = EntryFrame()
    body(&inner)
    put(inner.bytes)
  }

  private mutating func put(_ entry: CaptureEntry) {
    switch entry {
    case .file(let path, .whole(let most), let reading):
      put(.file, path, 0, most)
      put(reading) { $0.put($1) }
    case .file(let path, .prefix(let count), let reading):
      put(.file, path, 1, count)
      put(reading) { $0.put($1) }
    case .directory(let path, let reading):
      put(.directory, path)
      put(reading) { $0.put($1) }
    case .link(let path, let reading):
      put(.link, path)
      put(reading) { $0.put($1) }
    case .numberedLinks(let path, let numbers, let reading):
      put(.numberedLinks, path, numbers.lowerBound, numbers.upperBound)
      put(reading) { frame, links in
        frame.put(links.count)
        for (number, target) in links {
          frame.put(number)
          frame.put(target)
        }
      }
    case .entryCount(let path, let reading):
      put(.entryCount, path)
      put(reading) { $0.put($1) }
    case .command(let words, let reading):
      put(.command)
      put(words)
      put(reading) { frame, output in
        frame.put(Int(output.status))
        frame.put(output.standardOutput)
        frame.put(output.standardError)
      }
    case .netlink(let question, let reading):
      put(.netlink, question)
      put(reading) { frame, messages in
        frame.put(messages.count)
        for message in messages {
          frame.put(Int(message.type))
          frame.put(message.payload)
        }
      }
    case .note(let name, let json):
      put(.note, name)
      put(json)
    }
  }

  private mutating func put<Value>(
    _ reading: Reading<Value>, _ putValue: (inout EntryFrame, Value) -> Void
  ) {
    switch reading {
    case .value(let value, _):
      put(.value)
      putValue(&self, value)
    case .absent: put(.absent)
    case .denied(_, let capability): put(.denied, capability.rawValue)
    case .failed(_, let failure):
      put(.failed)
      put((try? JSONEncoder().encode(failure)).map { Array($0) } ?? [])
    }
  }

  private mutating func put(_ kind: Kind) { bytes.append(kind.rawValue) }

  private mutating func put(_ kind: Kind, _ name: String, _ numbers: Int...) {
    put(kind)
    put(name)
    for number in numbers { put(number) }
  }

  private mutating func put(_ number: Int) { bytes.append(hostOrder: Int64(number)) }

  private mutating func put(_ text: String) {
    put(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func put(_ raw: [UInt8]) {
    put(raw.count)
    bytes.append(contentsOf: raw)
  }

  private mutating func put(_ list: [String]) {
    put(list.count)
    for text in list { put(text) }
  }
}
