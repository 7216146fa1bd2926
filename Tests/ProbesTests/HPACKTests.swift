import Testing
import TestSupport

@testable import Probes

/// HPACK against the examples of its standard, and against bytes that are none.
@Suite struct HPACKTests {
  struct Example: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// One block of a connection each, and what it holds.
    var blocks: [(hex: String, fields: [String])]
  }

  /// RFC 7541, appendix C.
  static let examples = [
    Example(
      testDescription: "C.2, one field each way of writing it",
      blocks: [
        ("400a637573746f6d2d6b65790d637573746f6d2d686561646572", ["custom-key: custom-header"]),
        ("040c2f73616d706c652f70617468", [":path: /sample/path"]),
        ("100870617373776f726406736563726574", ["password: secret"]),
        ("82", [":method: GET"]),
      ]),
    Example(
      testDescription: "C.4, requests with Huffman's code and a table that grows",
      blocks: [
        (
          "828684418cf1e3c2e5f23a6ba0ab90f4ff",
          [":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com"]
        ),
        (
          "828684be5886a8eb10649cbf",
          [
            ":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com",
            "cache-control: no-cache",
          ]
        ),
        (
          "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
          [
            ":method: GET", ":scheme: https", ":path: /index.html", ":authority: www.example.com",
            "custom-key: custom-value",
          ]
        ),
      ]),
    Example(
      testDescription: "C.6.1, a response with Huffman's code",
      blocks: [
        (
          "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3",
          [
            ":status: 302", "cache-control: private", "date: Mon, 21 Oct 2013 20:13:21 GMT",
            "location: https://www.example.com",
          ]
        )
      ]),
  ]

  @Test("reads the standard's examples", arguments: examples)
  func standard(_ example: Example) throws {
    var decoder = HPACKDecoder()
    for block in example.blocks {
      let fields = try decoder.fields(of: bytes(block.hex))
      #expect(fields.map { "\($0.name): \($0.value)" } == block.fields)
    }
  }

  @Test("keeps the newest fields, as far as there is room")
  func eviction() throws {
    var table = HPACKTable()
    for number in 0..<200 { table.add(.init(name: "n\(number)", value: "v")) }
    // 36 or 37 bytes each: name, value and 32.
    #expect(table[62]?.name == "n199")
    #expect(table[62 + 110] != nil)
    #expect(table[62 + 111] == nil)
    let isTooHigh = !table.setLimit(4097)
    let isEmptied = table.setLimit(0)
    #expect(isTooHigh && isEmptied)
    #expect(table[62] == nil)
    #expect(table[61]?.name == "www-authenticate")
    #expect(table[0] == nil)
  }

  @Test(
    "refuses",
    arguments: [
      ("80", "number 0"), ("be", "a number behind the table"), ("4003", "a string that is cut"),
      ("00016182ff", "a cut Huffman string"), ("3fe21f", "a limit above ours"),
      ("ffffffffffffffff7f", "a number without end"), ("00016184ffffffff", "the end of a string"),
      ("0001618100", "padding that is not ones"),
    ])
  func malformed(hex: String, what: String) {
    var decoder = HPACKDecoder()
    #expect(throws: HPACKDecoder.Malformed()) { try decoder.fields(of: bytes(hex)) }
  }

  @Test("bears every truncation, and any bytes")
  func hostile() {
    for example in HPACKTests.examples {
      for block in example.blocks {
        let whole = bytes(block.hex)
        for count in whole.indices {
          var decoder = HPACKDecoder()
          _ = try? decoder.fields(of: Array(whole.prefix(count)))
        }
      }
    }
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<5000 {
      var decoder = HPACKDecoder()
      let count = Int.random(in: 0..<64, using: &generator)
      let block = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      _ = try? decoder.fields(of: block)
      _ = HPACKHuffman.decode(block)
    }
  }
}

/// Bytes written as hexadecimal digits.
func bytes(_ hex: String) -> [UInt8] {
  let digits = hex.compactMap(\.hexDigitValue)
  return stride(from: 0, to: digits.count - 1, by: 2).map {
    UInt8(digits[$0] << 4 | digits[$0 + 1])
  }
}
