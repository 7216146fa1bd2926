import Settings
import Testing

@Suite("A settings file that cannot be meant")
struct BadFileTests {
  private static func problems(_ bytes: [UInt8]) -> [String] {
    do throws(SettingsProblems) {
      _ = try Settings(parsing: bytes)
      return []
    } catch {
      return error.lines(file: "f")
    }
  }

  @Test("is told with place and reason", arguments: BadFile.yaml + BadFile.values)
  func told(_ file: BadFile) {
    #expect(Self.problems(Array(file.text.utf8)) == file.problems)
  }

  @Test("is told of everything at once, by line")
  func everything() {
    let text = "skip: [lod]\ntargets: [\"x\", *y]\nthresholds: {conntrack: 0, y: 1}\nx: 1\n"
    #expect(
      Self.problems(Array(text.replacing(", *y", with: "").utf8)).map { $0.prefix(6) }
        == ["f:1:8:", "f:2:11", "f:3:25", "f:3:28", "f:4:1:"])
    #expect(Self.problems(Array(text.utf8)).count == 1, "what is not YAML has no meaning")
    let many = (1...150).map { "k\($0): 1\n" }.joined()
    let told = Self.problems(Array(many.utf8))
    #expect(told.count == 101 && told.last == "f: and 50 more")
    #expect(told.first?.hasPrefix("f:1:1: ") == true && told[99].hasPrefix("f:100:1: "))
  }

  @Test(
    "may be no UTF-8",
    arguments: [
      ([0x61, 0xFF], "f:1:2: "), ([0x0A, 0xC3], "f:2:1: "), ([0xED, 0xA0, 0x80], "f:1:1: "),
      ([0xFF, 0xFE, 0x61, 0x00], "f:1:1: "),
    ] as [([UInt8], String)])
  func notUTF8(_ bytes: [UInt8], _ place: String) {
    #expect(Self.problems(bytes) == ["\(place)bytes that are not UTF-8; expected UTF-8 text"])
  }

  @Test("may be too large")
  func tooLarge() {
    let limit = [UInt8](repeating: UInt8(ascii: "#"), count: Settings.byteLimit)
    #expect(Self.problems(limit).isEmpty)
    #expect(
      Self.problems(limit + [0x0A])
        == ["f:1:1: the file is larger than 1 MiB; expected settings"])
  }
}
