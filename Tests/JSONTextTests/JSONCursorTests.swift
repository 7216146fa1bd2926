import Testing

@testable import JSONText

@Suite("A walk through a JSON document")
struct JSONCursorTests {
  /// Reads `{"list": [{"number": 1–9, "text": …, "flag": …}]}`.
  private func walk(_ text: String) throws(JSONShapeFailure) -> [Int] {
    var json = JSONCursor(Array(text.utf8))
    var numbers: [Int] = []
    _ = try json.enterObject()
    while let name = try json.nextMember() {
      guard name == "list" else {
        try json.skip()
        continue
      }
      guard try json.enterArray() else { continue }
      while try json.nextElement() {
        guard try json.enterObject() else { continue }
        while let name = try json.nextMember() {
          switch name {
          case "number": numbers += [try json.integer(in: 1...9)].compactMap(\.self)
          case "text": _ = try json.string()
          case "flag": _ = try json.bool()
          default: try json.skip()
          }
        }
      }
    }
    try json.expectEnd()
    return numbers
  }

  @Test(
    "takes what is asked for, and steps over the rest",
    arguments: [
      (#"{"list": [{"number": 1}, null, {"text": "a\"", "flag": true, "number": 2}]}"#, [1, 2]),
      (#"{"x": {"list": [[], {}, "]"]}, "list": null}"#, []), (" { } ", []),
      (#"{"list": [{"number": null, "text": null, "flag": null, "other": -1.5e3}]}"#, []),
    ])
  func walks(_ text: String, _ numbers: [Int]) throws {
    #expect(try walk(text) == numbers)
  }

  @Test(
    "says where a document is not of the shape",
    arguments: [
      (
        "{\"list\": [\n  {\"number\": \"x\"}]}",
        "line 2, column 14: list[0].number: \"x\"; expected a whole number from 1 to 9, or null"
      ),
      (
        #"{"list": [null, {"number": 10}]}"#,
        "line 1, column 28: list[1].number: 10; expected a whole number from 1 to 9, or null"
      ),
      (
        #"{"list": [{"text": {"ä": 1}}]}"#,
        "line 1, column 20: list[0].text: {\"ä\": 1}; expected a string or null"
      ),
      (#"{"ä": 1 2}"#, "line 1, column 9: ä: 2; expected \",\" or \"}\""),
      (
        #"{"list": [{"flag": 0}]}"#,
        "line 1, column 20: list[0].flag: 0; expected true, false or null"
      ),
      (#"{"list": {}}"#, "line 1, column 10: list: {}; expected an array or null"),
      ("[]", "line 1, column 1: []; expected an object or null"),
      ("", "line 1, column 1: the document ends; expected an object or null"),
      (#"{"list": [1,]}"#, "line 1, column 11: list[0]: 1; expected an object or null"),
      ("{} {}", "line 1, column 4: {}; expected the document's end"),
      (#"{"x": [1, 2"#, "line 1, column 12: x: the document ends; expected \"]\""),
      (#"{"x": {"a" 1}}"#, "line 1, column 12: x: 1; expected \":\""),
      (#"{"x": nul}"#, "line 1, column 7: x: nul; expected a value"),
    ])
  func failures(_ text: String, _ message: String) {
    #expect {
      try walk(text)
    } throws: { "\($0)" == message }
  }

  @Test("refuses what nests too deep", arguments: ["[", "{\"a\":"])
  func deep(_ opening: String) {
    let text = "{\"x\": " + String(repeating: opening, count: 100_000)
    #expect {
      try walk(text)
    } throws: { "\($0)".hasSuffix("expected fewer than 96 levels") }
  }

  @Test("gives places as editors count them")
  func places() {
    let bytes = Array("a\näö x\n".utf8)
    #expect(TextPlace(of: 0, in: bytes) == TextPlace(line: 1, column: 1))
    #expect(TextPlace(of: 7, in: bytes) == TextPlace(line: 2, column: 4))
    #expect(TextPlace(of: 99, in: bytes) == TextPlace(line: 3, column: 1))
  }
}
