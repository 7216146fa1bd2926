/// Where a listing stops being one, and what was expected there.
package struct ListingFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line, from 1.
  package var line: Int
  /// The text found, cut at 120 bytes.
  package var found: String
  /// What should stand there.
  package var expected: String

  /// The failure at that line.
  package init(line: Int, found: String, expected: String) {
    self.line = line
    self.found = String(decoding: found.utf8.prefix(120), as: UTF8.self)
    self.expected = expected
  }

  package var description: String { "line \(line): \"\(found)\": expected \(expected)" }
}
