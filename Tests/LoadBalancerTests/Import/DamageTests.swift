import JSONText
import Testing

@testable import LoadBalancer

@Suite("Damaged documents")
struct DamageTests {
  @Test("cut short anywhere are one error", arguments: Recorded.names)
  func truncated(_ name: String) {
    let whole = Recorded.document(name)
    let end = whole.bytes.lastIndex(of: UInt8(ascii: "}")) ?? 0
    #expect(end > 0)
    // Every byte of the short ones, and of the long ones a part that meets each member somewhere.
    for count in stride(from: 0, to: end, by: end < 2000 ? 1 : 37) {
      let part = CloudDocument(name: name, bytes: Array(whole.bytes[..<count]))
      #expect(throws: ImportFailure.self, "\(name) cut at \(count)") {
        try CloudDescription([part])
      }
    }
  }

  @Test(
    "with any one value null, or of another type, are taken or refused with the place",
    arguments: Recorded.names)
  func mutated(_ name: String) throws {
    let bytes = Recorded.document(name).bytes
    var reader = JSONReader(bytes, bytes.indices)
    let whole = try reader.value()
    for place in Self.places(of: whole, below: []) {
      for isNull in [true, false] {
        let edited = Self.replacing(place[...], in: whole) { isNull ? .null : Self.other($0) }
        let document = CloudDocument(name: name, bytes: Array(Self.text(edited).utf8))
        do throws(ImportFailure) {
          let cloud = try CloudDescription([document])
          _ = try? cloud.targets(of: RecordedTests.host)
        } catch {
          #expect("\(error)".hasPrefix("\(name) line 1, column"))
        }
      }
    }
  }

  /// A value of another type; hostile where it is text.
  private static func other(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string: .integer(-7)
    case .integer, .number: .string("\u{1B}[2J")
    case .bool, .null: .array([.null])
    case .array: .object([.init(name: "", value: .bool(true))])
    case .object: .string("")
    }
  }

  @Test("that nest without end are refused", arguments: ["[", "{\"Listeners\":", "{\"Response\":"])
  func deep(_ opening: String) {
    let text = String(repeating: opening, count: 100_000)
    #expect(throws: ImportFailure.self) { try CloudDescription([CloudDocument(text)]) }
    #expect(throws: ImportFailure.self) { try CloudDescription([CloudDocument("{\"x\":" + text)]) }
  }

  // Editing a tree of JSON.

  private static func places(of value: JSONValue, below path: [Int]) -> [[Int]] {
    let children: [JSONValue]
    switch value {
    case .object(let members): children = members.map(\.value)
    case .array(let values): children = values
    default: children = []
    }
    return children.enumerated().flatMap { index, child in
      [path + [index]] + places(of: child, below: path + [index])
    }
  }

  private static func replacing(
    _ path: ArraySlice<Int>, in value: JSONValue, by other: (JSONValue) -> JSONValue
  ) -> JSONValue {
    guard let index = path.first else { return other(value) }
    switch value {
    case .object(var members):
      members[index].value = replacing(path.dropFirst(), in: members[index].value, by: other)
      return .object(members)
    case .array(var values):
      values[index] = replacing(path.dropFirst(), in: values[index], by: other)
      return .array(values)
    default: return value
    }
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): "\(value)"
    case .integer(let number): "\(number)"
    case .number(let text): text
    case .string(let text):
      "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    case .array(let values): "[" + values.map(text).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { "\"\($0.name)\":" + text($0.value) }.joined(separator: ",") + "}"
    }
  }
}
