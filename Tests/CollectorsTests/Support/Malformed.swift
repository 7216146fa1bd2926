import Host
import Testing

/// A text that a parser refuses, with its exact words.
struct Malformed: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var text: String
  var failure: ParseFailure

  init(_ description: String, _ text: String, line: Int? = 1, found: String, expected: String) {
    testDescription = description
    self.text = text
    failure = ParseFailure(line: line, found: found, expected: expected)
  }
}
