import Host
import TestSupport
import Testing
import Windows

@Suite("Broken files")
struct RobustnessTests {
  @Test("that were cut anywhere are refused, or say what is not sure", arguments: Sample.captures)
  func truncations(capture: String) throws {
    for file in [CaptureFile.profiles, .rules, .activeProfiles] {
      guard let bytes = Sample.bytes(capture, file) else { continue }
      let end = Self.endOfMark(bytes)
      for count in 0..<end where count % 7 == 0 || end - count < 60 {
        let prefix = Array(bytes.prefix(count))
        #expect(throws: ParseFailure.self, "\(file.rawValue), \(count) bytes") {
          let text = try ConsoleText(decoding: prefix)
          if file == .rules {
            _ = try FirewallRuleListing(parsing: text)
          } else {
            _ = try FirewallProfileListing(parsing: text)
          }
        }
      }
    }
  }

  /// Behind the `Ok.`; blank lines may be missing.
  private static func endOfMark(_ bytes: [UInt8]) -> Int {
    (bytes.lastIndex(of: UInt8(ascii: ".")) ?? 0) + 1
  }

  @Test(
    "of sockets have all that come before UDP, or say that they do not", arguments: Sample.captures)
  func sockets(capture: String) throws {
    let bytes = try #require(Sample.bytes(capture, .sockets))
    let whole = try NetstatListing(parsing: ConsoleText(decoding: bytes))
    for count in 0..<bytes.count {
      guard let text = try? ConsoleText(decoding: Array(bytes.prefix(count))),
        let part = try? NetstatListing(parsing: text)
      else { continue }
      #expect(part.rows == Array(whole.rows.prefix(part.rows.count)))
      if part.doubt(.tcp) == nil {
        #expect(part.waiting(.tcp) == whole.waiting(.tcp), "\(count) bytes")
      }
    }
  }

  @Test("of adapters have whole adapters, or say that they do not", arguments: Sample.captures)
  func adapters(capture: String) throws {
    let bytes = try #require(Sample.bytes(capture, .configuration))
    let whole = try IPConfiguration(parsing: ConsoleText(decoding: bytes))
    for count in 0..<bytes.count {
      guard let text = try? ConsoleText(decoding: Array(bytes.prefix(count))),
        let part = try? IPConfiguration(parsing: text), part.doubt == nil
      else { continue }
      #expect(part.adapters == Array(whole.adapters.prefix(part.adapters.count)), "\(count) bytes")
    }
  }

  @Test("of random bytes, words and lines are refused without a crash", arguments: 0..<40)
  func noise(seed: UInt64) {
    var dice = SeededGenerator(seed: seed)
    let words = [
      "Rule Name:", "Enabled:", "Yes", "\r\n", "\n", " ", "TCP", "0.0.0.0:80", "LISTENING", "-----",
      "Windows IP Configuration", "IPv4 Address. . . : ", "(", "%", "Ok.", "curl -I http://",
      "HTTP/1.1 ",
      "200", ":", "Domain Profile Settings:", "State  ON", "\"", ",", "SERVICE_NAME:", "\u{85}",
      "é",
      "Protocol:", "ICMPv4", "Type    Code", "LocalPort:", "RemoteIP:", "10.0.0.0/255.0.0.0", "-",
      "/",
    ]
    for _ in 0..<200 {
      let count = Int.random(in: 0..<60, using: &dice)
      let isBytes = Bool.random(using: &dice)
      let bytes: [UInt8] =
        isBytes
        ? (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }
        : (0..<count).flatMap { _ in Array((words.randomElement(using: &dice) ?? "").utf8) }
      let files = Dictionary(
        uniqueKeysWithValues: CaptureFile.allCases.map {
          ($0, Reading<[UInt8]>.value(bytes, from: .file($0.rawValue)))
        })
      let facts = WindowsFacts(files)
      #expect(facts.profiles.value == nil, "\(bytes)")
    }
  }
}
