import TestSupport
import Testing

@testable import Delivery

@Suite("A spooled report's file")
struct SpoolFrameTests {
  private static let document = Array(#"{"a": 1}"#.utf8)

  @Test("has one line of header with length and CRC-32")
  func form() throws {
    // The check value of CRC-32: https://reveng.sourceforge.io/crc-catalogue/17plus.htm
    #expect(
      SpoolFrame(Array("123456789".utf8)).bytes
        == Array("clb-agent-spool 1 9 cbf43926\n123456789".utf8))
    let frame = SpoolFrame(Self.document, for: [SpoolWorld.logs, SpoolWorld.webhook])
    #expect(try SpoolFrame(parsing: frame.bytes) == frame)
    #expect(try SpoolFrame(parsing: SpoolFrame([]).bytes) == SpoolFrame([]))
  }

  @Test("is damaged when cut anywhere")
  func truncations() {
    let file = SpoolFrame(Self.document, for: [SpoolWorld.logs]).bytes
    for length in 0..<file.count {
      #expect(throws: SpoolFrame.Damage.self) {
        try SpoolFrame(parsing: Array(file[..<length]))
      }
    }
  }

  @Test("is damaged when any bit is another one, and when something follows")
  func flippedBits() {
    let file = SpoolFrame(Self.document, for: [SpoolWorld.logs]).bytes
    for index in file.indices {
      for bit in 0..<8 {
        var changed = file
        changed[index] ^= 1 << UInt8(bit)
        #expect(throws: SpoolFrame.Damage.self, "bit \(bit) of byte \(index)") {
          try SpoolFrame(parsing: changed)
        }
      }
    }
    #expect(throws: SpoolFrame.Damage.otherLength(found: 9, expected: 8)) {
      try SpoolFrame(parsing: file + [0])
    }
  }

  @Test("of another version is told apart")
  func versions() {
    #expect(throws: SpoolFrame.Damage.otherVersion("clb-agent-spool 2 x")) {
      try SpoolFrame(parsing: Array("clb-agent-spool 2 x\n{}".utf8))
    }
    #expect(throws: SpoolFrame.Damage.noHeader) {
      try SpoolFrame(parsing: Array("{\"schemaVersion\": 1}\n".utf8))
    }
  }

  @Test("of chance bytes is damaged, and nothing else happens")
  func chance() {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<2000 {
      let count = Int.random(in: 0..<200, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect(throws: SpoolFrame.Damage.self) { try SpoolFrame(parsing: bytes) }
    }
  }
}
