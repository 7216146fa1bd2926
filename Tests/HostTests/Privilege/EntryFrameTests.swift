import TestSupport
import Testing

@testable import Host

@Suite("What the collecting child hands over")
struct EntryFrameTests {
  private static let failures: [ReadFailure] = [
    .system(call: "read", error: "EIO"), .timeLimit(seconds: 0.5), .overLimit(bytes: 7),
    .exitStatus(1, "no"), .signal(9), .inconsistent("x"), .notInCapture, .otherRoot, .notWanted,
    .unparsable(ParseFailure(found: String(repeating: "x", count: 99), expected: "y")),
  ]

  private static let entries =
    CaptureTests.entries
    + failures.map { .link("/l", .failed(.file("/l"), $0)) }
    + Capability.allCases.map { .link("/l", .denied(.file("/l"), needs: $0)) }

  private static var bytes: [UInt8] {
    var frame = EntryFrame()
    for entry in entries { frame.append(entry) }
    frame.appendEnd()
    return frame.take()
  }

  @Test("arrives as it was, every kind of reading")
  func roundTrip() {
    let frames = EntryFrames(parsing: Self.bytes)
    #expect(frames.entries == Self.entries && frames.isWhole)
  }

  @Test("keeps what came before a cut anywhere")
  func everyTruncation() {
    let whole = Self.bytes
    for length in 0..<whole.count {
      let frames = EntryFrames(parsing: Array(whole[..<length]))
      #expect(Self.entries.starts(with: frames.entries) && !frames.isWhole)
    }
  }

  @Test("never traps when it is damaged")
  func random() {
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<3000 {
      var bytes = Self.bytes
      for _ in 0..<3 {
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      _ = EntryFrames(parsing: bytes)
    }
  }
}
