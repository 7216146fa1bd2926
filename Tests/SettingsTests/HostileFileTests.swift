import Testing
import TestSupport

@testable import Settings

@Suite("A hostile settings file")
struct HostileFileTests {
  /// Whether it was read or refused; either will do.
  private static func isRead(_ bytes: some Sequence<UInt8>) -> Bool {
    (try? Settings(parsing: Array(bytes))) != nil
  }

  @Test("that was cut off anywhere is read or refused")
  func everyTruncation() {
    let sample = Array(SettingsExample.allButListeners.utf8)
    #expect(Self.isRead(sample))
    let read = (0...sample.count).count { Self.isRead(sample.prefix($0)) }
    #expect(read > 0 && read < sample.count)
  }

  @Test("of which bytes were changed is read or refused", arguments: 0..<8 as Range<UInt64>)
  func changedBytes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let sample = Array(SettingsExample.allButListeners.utf8)
    let marks = Array("[]{}:,-?&*!|>'\"%@`#\n\t \\<\0\u{FF}".utf8)
    for _ in 0..<400 {
      var bytes = sample
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        bytes[place] = marks.randomElement(using: &random) ?? 0
      }
      _ = Self.isRead(bytes)
    }
  }

  @Test("of random bytes is read or refused", arguments: 0..<4 as Range<UInt64>)
  func randomBytes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let count = Int.random(in: 0...200, using: &random)
      _ = Self.isRead((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) })
      _ = Self.isRead((0..<count).map { _ in UInt8.random(in: 0x20...0x7E, using: &random) })
    }
  }

  /// Texts that make a careless reader work for long or die.
  private static let bombs: [(String, String)] = {
    let levels = (0..<9).map { level in
      "a\(level): &a\(level) [\((0..<9).map { _ in level == 0 ? "lol" : "*a\(level - 1)" }.joined(separator: ","))]\n"
    }
    return [
      ("a billion laughs", levels.joined()),
      ("an alias of itself", "a: &a [*a]\n"),
      ("brackets without end", String(repeating: "[", count: 1_000_000)),
      ("braces without end", String(repeating: "{", count: 1_000_000)),
      ("keys in keys", String(repeating: "? ", count: 500_000)),
      ("dashes without end", String(repeating: "- ", count: 500_000)),
      (
        "indents without end",
        (0..<1400).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
      ),
      ("items without end", "skip:\n" + String(repeating: "- x\n", count: 250_000)),
      ("keys without end", (0..<100_000).map { "k\($0):\n" }.joined()),
      ("aliases without end", "skip: [" + String(repeating: "*a,", count: 300_000) + "]"),
      ("one key without end", String(repeating: "k", count: 1_000_000) + ": 1\n"),
      ("one value without end", "skip: " + String(repeating: "v", count: 1_000_000)),
      (
        "one quoted value without end",
        "skip: \"" + String(repeating: "\\x1b", count: 250_000) + "\""
      ),
      ("documents without end", String(repeating: "---\n", count: 250_000)),
      (
        "directives without end", (0..<60_000).map { "%TAG !\($0)! t:\n" }.joined() + "--- {}\n"
      ),
    ]
  }()

  @Test("is refused within a second or two", .timeLimit(.minutes(5)), arguments: 0..<bombs.count)
  func bomb(number: Int) {
    let (name, text) = Self.bombs[number]
    let clock = ContinuousClock()
    var lines: [String] = []
    let time = clock.measure {
      do throws(SettingsProblems) {
        _ = try Settings(parsing: Array(text.utf8))
      } catch {
        lines = error.lines(file: "f")
      }
    }
    #expect(!lines.isEmpty && lines.count <= 101, "\(name)")
    #expect(lines.allSatisfy { $0.utf8.count < 1000 }, "\(name)")
    // A debug build on a busy machine; measured are some hundredths.
    #expect(time < .seconds(30), "\(name) took \(time)")
  }
}
