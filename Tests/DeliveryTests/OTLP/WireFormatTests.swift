import Testing
import TestSupport

@testable import Delivery

@Suite("OTLP's two encodings")
struct WireFormatTests {
  @Test("write a log record's fields by number, and leave out what is zero")
  func logRecord() {
    let record = LogRecord(
      timeUnixNano: 1, observedTimeUnixNano: 0, severity: .warn, body: "b", attributes: [],
      eventName: .hop)
    #expect(
      ProtobufWriter.bytes(of: record) == [
        0x09, 1, 0, 0, 0, 0, 0, 0, 0,  // time_unix_nano = 1, fixed64
        0x10, 13,  // severity_number = 2, varint
        0x1A, 4, 0x57, 0x41, 0x52, 0x4E,  // severity_text = 3: WARN
        0x2A, 3, 0x0A, 1, 0x62,  // body = 5: AnyValue { string_value = 1: b }
        0x62, 15,  // event_name = 12
      ] + Array("clb.inspect.hop".utf8))
    #expect(
      OTLPJSONWriter.text(of: record)
        == #"{"timeUnixNano":"1","severityNumber":13,"severityText":"WARN","body":{"stringValue":"b"},"#
        + #""eventName":"clb.inspect.hop"}"#)
  }

  @Test(
    "write a value that is zero where that it is there says something",
    arguments: [
      (OTLPValue.string(""), [0x0A, 0], #"{"stringValue":""}"#),
      (.bool(false), [0x10, 0], #"{"boolValue":false}"#),
      (.int(0), [0x18, 0], #"{"intValue":"0"}"#),
      (.int(-1), [0x18] + Array(repeating: 0xFF, count: 9) + [1], #"{"intValue":"-1"}"#),
      (.int(300), [0x18, 0xAC, 2], #"{"intValue":"300"}"#),
      (.double(0), [0x21, 0, 0, 0, 0, 0, 0, 0, 0], #"{"doubleValue":0.0}"#),
      (.double(.nan), [0x21, 0, 0, 0, 0, 0, 0, 0xF8, 0x7F], #"{"doubleValue":"NaN"}"#),
      (
        // values = 1: AnyValue { string_value = 1: a }, then one with an empty string
        .strings(["a", ""]), [0x2A, 9, 0x0A, 3, 0x0A, 1, 0x61, 0x0A, 2, 0x0A, 0],
        #"{"arrayValue":{"values":[{"stringValue":"a"},{"stringValue":""}]}}"#
      ),
    ] as [(OTLPValue, [UInt8], String)])
  func values(value: OTLPValue, bytes: [UInt8], text: String) {
    #expect(ProtobufWriter.bytes(of: value) == bytes)
    #expect(OTLPJSONWriter.text(of: value) == text)
  }

  @Test("a point of either kind keeps its zero")
  func points() {
    let int = NumberDataPoint(timeUnixNano: 0, value: .int(0))
    #expect(ProtobufWriter.bytes(of: int) == [0x31, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(OTLPJSONWriter.text(of: int) == #"{"asInt":"0"}"#)
    let double = NumberDataPoint(timeUnixNano: 0, value: .double(0.5))
    #expect(ProtobufWriter.bytes(of: double) == [0x21, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F])
    #expect(OTLPJSONWriter.text(of: double) == #"{"asDouble":0.5}"#)
  }

  @Test("text is escaped as JSON asks for, and no more")
  func escapes() {
    #expect(
      JSONString.quoted("a\"b\\c\nd\u{1}é\u{1F600}") == "\"a\\\"b\\\\c\\nd\\u0001é\u{1F600}\"")
  }
}

@Suite("Reading protobuf")
struct ProtobufReaderTests {
  private static func fields(_ bytes: [UInt8]) throws -> [UInt64] {
    var reader = ProtobufReader(bytes)
    var numbers: [UInt64] = []
    while let field = try reader.next() { numbers.append(field.number) }
    return numbers
  }

  @Test("knows every kind of field")
  func kinds() throws {
    let bytes: [UInt8] = [
      0x08, 0x96, 1, 0x12, 1, 0x61, 0x1D, 1, 2, 3, 4, 0x21, 1, 2, 3, 4, 5, 6, 7, 8,
    ]
    var reader = ProtobufReader(bytes)
    #expect(try reader.next()?.value == .number(150))
    #expect(try reader.next()?.value == .bytes([0x61]))
    #expect(try reader.next()?.value == .number(0x0403_0201))
    #expect(try reader.next()?.value == .number(0x0807_0605_0403_0201))
    #expect(try reader.next()?.value == nil)
    // Only between fields may it end.
    let ends: Set<Int> = [0, 3, 6, 11, 20]
    for count in 0...bytes.count {
      let isWhole = (try? Self.fields(Array(bytes.prefix(count)))) != nil
      #expect(isWhole == ends.contains(count))
    }
  }

  @Test(
    "refuses what is none",
    arguments: [
      [0x00], [0x0B], [0x0C], [0x0E], [0x0A, 5, 1], [0x08],
      [0x08] + Array(repeating: 0xFF, count: 10),
      [0x0A] + Array(repeating: 0xFF, count: 9) + [1],
    ] as [[UInt8]])
  func refuses(_ bytes: [UInt8]) {
    #expect(throws: ProtobufReader.Malformed.self) { try Self.fields(bytes) }
  }

  @Test("never traps on random bytes")
  func random() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      _ = try? Self.fields(bytes)
    }
  }
}
