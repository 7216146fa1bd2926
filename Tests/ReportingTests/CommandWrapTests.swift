import Glibc
import TestSupport
import LoadBalancer
import Testing

@testable import Reporting

@Suite("a command that is too wide")
struct CommandWrapTests {
  struct Command: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let command: String
    let lines: [String]
  }

  @Test(
    "is broken where a shell does not care",
    arguments: [
      Command(testDescription: "that is not", command: "ls -l", lines: ["ls -l"]),
      Command(
        testDescription: "plain words", command: "one two three four five",
        lines: [#"one two three \"#, "four five"]),
      Command(
        testDescription: "single quotes", command: "echo 'a b c d e f g h' x",
        lines: [#"echo \"#, #"'a b c d e f g h' \"#, "x"]),
      Command(
        testDescription: "double quotes with an escaped one", command: #"echo "a \" b c d e f" x"#,
        lines: [#"echo \"#, #""a \" b c d e f" x"#]),
      Command(
        testDescription: "an escaped space", command: #"echo aaaa\ bbbb cccc dddd"#,
        lines: [#"echo aaaa\ bbbb \"#, "cccc dddd"]),
      Command(
        testDescription: "ANSI quotes", command: #"echo $'a\' b' ccccccccc dddd"#,
        lines: [#"echo $'a\' b' \"#, "ccccccccc dddd"]),
      Command(
        testDescription: "a comment stays whole", command: "ls -l # not one more word",
        lines: [#"ls -l \"#, "# not one more word"]),
      Command(
        testDescription: "one long word", command: "cat /sys/class/net/eth0/queues",
        lines: [#"cat \"#, "/sys/class/net/eth0/queues"]),
      Command(
        testDescription: "an open quote", command: "echo it's not a whole command",
        lines: ["echo it's not a whole command"]),
      Command(
        testDescription: "a here-document", command: "cat <<END and so on and on",
        lines: ["cat <<END and so on and on"]),
      Command(
        testDescription: "a substitution among quotes", command: #"echo "$(cat "a  b")" c d e f g"#,
        lines: [#"echo "$(cat "a  b")" c d e f g"#]),
    ])
  func breaks(_ command: Command) {
    #expect(CommandWrap(first: 18, rest: 18).lines(of: command.command) == command.lines)
  }

  @Test("means the same to a shell as before", arguments: 1...60 as ClosedRange<UInt64>)
  func same(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let words = (0..<12).map { _ in Self.word(&random) }
    let command = "printf '<%s>' " + words.joined(separator: " ")
    let lines = CommandWrap(first: 30, rest: 26).lines(of: command)
    #expect(lines.count > 1)
    let copied = lines.joined(separator: "\n      ")
    #expect(try Self.output(of: copied) == Self.output(of: command))
  }

  private static func word(_ random: inout SeededGenerator) -> String {
    let text = (0..<Int.random(in: 1...9, using: &random)).map { _ in
      ["a", "b", " ", "  ", "-", "\\", "\"", "$", "#", "~", "é", "'"].randomElement(using: &random)
        ?? "a"
    }.joined()
    switch Int.random(in: 0...2, using: &random) {
    case 0: return ShellQuoting.quoted(text)
    case 1:
      let escaped = text.map { "\\\"$".contains($0) ? "\\\($0)" : "\($0)" }
      return "\"\(escaped.joined())\""
    default: return text.map { "\\\($0)" }.joined()
    }
  }

  private static func output(of command: String) throws -> String {
    let pipe = try #require(popen(command, "r"))
    var bytes: [UInt8] = []
    while case let byte = fgetc(pipe), byte != EOF { bytes.append(UInt8(truncatingIfNeeded: byte)) }
    #expect(pclose(pipe) == 0)
    return String(decoding: bytes, as: UTF8.self)
  }
}
