internal import FoundationEssentials

/// One line of a capture file. Exactly one answer member is set; see `Docs/capture.md`.
struct CaptureLine: Codable {
  var kind: Kind
  /// The path, the question in words, or the note's name.
  var name: String?
  /// A command's words.
  var words: [String]?
  /// Bytes asked for, when the file was to be read whole.
  var whole: Int?
  /// Bytes asked for, when only the start of the file was.
  var prefix: Int?
  /// The first number and the one past the last, of numbered links.
  var range: [Int]?

  var absent: Bool?
  var denied: Capability?
  var failed: ReadFailure?
  var content: CaptureBytes?
  var names: [String]?
  var link: String?
  var links: [String: String]?
  var count: Int?
  var output: CommandOutputLine?
  var messages: [MessageLine]?
  var json: String?

  // The first and the last line.
  var version: Int?
  var agent: String?
  var takenAt: String?
  var entries: Int?

  enum Kind: String, Codable {
    case capture, file, directory, link, links, count, command, netlink, note, end
  }

  struct CommandOutputLine: Codable {
    var status: Int32
    var standardOutput: CaptureBytes
    var standardError: CaptureBytes
  }

  struct MessageLine: Codable {
    var type: UInt16
    var payload: CaptureBytes
  }
}

/// Bytes as text where they are text, so that a person can read a capture; else in base64.
struct CaptureBytes: Codable {
  var text: String?
  var base64: String?

  init(_ bytes: [UInt8]) {
    // A NUL is legal in a JSON string, and yet no editor shows it.
    if !bytes.contains(0), let string = String(validating: bytes, as: UTF8.self) {
      text = string
    } else {
      base64 = Data(bytes).base64EncodedString()
    }
  }

  /// `nil` where the line holds neither form, or no legal base64.
  var bytes: [UInt8]? {
    if let text { return Array(text.utf8) }
    return base64.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
  }
}
