/// Bytes that a service sent back, held against those that were expected.
package struct ProbeReply: Sendable, Hashable, Codable {
  /// The first bytes of the answer, at most 512.
  package var bytes: [UInt8]
  /// How many came in all, as far as they were read: at most 64 KiB.
  package var count: Int
  package var match: Match

  /// Bytes of an answer that are kept.
  static let keptBytes = 512

  package init(bytes: [UInt8], count: Int, match: Match) {
    self.bytes = bytes
    self.count = count
    self.match = match
  }

  /// Compares a whole answer.
  init(_ answer: [UInt8], expected: [UInt8]) {
    self.init(
      bytes: Array(answer.prefix(Self.keptBytes)), count: answer.count,
      match: Match(answer, expected: expected))
  }

  /// How an answer stands to what was expected: CLB's own rule is not documented.
  package enum Match: String, Sendable, Hashable, Codable {
    /// Nothing in particular was expected.
    case anything
    case equal
    /// It begins with what was expected, and more follows.
    case begins
    /// It holds what was expected, behind other bytes.
    case contains
    case differs

    init(_ answer: [UInt8], expected: [UInt8]) {
      if expected.isEmpty {
        self = .anything
      } else if answer == expected {
        self = .equal
      } else if answer.starts(with: expected) {
        self = .begins
      } else {
        self = answer.firstRange(of: expected) == nil ? .differs : .contains
      }
    }
  }
}
