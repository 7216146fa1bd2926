import Testing

@testable import JSONText

@Suite("JSON")
struct JSONReaderTests {
  private func read(_ text: String) throws(JSONReader.Failure) -> JSONValue {
    let bytes = Array(text.utf8)
    var reader = JSONReader(bytes, bytes.indices)
    return try reader.value()
  }

  @Test(
    "values",
    arguments: [
      ("null", JSONValue.null), ("true", .bool(true)), (" -7 ", .integer(-7)),
      ("1.5", .number("1.5")),
      ("99999999999999999999", .number("99999999999999999999")),
      ("\"a\\\"b\\n\"", .string("a\"b\n")),
      ("\"\\u00e4\\ud83d\\ude00\"", .string("ä😀")), ("\"\\ud83d\"", .string("\u{FFFD}")),
      ("[]", .array([])), ("[1, [2]]", .array([.integer(1), .array([.integer(2)])])),
      ("{\"a\": {}}", .object([.init(name: "a", value: .object([]))])),
    ])
  func values(_ text: String, _ expected: JSONValue) throws {
    #expect(try read(text) == expected)
  }

  @Test(
    "what is none",
    arguments: [
      "", "[", "{", "\"", "[1", "[1 2]", "{\"a\"}", "{\"a\":}", "{1: 2}", "nul", "\"\\", "]", ",",
    ])
  func malformed(_ text: String) {
    #expect(throws: JSONReader.Failure.self) { try read(text) }
  }

  @Test(
    "a value is stepped over as it is read",
    arguments: ["[1, \"]\", {\"a\": [2]}]", "\"\\\"\"", "12", "{}"])
  func skips(_ text: String) throws {
    let bytes = Array((text + " 7").utf8)
    var reader = JSONReader(bytes, bytes.indices)
    #expect(try reader.skipValue() == 0..<text.utf8.count)
    #expect(try reader.value() == .integer(7))
  }

  @Test("values that nest too deep are refused")
  func deep() {
    let text = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
    #expect(throws: JSONReader.Failure(offset: 96, expected: "fewer than 96 levels")) {
      try read(text)
    }
  }
}
