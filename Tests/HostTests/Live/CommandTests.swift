import Host
import Testing

@Suite("A command", .timeLimit(.minutes(5)))
struct CommandTests {
  private let door = LiveDoor()

  @Test("gives its output and its status, whatever that is")
  func output() async throws {
    let reading = await door.run(Command("sh", ["-c", "echo out; echo err >&2; exit 7"]))
    let output = try #require(reading.value)
    #expect(output.status == 7)
    #expect(output.standardOutput == Array("out\n".utf8))
    #expect(output.standardError == Array("err\n".utf8))
  }

  @Test("that no directory has is absent")
  func absent() async {
    guard case .absent = await door.run(Command("clb-agent-no-such-tool")) else {
      Issue.record("a tool that does not exist ran")
      return
    }
  }

  @Test("that hangs is killed with its children, at its time limit")
  func hangs() async {
    let start = ContinuousClock.now
    let command = Command("sh", ["-c", "sleep 600 & sleep 600"], secondsLimit: 0.3)
    guard case .failed(_, .timeLimit(seconds: 0.3)) = await door.run(command) else {
      Issue.record("a command outlived its time limit")
      return
    }
    // Beside other tests all is slow; one that was waited for would take ten minutes.
    #expect(ContinuousClock.now - start < .seconds(240))
  }

  @Test("that floods is ended at its output limit")
  func floods() async {
    let command = Command("yes", secondsLimit: 20, outputLimit: 1 << 16)
    guard case .failed(_, .overLimit(bytes: 65536)) = await door.run(command) else {
      Issue.record("a flood was taken in")
      return
    }
  }

  @Test("that a signal ends says so")
  func signal() async {
    guard case .failed(_, .signal(9)) = await door.run(Command("sh", ["-c", "kill -9 $$"])) else {
      Issue.record("a killed command was not told as such")
      return
    }
  }

  @Test("runs in the language C and with the standard directories, whatever the caller has")
  func environment() async throws {
    let output = try #require(await door.run(Command("env")).value)
    let lines = Set(String(decoding: output.standardOutput, as: UTF8.self).split(separator: "\n"))
    #expect(lines.contains("LC_ALL=C"))
    #expect(lines.contains { $0.hasPrefix("PATH=/usr/sbin:") })
    #expect(lines.count == 2)
  }
}
