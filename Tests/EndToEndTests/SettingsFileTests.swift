import FoundationEssentials
import Glibc
import Testing

/// A directory that goes with the test, and settings files in it.
private struct Workshop {
  let directory = "/tmp/clb-agent-settings-\(UInt64.random(in: .min ... .max))"

  init() throws {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
  }

  func path(_ name: String) -> String { "\(directory)/\(name)" }

  func file(_ text: String, mode: Int = 0o644, name: String = "config.yaml") throws -> String {
    try Data(text.utf8).write(to: URL(filePath: path(name)))
    try setMode(mode, name)
    return path(name)
  }

  func setMode(_ mode: Int, _ name: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(name))
  }

  func text(_ name: String) -> String? {
    FileManager.default.contents(atPath: path(name)).map { String(decoding: $0, as: UTF8.self) }
  }

  func close() {
    try? setMode(0o755, "")
    try? FileManager.default.removeItem(atPath: directory)
  }
}

@Suite("The settings file", .enabled(if: Agent.path != nil, "no clb-agent was built"))
struct SettingsFileTests {
  private static let capture = "\(Checkout.root)/Tests/Captures/debian-12/web-1.capture"

  private static func withWorkshop(_ body: (Workshop) async throws -> Void) async throws {
    let workshop = try Workshop()
    defer { workshop.close() }
    try await body(workshop)
  }

  @Test("is checked: ok, or every error in a line of its own")
  func check() async throws {
    try await Self.withWorkshop { shop in
      let good = try shop.file("targets: [http://:80/health]\n")
      let ok = try await Agent.run(["config", "check", good])
      #expect(ok.status == 0 && ok.output == "\(good): ok\n" && ok.errors.isEmpty)
      let bad = try shop.file(
        "skip: [lod]\nthresholds:\n  conntrack: \"\\e[2J\\nclb-agent: all is well\"\n")
      let refused = try await Agent.run(["config", "check", bad])
      #expect(refused.status == 64 && refused.output.isEmpty)
      #expect(
        refused.errors == """
          clb-agent: \(bad):1:8: skip[0] "lod": expected "load"
          clb-agent: \(bad):3:14: thresholds.conntrack "\\u{1b}[2J\\nclb-agent: all is well": \
          expected a whole number from 1 to 100 (percent)

          """)
    }
  }

  @Test(
    "that is refused stops every command with the same words",
    arguments: [
      ["inspect"], ["inspect", "--from", capture], ["config", "show"],
      ["capture", "--output", "/dev/null/x"],
    ])
  func refused(_ command: [String]) async throws {
    try await Self.withWorkshop { shop in
      let file = try shop.file("target: []\n")
      let run = try await Agent.run(command + ["--config", file])
      #expect(run.status == 64 && run.output.isEmpty)
      #expect(
        run.errors
          == "clb-agent: \(file):1:1: the key \"target\" is unknown; expected \"targets\"\n")
    }
  }

  @Test("is not there, or is no file: one line that says so")
  func missing() async throws {
    try await Self.withWorkshop { shop in
      for path in [shop.path("none"), shop.directory] {
        let run = try await Agent.run(["inspect", "--config", path])
        #expect(run.status == 64 && run.output.isEmpty)
        #expect(run.errors.hasPrefix("clb-agent: --config \"\(path)\": E"), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1)
      }
      let both = try await Agent.run(["inspect", "--config", "x", "--no-config"])
      #expect(both.status == 64 && both.errors.contains("--no-config"))
    }
  }

  @Test("that everybody may write is not believed by root", .enabled(if: getuid() == 0))
  func writable() async throws {
    try await Self.withWorkshop { shop in
      let file = try shop.file("skip: [load]\n", mode: 0o666)
      let run = try await Agent.run(["config", "check", file])
      #expect(run.status == 64 && run.errors.contains("everybody may write it"))
      try shop.setMode(0o644, "config.yaml")
      #expect(try await Agent.run(["config", "check", file]).status == 0)
      try shop.setMode(0o777, "")
      let replaceable = try await Agent.run(["config", "check", file])
      #expect(replaceable.status == 64 && replaceable.errors.contains("everybody may replace it"))
      try shop.setMode(0o1777, "")
      #expect(try await Agent.run(["config", "check", file]).status == 0)
    }
  }

  @Test(
    "is the host's own where none is named, and must be readable then", .enabled(if: getuid() == 0))
  func standardPath() async throws {
    let agent = try #require(Agent.path)
    // In a mount namespace of its own, so that the real /etc stays what it is.
    func run(_ commands: String) async throws -> Agent.Run {
      try await Agent.run(
        ["--mount", "sh", "-c", "mount -t tmpfs none /etc && \(commands)", agent],
        as: "/usr/bin/unshare")
    }
    let write = "mkdir /etc/clb-agent && printf 'skip: [load]\\n' > /etc/clb-agent/config.yaml"
    let none = try await run("\"$0\" config show")
    #expect(none.output.hasPrefix("settings file: none\n"), "\(none.errors)")
    let shown = try await run("\(write) && \"$0\" config show")
    #expect(shown.output.hasPrefix("settings file: /etc/clb-agent/config.yaml\n"))
    #expect(shown.output.contains("/etc/clb-agent/config.yaml:1"))
    let ignored = try await run("\(write) && \"$0\" config show --no-config")
    #expect(ignored.output.hasPrefix("settings file: none\n"))
    let elsewhere = try await run("\(write) && \"$0\" inspect --from '\(Self.capture)'")
    #expect(!elsewhere.output.contains("SKIPPED") && elsewhere.output.contains("verdict: "))
    try await Self.withWorkshop { shop in
      // The build directory may be closed to other users. A copy that this process wrote could be busy: what
      // other tests start meanwhile inherits the descriptor for a moment.
      let locked = try await run(
        "\(write) && chmod 700 /etc/clb-agent && cp \"$0\" \(shop.path("agent")) && setpriv "
          + "--reuid=65534 --regid=65534 --clear-groups \(shop.path("agent")) config show")
      #expect(locked.status == 64 && locked.errors.contains("EACCES"), "\(locked.errors)")
    }
  }

  @Test(
    "is read with the user's rights, not with the agent's capabilities",
    .enabled(if: getuid() == 0))
  func capabilities() async throws {
    try await Self.withWorkshop { shop in
      let agent = try #require(Agent.path)
      // By a process of its own, lest the copy be busy as it is started.
      let copied = try await Agent.run([agent, shop.path("agent")], as: "/bin/cp")
      try #require(copied.status == 0, "\(copied.errors)")
      let able = try await Agent.run(
        ["cap_dac_read_search=ep", shop.path("agent")], as: "/usr/sbin/setcap")
      try #require(able.status == 0, "\(able.errors)")
      let file = try shop.file("secret: hunter2\n", mode: 0o600)
      let run = try await Agent.run(
        [
          "--reuid=65534", "--regid=65534", "--clear-groups", shop.path("agent"), "config", "check",
          file,
        ],
        as: "/usr/bin/setpriv")
      #expect(run.status == 64 && run.errors.contains("EACCES"), "\(run.errors)")
      #expect(!run.errors.contains("secret"))
      let secret = try shop.file("hunter2\n", mode: 0o600, name: "root-only")
      let receiver =
        "{name: a, type: webhook, url: \"http://127.0.0.1:1\", headerFiles: [\"X: \(secret)\"]}"
      let open = try shop.file("receivers: [\(receiver)]\n", mode: 0o644)
      let told = try await Agent.run(
        [
          "--reuid=65534", "--regid=65534", "--clear-groups", shop.path("agent"), "config", "check",
          open,
        ],
        as: "/usr/bin/setpriv")
      #expect(told.status == 64 && told.errors.contains("headerFiles"), "\(told.errors)")
    }
  }

  @Test("names targets, which the report says, and options go before it")
  func inspect() async throws {
    try await Self.withWorkshop { shop in
      let file = try shop.file(
        "targets:\n  - url: tcp://10.0.0.5:80\n    timeOut: 7\nskip: [load]\n")
      let run = try await Agent.run([
        "inspect", "--from", Self.capture, "--config", file, "--format", "json",
      ])
      #expect(run.output.contains(#""targetOrigin" : "settings""#))
      #expect(run.output.contains(#""timeOut" : 7"#))
      #expect(run.output.contains(#""skip" : "\#(file):4""#))
      let text = try await Agent.run([
        "inspect", "--from", Self.capture, "--config", file, "--timeout", "8", "--skip", "tcp",
      ])
      #expect(text.output.contains("Targets: named by the settings file."))
      #expect(text.output.contains("within 8 s,"))
      #expect(text.output.contains("SKIPPED  tcp"))
      #expect(text.output.contains("not checked (skipped by --skip)"))
      let named = try await Agent.run([
        "inspect", "--from", Self.capture, "--config", file, "--target", "tcp://10.0.0.5:81",
      ])
      #expect(named.output.contains("Targets: named on the command line."))
      #expect(!named.output.contains("10.0.0.5:80 "))
      let without = try await Agent.run(["inspect", "--from", Self.capture, "--no-config"])
      let plain = try await Agent.run(["inspect", "--from", Self.capture])
      #expect(without.status == 2 && plain.status == 2)
    }
  }

  @Test("shows a finding that is left out, and does not count it")
  func skippedFinding() async throws {
    try await Self.withWorkshop { shop in
      let file = try shop.file("skip:\n  - listening-socket.ipv6-only\n")
      let run = try await Agent.run(["inspect", "--from", Self.capture, "--config", file])
      #expect(run.output.contains("SKIPPED  listening-socket.ipv6-only\n"), "\(run.output)")
      #expect(run.output.contains("skipped by \(file):2"))
    }
  }

  @Test("is shown as it is in force, with where it comes from")
  func show() async throws {
    try await Self.withWorkshop { shop in
      let file = try shop.file("thresholds:\n  conntrack: 50\n")
      let arguments = ["config", "show", "--config", file, "--source", "10.0.0.0/8"]
      let text = try await Agent.run(arguments)
      let lines = text.output.split(separator: "\n").map {
        $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
      }
      #expect(text.status == 0 && lines.first == "settings file: \(file)")
      #expect(lines.contains("thresholds.conntrack 50 \(file):2"))
      #expect(lines.contains("thresholds.acceptQueue 80 default"))
      #expect(lines.contains("sources 10.0.0.0/8 --source"))
      let json = try await Agent.run(arguments + ["--format", "json"])
      let shown = try JSONDecoder().decode(Shown.self, from: Data(json.output.utf8))
      #expect(shown.file == file)
      #expect(
        shown.settings.contains(
          Shown.Row(key: "thresholds.conntrack", value: "50", origin: "file", place: "\(file):2")))
      #expect(
        shown.settings.contains(
          Shown.Row(key: "sources", value: "10.0.0.0/8", origin: "option", place: "--source")))
      #expect(shown.settings.count == lines.count - 1)
      let none = try await Agent.run(["config", "show", "--no-config"])
      #expect(none.status == 0 && none.output.hasPrefix("settings file: none\n"))
    }
  }

  private struct Shown: Decodable {
    var file: String?
    var settings: [Row]

    struct Row: Decodable, Equatable {
      var key: String
      var value: String
      var origin: String
      var place: String?
    }
  }

  @Test("begins as a commented one, which is the example of Docs and never takes another's place")
  func initialize() async throws {
    let example = String(
      decoding: try Data(contentsOf: Checkout.path("Docs/config.example.yaml")), as: UTF8.self)
    let printed = try await Agent.run(["config", "init"])
    #expect(printed.status == 0 && printed.output == example && printed.errors.isEmpty)
    try await Self.withWorkshop { shop in
      let path = shop.path("config.yaml")
      let first = try await Agent.run(["config", "init", "--output", path])
      #expect(first.status == 0 && first.output.isEmpty && first.errors.isEmpty)
      #expect(shop.text("config.yaml") == example)
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o640)
      #expect(try await Agent.run(["config", "check", path]).status == 0)
      _ = try shop.file("skip: [load]\n")
      let second = try await Agent.run(["config", "init", "--output", path])
      #expect(second.status == 64 && second.errors.contains("--force"))
      #expect(shop.text("config.yaml") == "skip: [load]\n")
      let forced = try await Agent.run(["config", "init", "--output", path, "--force"])
      #expect(forced.status == 0 && shop.text("config.yaml") == example)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: shop.directory) == ["config.yaml"])
      let aimless = try await Agent.run(["config", "init", "--force"])
      #expect(aimless.status == 64 && aimless.errors.contains("--output"))
    }
  }
}
