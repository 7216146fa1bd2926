import Delivery
import Glibc
import Host
import TestSupport
import Testing

@Suite("The installer of schedules")
struct ScheduleInstallerTests {
  private static let cron = "etc/cron.d/clb-agent"
  private static let units = [
    "etc/systemd/system/clb-agent-inspect.service", "etc/systemd/system/clb-agent-inspect.timer",
    "etc/systemd/system/timers.target.wants/clb-agent-inspect.timer",
  ]

  private static func image() throws -> (TemporaryRoot, ScheduleInstaller<LiveDoor>) {
    let root = try TemporaryRoot()
    root.makeDirectory("etc/cron.d")
    try root.write("etc/passwd", "root:x:0:0::/root:/bin/sh\nclb-agent:x:990:990::/:/bin/false\n")
    return (root, ScheduleInstaller(LiveDoor(root: root.path), root: root.path + "/"))
  }

  private static func job(user: String = "root") throws -> ScheduledJob {
    try ScheduledJob(program: "/usr/bin/clb-agent", user: user)
  }

  @Test("puts files in their place, for root to change and all to read, and takes away just these")
  func roundTrip() async throws {
    let (root, installer) = try Self.image()
    let before = root.files
    for (kind, paths) in [(ScheduleKind.cron, [Self.cron]), (.systemd, Self.units)] {
      let schedule = Schedule(try Self.job(), kind: kind)
      for _ in 0..<2 { try await installer.install(schedule, of: try Self.job()) }
      #expect(Set(root.files) == Set(before + paths))
      for path in paths {
        var status = stat()
        #expect(stat("\(root.path)/\(path)", &status) == 0 && status.st_mode & 0o777 == 0o644)
      }
      let shown = try await installer.show()
      for file in schedule.files {
        #expect(shown.contains("\(root.path)\(file.path)\n\(file.text)"))
      }
    }
    #expect(try await installer.remove().count == 3)
    #expect(root.files.sorted() == before.sorted())
    #expect(try await installer.remove() == [])
    #expect(try await installer.show() == "no schedule is installed\n")
  }

  @Test("leaves a file that it did not write, and changes nothing else then either")
  func foreign() async throws {
    let (root, installer) = try Self.image()
    try root.write(Self.units[1], "[Timer]\nOnCalendar=daily\n")
    let before = root.files
    let refused = ScheduleError.notOurs(path: "\(root.path)/\(Self.units[1])")
    let job = try Self.job()
    await #expect(throws: refused) {
      try await installer.install(Schedule(job, kind: .cron), of: job)
    }
    await #expect(throws: refused) { try await installer.remove() }
    await #expect(throws: refused) { try await installer.show() }
    #expect(root.files == before)
  }

  @Test("knows what an image has")
  func kinds() async throws {
    let (root, installer) = try Self.image()
    #expect(try installer.kind(nil) == .cron)
    try root.write("usr/lib/systemd/systemd", "ELF")
    #expect(try installer.kind(nil) == .systemd)
    #expect(try installer.kind(.cron) == .cron)
    let bare = ScheduleInstaller(FakeDoor(), root: nil)
    #expect(throws: ScheduleError.noScheduler(nil)) { try bare.kind(nil) }
    #expect(throws: ScheduleError.noScheduler(.systemd)) { try bare.kind(.systemd) }
    #expect(throws: ScheduleError.noScheduler(.cron)) { try bare.kind(.cron) }
  }

  @Test("takes a user of the image, and no other")
  func users() async throws {
    let (root, installer) = try Self.image()
    let known = try Self.job(user: "clb-agent")
    try await installer.install(Schedule(known, kind: .cron), of: known)
    #expect(root.text(Self.cron)?.contains("\n*/5 * * * * clb-agent test -x ") == true)
    let unknown = try Self.job(user: "nobody-here")
    await #expect(throws: ScheduleError.unknownUser("nobody-here")) {
      try await installer.install(Schedule(unknown, kind: .systemd), of: unknown)
    }
    #expect(root.files.contains(Self.cron))
  }

  @Test("tells a running systemd, and what it answered when it refused")
  func running() async throws {
    let root = try TemporaryRoot()
    var door = FakeDoor(
      files: ["/usr/bin/systemctl": "ELF"], directories: ["/run/systemd/system": []],
      commands: [
        ["systemctl", "daemon-reload"]: .output(),
        ["systemctl", "restart", "clb-agent-inspect.timer"]: .output(
          status: 1, standardError: "Job failed.\nSee journalctl."),
      ])
    let job = try ScheduledJob(program: "/usr/bin/env")
    let schedule = Schedule(job, kind: .systemd)
    #expect(
      schedule.commands == [
        ["systemctl", "daemon-reload"], ["systemctl", "restart", "clb-agent-inspect.timer"],
      ])
    // Only its commands are those of a host that runs: the files go to a directory of the test.
    let error = ScheduleError.command(
      words: "systemctl restart clb-agent-inspect.timer",
      reason: "ended with status 1: Job failed.; See journalctl.")
    let installer = ScheduleInstaller(door, writingBelow: root.path)
    await #expect(throws: error) { try await installer.install(schedule, of: job) }
    #expect(root.files.sorted() == Self.units)

    for file in schedule.files { door.files[file.path] = file.text }
    door.links = [
      "/etc/systemd/system/timers.target.wants/clb-agent-inspect.timer":
        "../clb-agent-inspect.timer"
    ]
    door.commands[["systemctl", "stop", "clb-agent-inspect.timer"]] = .output()
    try await ScheduleInstaller(door, writingBelow: root.path).remove()
    #expect(root.files == [])
    #expect(
      door.log.calls.filter { $0.hasPrefix("systemctl") } == [
        "systemctl daemon-reload", "systemctl restart clb-agent-inspect.timer",
        "systemctl stop clb-agent-inspect.timer", "systemctl daemon-reload",
      ])
  }

  @Test("lets root run no program that others could replace")
  func unsafe() async throws {
    let root = try TemporaryRoot()
    let program = "\(root.path)/bin/clb-agent"
    let job = try ScheduledJob(program: program)
    let installer = ScheduleInstaller(FakeDoor(), writingBelow: root.path)
    func refusal() async throws -> String? {
      do throws(ScheduleError) {
        try await installer.install(Schedule(job, kind: .cron), of: job)
        return nil
      } catch {
        guard case .unsafeProgram(_, let reason) = error else { throw error }
        return reason
      }
    }
    #expect(try await refusal() == "ENOENT, No such file or directory")
    try root.write("bin/clb-agent", "#!/bin/sh\n", mode: 0o644)
    #expect(try await refusal() == "EACCES, Permission denied")
    chmod(program, 0o775)
    #expect(try await refusal() == "others than root may write \(program)")
    chmod(program, 0o755)
    chmod("\(root.path)/bin", 0o777)
    #expect(try await refusal() == "others than root may write \(root.path)/bin")
    chmod("\(root.path)/bin", 0o755)
    #expect(try await refusal() == nil)
    chown(program, 1, 0)
    #expect(try await refusal() == "\(program) belongs to user 1")
  }
}
