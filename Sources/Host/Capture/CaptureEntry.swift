/// One reading as it passed a door: the question and its answer.
package enum CaptureEntry: Sendable, Hashable {
  case file(String, FileLimit, Reading<[UInt8]>)
  case directory(String, Reading<[String]>)
  case link(String, Reading<String>)
  case numberedLinks(String, Range<Int>, Reading<[Int: String]>)
  case entryCount(String, Reading<Int>)
  case command([String], Reading<CommandOutput>)
  case netlink(String, Reading<[NetlinkMessage]>)
  /// What the agent itself adds: its name, and a JSON text that the one who wrote it can read.
  case note(String, json: String)

  /// The question, without the answer.
  package var question: CaptureQuestion {
    switch self {
    case .file(let path, let limit, _): .file(path, limit)
    case .directory(let path, _): .directory(path)
    case .link(let path, _): .link(path)
    case .numberedLinks(let path, let numbers, _): .numberedLinks(path, numbers)
    case .entryCount(let path, _): .entryCount(path)
    case .command(let words, _): .command(words)
    case .netlink(let question, _): .netlink(question)
    case .note(let name, _): .note(name)
    }
  }
}

/// What was asked at a door.
package enum CaptureQuestion: Sendable, Hashable {
  case file(String, FileLimit)
  case directory(String)
  case link(String)
  case numberedLinks(String, Range<Int>)
  case entryCount(String)
  case command([String])
  case netlink(String)
  case note(String)
}
