import FoundationEssentials
import Testing

@Suite("The command schedule", .enabled(if: Agent.path != nil, "no agent was built"))
struct ScheduleTests {
  /// An image's root with cron.
  private static func image() throws -> String {
    let root = FileManager.default.temporaryDirectory.path + "/clb-agent-schedule-\(UUID())"
    try FileManager.default.createDirectory(
      atPath: "\(root)/etc/cron.d", withIntermediateDirectories: true)
    return root
  }

  @Test("installs, shows and removes, and says which files")
  func roundTrip() async throws {
    let root = try Self.image()
    defer { try? FileManager.default.removeItem(atPath: root) }
    let file = "\(root)/etc/cron.d/clb-agent"
    let place = ["--root", root]
    let preview = try await Agent.run(
      ["schedule", "install", "--dry-run", "--program", "/usr/bin/clb-agent"] + place)
    #expect(preview.status == 0 && preview.errors == "")
    #expect(!FileManager.default.fileExists(atPath: file))

    let installed = try await Agent.run(
      ["schedule", "install", "--program", "/usr/bin/clb-agent", "--interval", "10m"] + place)
    #expect(installed.status == 0)
    #expect(installed.output == "installed: \(file) (each 10m; cron reads it within a minute)\n")
    let shown = try await Agent.run(["schedule", "show"] + place)
    #expect(
      shown.output.hasSuffix(
        "\n*/10 * * * * root test -x /usr/bin/clb-agent && exec /usr/bin/clb-agent inspect --ship --quiet "
          + "--spread 480\n"))
    let removed = try await Agent.run(["schedule", "remove"] + place)
    #expect(removed.status == 0 && removed.output == "removed: \(file)\n")
    let again = try await Agent.run(["schedule", "remove"] + place)
    #expect(again.status == 0 && again.output == "no schedule was installed\n")
  }

  @Test(
    "refuses what no schedule can hold, naming the option",
    arguments: [
      (["--interval", "7m"], "--interval \"7m\": expected minutes that divide the hour"),
      (["--user", "a b"], "--user \"a b\": expected a user's name"),
      (["--user", "nobody-here"], "--user \"nobody-here\": expected a user of this host"),
      (["--config", "config.yaml"], "--config \"config.yaml\": expected an absolute path"),
      (["--program", "/opt/a\nb"], "--program \"/opt/a b\": expected an absolute path"),
      (["--writable", "x"], "--writable \"x\": expected an absolute path"),
      (["--kind", "at"], "The value 'at' is invalid"),
    ])
  func refused(options: [String], message: String) async throws {
    let root = try Self.image()
    defer { try? FileManager.default.removeItem(atPath: root) }
    let run = try await Agent.run(["schedule", "install", "--root", root] + options)
    #expect(run.status == 64)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(root)/etc/cron.d") == [])
  }

  @Test("leaves a file that somebody else wrote")
  func foreign() async throws {
    let root = try Self.image()
    defer { try? FileManager.default.removeItem(atPath: root) }
    let file = "\(root)/etc/cron.d/clb-agent"
    try Data("* * * * * root true\n".utf8).write(to: URL(filePath: file))
    for words in [["install", "--kind", "cron"], ["remove"], ["show"]] {
      let run = try await Agent.run(["schedule"] + words + ["--root", root])
      #expect(run.status == 64 && run.errors.contains("\(file): not made by"), "\(run.errors)")
    }
    #expect(FileManager.default.contents(atPath: file) == Data("* * * * * root true\n".utf8))
  }
}
