extension CaptureLine {
  /// The line that records an entry.
  init(_ entry: CaptureEntry) {
    switch entry {
    case .file(let path, let limit, let reading):
      self.init(kind: .file, name: path)
      switch limit {
      case .whole(let bytes): whole = bytes
      case .prefix(let bytes): prefix = bytes
      }
      content = answer(reading).map(CaptureBytes.init)
    case .directory(let path, let reading):
      self.init(kind: .directory, name: path)
      names = answer(reading)
    case .link(let path, let reading):
      self.init(kind: .link, name: path)
      link = answer(reading)
    case .numberedLinks(let path, let numbers, let reading):
      self.init(kind: .links, name: path)
      range = [numbers.lowerBound, numbers.upperBound]
      links = answer(reading).map { links in
        Dictionary(uniqueKeysWithValues: links.map { (String($0.key), $0.value) })
      }
    case .entryCount(let path, let reading):
      self.init(kind: .count, name: path)
      count = answer(reading)
    case .command(let words, let reading):
      self.init(kind: .command)
      self.words = words
      output = answer(reading).map {
        CommandOutputLine(
          status: $0.status, standardOutput: CaptureBytes($0.standardOutput),
          standardError: CaptureBytes($0.standardError))
      }
    case .netlink(let question, let reading):
      self.init(kind: .netlink, name: question)
      messages = answer(reading)?.map {
        MessageLine(type: $0.type, payload: CaptureBytes($0.payload))
      }
    case .note(let name, let json):
      self.init(kind: .note, name: name)
      self.json = json
    }
  }

  /// Sets the member that says why there is no answer, or returns the answer.
  private mutating func answer<Value>(_ reading: Reading<Value>) -> Value? {
    switch reading {
    case .value(let value, _): return value
    case .absent: absent = true
    case .denied(_, let capability): denied = capability
    case .failed(_, let failure): failed = failure
    }
    return nil
  }

  /// The entry that the line records; `nil` where members are missing or do not fit its kind.
  var entry: CaptureEntry? {
    switch kind {
    case .file:
      guard let name, let limit = whole.map(FileLimit.whole) ?? prefix.map(FileLimit.prefix),
        limit.bytes >= 0,
        let reading = reading(content?.bytes, from: .file(name))
      else { return nil }
      return .file(name, limit, reading)
    case .directory:
      guard let name, let reading = reading(names, from: .file(name)) else { return nil }
      return .directory(name, reading)
    case .link:
      guard let name, let reading = reading(link, from: .file(name)) else { return nil }
      return .link(name, reading)
    case .links:
      guard let name, let numbers, let reading = reading(numberedLinks, from: .file(name))
      else { return nil }
      return .numberedLinks(name, numbers, reading)
    case .count:
      guard let name, count ?? 0 >= 0, let reading = reading(count, from: .file(name))
      else { return nil }
      return .entryCount(name, reading)
    case .command:
      guard let words, let reading = reading(commandOutput, from: .command(words))
      else { return nil }
      return .command(words, reading)
    case .netlink:
      guard let name, let reading = reading(netlinkMessages, from: .netlink(name))
      else { return nil }
      return .netlink(name, reading)
    case .note:
      guard let name, let json else { return nil }
      return .note(name, json: json)
    case .capture, .end: return nil
    }
  }

  private func reading<Value>(_ value: Value?, from source: Source) -> Reading<Value>? {
    if let value { return .value(value, from: source) }
    if absent == true { return .absent(source) }
    if let denied { return .denied(source, needs: denied) }
    return failed.map { .failed(source, $0) }
  }

  private var numbers: Range<Int>? {
    guard let range, range.count == 2, let first = range.first, let end = range.last, first >= 0,
      first <= end
    else { return nil }
    return first..<end
  }

  private var numberedLinks: [Int: String]? {
    links.map { links in
      Dictionary(
        links.compactMap { name, target in Int(name).map { ($0, target) } },
        uniquingKeysWith: { $1 })
    }
  }

  private var commandOutput: CommandOutput? {
    guard let output, let standardOutput = output.standardOutput.bytes,
      let standardError = output.standardError.bytes
    else { return nil }
    return CommandOutput(
      status: output.status, standardOutput: standardOutput, standardError: standardError)
  }

  private var netlinkMessages: [NetlinkMessage]? {
    guard let messages else { return nil }
    let decoded = messages.compactMap { line in
      line.payload.bytes.map { NetlinkMessage(type: line.type, payload: $0) }
    }
    return decoded.count == messages.count ? decoded : nil
  }
}
