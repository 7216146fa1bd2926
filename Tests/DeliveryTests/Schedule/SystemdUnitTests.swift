import Delivery
import Glibc
import Testing

@Suite(
  "The units of systemd", .timeLimit(.minutes(5)),
  .enabled(if: DebianTool.has("systemd-analyze"), "needs systemd-analyze"))
struct SystemdUnitTests {
  private static func schedule(_ job: ScheduledJob) throws -> (Schedule, TemporaryRoot) {
    let schedule = Schedule(job, kind: .systemd)
    let root = try TemporaryRoot()
    for file in schedule.files {
      let name = try #require(file.path.split(separator: "/").last)
      // systemd-analyze runs man(1) to see that the page is there, which it is only once it is installed.
      let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
      let text = lines.filter { !$0.hasPrefix("Documentation=") }.joined(separator: "\n")
      try root.write(String(name), text)
    }
    return (schedule, root)
  }

  @Test("are accepted by systemd without a warning", arguments: ["root", "daemon"])
  func verify(user: String) async throws {
    let job = try ScheduledJob(
      program: "/usr/bin/env", user: user, config: "/etc/clb agent/100%.yaml")
    let (_, root) = try Self.schedule(job)
    let run = try await DebianTool.run(
      "systemd-analyze", ["verify"] + root.files.map { "\(root.path)/\($0)" })
    #expect(run.status == 0)
    #expect(run.errors == "")
  }

  @Test(
    "name the very program and arguments, whatever is in their paths",
    arguments: ["/opt/a b;c/50%/clb-agent", "/opt/ünï/clb-agent"])
  func quoting(program: String) async throws {
    let parent = try TemporaryRoot()
    try parent.write(String(program.dropFirst()), "#!/bin/sh\n", mode: 0o755)
    let path = parent.path + program
    let (schedule, root) = try Self.schedule(
      try ScheduledJob(program: path, config: path + "/\"q\"/it's/$HOME/%d"))
    // It complains of a program that is missing, and so tells how it read the path.
    let run = try await DebianTool.run(
      "systemd-analyze", ["verify", "\(root.path)/clb-agent-inspect.service"])
    #expect(run.status == 0 && run.errors == "", "\(run.errors)")
    let text = try #require(schedule.files.first?.text)
    remove(path)
    let missing = try await DebianTool.run(
      "systemd-analyze", ["verify", "\(root.path)/clb-agent-inspect.service"])
    #expect(missing.errors.contains("\(path) is not executable"), "\(missing.errors)\n\(text)")
  }

  @Test(
    "leave a service little to do harm with", arguments: [("root", 2.8), ("daemon", 2.8)])
  func exposure(user: String, limit: Double) async throws {
    let (_, root) = try Self.schedule(try ScheduledJob(program: "/usr/bin/env", user: user))
    let run = try await DebianTool.run(
      "systemd-analyze",
      ["security", "--offline=true", "--no-pager", "\(root.path)/clb-agent-inspect.service"])
    let line = try #require(
      run.output.split(separator: "\n").last { $0.contains("exposure level") })
    let score = try #require(line.split(separator: " ").compactMap { Double($0) }.first)
    #expect(score <= limit, "\(line)")
  }

  @Test("hide nothing that is inspected")
  func hidesNothing() throws {
    let job = try ScheduledJob(program: "/usr/bin/clb-agent")
    let service = try #require(Schedule(job, kind: .systemd).files.first?.text)
    for key in ["ProcSubset=", "ProtectProc=", "PrivateNetwork=", "PrivateUsers="] {
      #expect(!service.contains("\n\(key)"))
    }
  }
}
