internal import FoundationEssentials

/// Reads the frames that `EntryFrame` writes.
struct EntryFrames {
  private(set) var entries: [CaptureEntry] = []
  /// Whether the frame that says that no more follow was there.
  private(set) var isWhole = false

  /// Takes whole frames, up to the end or to the first that makes no sense.
  init(parsing bytes: [UInt8]) {
    var rest = FrameReader(bytes[...])
    while let frame = try? rest.bytes() {
      var reader = FrameReader(frame)
      guard let kind = try? reader.kind() else { return }
      if kind == .end {
        isWhole = true
        return
      }
      guard let entry = try? reader.entry(kind) else { return }
      entries.append(entry)
    }
  }
}

/// A frame ended early, or is none of ours.
private struct BrokenFrame: Error {}

/// What is left of a frame.
private struct FrameReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func entry(_ kind: EntryFrame.Kind) throws(BrokenFrame) -> CaptureEntry {
    switch kind {
    case .file:
      let path = try text()
      let isPrefix = try number() == 1
      let count = try number()
      return .file(
        path, isPrefix ? .prefix(count) : .whole(atMost: count),
        try reading(.file(path)) { reader throws(BrokenFrame) in Array(try reader.bytes()) })
    case .directory:
      let path = try text()
      return .directory(
        path, try reading(.file(path)) { reader throws(BrokenFrame) in try reader.texts() })
    case .link:
      let path = try text()
      return .link(
        path, try reading(.file(path)) { reader throws(BrokenFrame) in try reader.text() })
    case .numberedLinks:
      let path = try text()
      let (first, end) = (try number(), try number())
      guard first <= end else { throw BrokenFrame() }
      return .numberedLinks(
        path, first..<end,
        try reading(.file(path)) { reader throws(BrokenFrame) in
          try reader.list { reader throws(BrokenFrame) in (try reader.number(), try reader.text()) }
            .reduce(into: [:]) { $0[$1.0] = $1.1 }
        })
    case .entryCount:
      let path = try text()
      return .entryCount(
        path, try reading(.file(path)) { reader throws(BrokenFrame) in try reader.number() })
    case .command:
      let words = try texts()
      return .command(
        words,
        try reading(.command(words)) { reader throws(BrokenFrame) in
          CommandOutput(
            status: Int32(truncatingIfNeeded: try reader.number()),
            standardOutput: Array(try reader.bytes()), standardError: Array(try reader.bytes()))
        })
    case .netlink:
      let question = try text()
      return .netlink(
        question,
        try reading(.netlink(question)) { reader throws(BrokenFrame) in
          try reader.list { reader throws(BrokenFrame) in
            NetlinkMessage(
              type: UInt16(truncatingIfNeeded: try reader.number()),
              payload: Array(try reader.bytes()))
          }
        })
    case .note: return .note(try text(), json: try text())
    case .end, .value, .absent, .denied, .failed: throw BrokenFrame()
    }
  }

  private mutating func reading<Value>(
    _ source: Source, _ value: (inout FrameReader) throws(BrokenFrame) -> Value
  ) throws(BrokenFrame) -> Reading<Value> {
    switch try kind() {
    case .value: return .value(try value(&self), from: source)
    case .absent: return .absent(source)
    case .denied:
      guard let capability = Capability(rawValue: try text()) else { throw BrokenFrame() }
      return .denied(source, needs: capability)
    case .failed:
      let json = Data(try bytes())
      guard let failure = try? JSONDecoder().decode(ReadFailure.self, from: json) else {
        throw BrokenFrame()
      }
      return .failed(source, failure)
    default: throw BrokenFrame()
    }
  }

  mutating func kind() throws(BrokenFrame) -> EntryFrame.Kind {
    guard let kind = rest.popFirst().flatMap(EntryFrame.Kind.init(rawValue:)) else {
      throw BrokenFrame()
    }
    return kind
  }

  private mutating func number() throws(BrokenFrame) -> Int {
    guard let number = rest.hostOrder(Int64.self, at: 0) else { throw BrokenFrame() }
    rest = rest.dropFirst(8)
    return Int(number)
  }

  mutating func bytes() throws(BrokenFrame) -> ArraySlice<UInt8> {
    let count = try number()
    guard count >= 0, count <= rest.count else { throw BrokenFrame() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  private mutating func text() throws(BrokenFrame) -> String {
    String(decoding: try bytes(), as: UTF8.self)
  }

  private mutating func texts() throws(BrokenFrame) -> [String] {
    try list { reader throws(BrokenFrame) in try reader.text() }
  }

  private mutating func list<Element>(
    _ element: (inout FrameReader) throws(BrokenFrame) -> Element
  ) throws(BrokenFrame) -> [Element] {
    var list: [Element] = []
    for _ in 0..<max(0, try number()) { list.append(try element(&self)) }
    return list
  }
}
