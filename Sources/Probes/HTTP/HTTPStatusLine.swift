/// The first line of an HTTP response: `HTTP/1.1 200 OK`.
struct HTTPStatusLine: Hashable {
  /// As it came, without its line end; at most 256 bytes of it.
  var text: String
  /// 100–599.
  var status: Int

  /// Bytes of the line that are kept.
  static let keptBytes = 256

  /// Parses a whole line; `nil` unless it starts with version, space and a status of 100–599.
  ///
  /// The reason may be missing together with the space before it: some servers send only the number,
  /// and proxies accept that.
  init?(parsing line: some Collection<UInt8>) {
    guard HTTPStatusLine.canBegin(line), line.count >= HTTPStatusLine.statusEnd else { return nil }
    let digits = line.dropFirst(HTTPStatusLine.statusEnd - 3).prefix(3)
    status = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    text = String(decoding: line.prefix(HTTPStatusLine.keptBytes), as: UTF8.self)
  }

  /// Whether a status line may begin with these bytes.
  ///
  /// So a server that speaks something else is known by its first wrong byte, not by a time limit.
  static func canBegin(_ bytes: some Collection<UInt8>) -> Bool {
    for (byte, expected) in zip(bytes, template) where !expected.allows(byte) { return false }
    return true
  }

  /// Bytes up to the end of the status; every part has a fixed width: RFC 9112, sections 2.3 and 4.
  private static let statusEnd = template.count - 1

  /// `HTTP/d.d ddd` and a space.
  private static let template: [Expected] =
    "HTTP/".utf8.map { .byte($0) } + [.digit, .byte(UInt8(ascii: ".")), .digit]
    + [.byte(UInt8(ascii: " ")), .classDigit, .digit, .digit, .byte(UInt8(ascii: " "))]

  private enum Expected {
    case byte(UInt8)
    case digit
    /// The first digit of a status.
    case classDigit

    func allows(_ byte: UInt8) -> Bool {
      switch self {
      case .byte(let expected): byte == expected
      case .digit: (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      case .classDigit: (UInt8(ascii: "1")...UInt8(ascii: "5")).contains(byte)
      }
    }
  }
}
