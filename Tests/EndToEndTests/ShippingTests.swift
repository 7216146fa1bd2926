import FoundationEssentials
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite("Reports that are shipped", .enabled(if: Agent.path != nil, "no agent was built"))
struct ShippingTests {
  @Test("are kept while the receiver is away, and arrive when it is back")
  func away() async throws {
    let world = try ShippingWorld()
    let receiver = try WebhookServer(isAway: true)
    try world.write("receivers:\n  - {name: hook, type: webhook, url: \"\(receiver.url)\"}\n")
    let first = try await world.inspect()
    #expect(first.output.contains("verdict: "))
    #expect(first.errors.contains("hook.report: ") && first.errors.contains("503"))
    let waiting = try await world.run(["spool", "status"])
    #expect(waiting.status == 0 && waiting.output.hasPrefix("hook.report: 1 waiting"))
    let early = try await world.run(["ship"])
    #expect(early.status == 75 && early.output.contains("no request before"))
    receiver.comeBack()
    let late = try await world.run(["ship", "--now"])
    #expect(late.status == 0 && late.output == "hook.report: 1 report delivered in 1 request\n")
    let arrived = try #require(receiver.bodies.last)
    #expect(arrived.hasPrefix("{\"schemaVersion\":1,\"reports\":["))
    #expect(arrived.contains("\"detail\":\"full\"") && arrived.contains("\"change\":\"new\""))
    #expect(try await world.run(["ship"]).output == "hook.report: nothing waits\n")
  }

  @Test("are told of when something changed, and not otherwise")
  func quiet() async throws {
    let world = try ShippingWorld()
    let receiver = try WebhookServer()
    try world.write("receivers:\n  - {name: hook, type: webhook, url: \"\(receiver.url)\"}\n")
    var socket: LoopbackServer? = try LoopbackServer(script: nil)
    let target = "tcp://127.0.0.1:\(try #require(socket).port)"
    let first = try await world.inspect(["--quiet"], target: target)
    #expect(first.output.contains("verdict: ") && first.errors.isEmpty)
    let second = try await world.inspect(["--quiet"], target: target)
    #expect(second.output.isEmpty && second.errors.isEmpty)
    #expect(receiver.bodies.last?.contains("\"detail\":\"summary\"") == true)
    socket = nil
    let third = try await world.inspect(["--quiet"], target: target)
    #expect(third.status == 2)
    #expect(third.output.contains("history: changed at ") && third.output.contains("history: new"))
    #expect(receiver.bodies.last?.contains("\"detail\":\"full\"") == true)
    let fourth = try await world.inspect(["--quiet"], target: target)
    #expect(fourth.status == 2 && fourth.output.isEmpty)
    let plain = try await world.inspect(ships: false, target: target)
    #expect(plain.output.contains("history: like this since "))
  }

  @Test("can be listed, shown, previewed and removed while they wait")
  func spool() async throws {
    let world = try ShippingWorld()
    let closed = try bindToLoopback()
    defer { close(closed.descriptor) }
    try world.write(
      "receivers:\n  - {name: o, type: otlp, url: \"http://127.0.0.1:\(closed.port)\"}\n")
    _ = try await world.inspect()
    let list = try await world.run(["spool", "list"]).output
    let words = try #require(list.split(separator: "\n").first).split(separator: " ")
    #expect(words.count == 5 && words[2] == "o.logs")
    let shown = try await world.run(["spool", "show", String(words[1])])
    #expect(shown.status == 0 && shown.output.contains("\"reportID\":\"\(words[1])\""))
    let preview = try await world.run(["ship", "--dry-run"])
    #expect(
      preview.output.contains("\"resourceLogs\"") && preview.output.contains("resourceMetrics"))
    #expect(try await world.run(["spool", "show", "none"]).status == 64)
    #expect(try await world.run(["spool", "purge"]).status == 64)
    #expect(try await world.run(["spool", "purge", "--queue", "o.log"]).status == 64)
    let purged = try await world.run(["spool", "purge", "--queue", "o.logs"])
    #expect(purged.status == 0 && purged.output == "1 file removed\n")
    #expect(try await world.run(["spool", "purge", "--all"]).output == "1 file removed\n")
    let json = try await world.run(["spool", "status", "--format", "json"]).output
    #expect(json.contains("\"waiting\" : 0") && !json.contains("\"waiting\" : 1"))
  }

  @Test("carry a secret's text to the receiver and nowhere else")
  func secrets() async throws {
    let world = try ShippingWorld()
    let receiver = try WebhookServer(isAway: true)
    try Data("Bearer s3cr3t\n".utf8).write(to: URL(filePath: "\(world.directory)/token"))
    try world.write(
      """
      receivers:
        - name: hook
          type: webhook
          url: \(receiver.url)
          headerFiles: ["Authorization: \(world.directory)/token"]

      """)
    let runs = [
      try await world.inspect(), try await world.run(["config", "show"]),
      try await world.run(["ship", "--now"]), try await world.run(["ship", "--dry-run"]),
      try await world.run(["spool", "status"]),
    ]
    #expect(receiver.heads.last?.contains("Authorization: Bearer s3cr3t\r\n") == true)
    for run in runs { #expect(!(run.output + run.errors).contains("s3cr3t")) }
  }

  @Test("are made by one run at a time")
  func overlap() async throws {
    let world = try ShippingWorld()
    try world.write("receivers:\n  - {name: hook, type: webhook, url: \"http://127.0.0.1:1\"}\n")
    _ = try await world.inspect()
    let lock = open("\(world.state)/lock", O_RDWR | O_CLOEXEC)
    defer { close(lock) }
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    for run in [try await world.inspect(), try await world.run(["ship"])] {
      #expect(run.status == 75 && run.output.isEmpty)
      #expect(run.errors.contains("held by another run"))
    }
  }

  @Test("go on when what earlier runs said is damaged")
  func damagedHistory() async throws {
    let world = try ShippingWorld()
    let receiver = try WebhookServer()
    try world.write("receivers:\n  - {name: hook, type: webhook, url: \"\(receiver.url)\"}\n")
    _ = try await world.inspect()
    try Data("{\"version\":".utf8).write(to: URL(filePath: "\(world.state)/history.json"))
    let run = try await world.inspect()
    #expect(run.errors == "clb-agent: history: it is damaged; this run begins a new one\n")
    #expect(receiver.bodies.count == 2)
    #expect(try await world.inspect().errors.isEmpty)
  }

  @Test("that could not be kept are news once more")
  func unkept() async throws {
    let world = try ShippingWorld()
    let receiver = try WebhookServer()
    try world.write("receivers:\n  - {name: hook, type: webhook, url: \"\(receiver.url)\"}\n")
    _ = try await world.inspect()
    chmod("\(world.state)/spool/incoming", 0o500)
    let target = "tcp://127.0.0.1:2"
    let unkept = try await world.inspect(["--quiet"], target: target)
    #expect(unkept.errors.contains("the report is not kept for the receivers: open"))
    #expect(unkept.output.contains("history: new"))
    chmod("\(world.state)/spool/incoming", 0o700)
    let kept = try await world.inspect(["--quiet"], target: target)
    #expect(kept.errors.isEmpty && kept.output.contains("history: new"))
    #expect(receiver.bodies.last?.contains("\"detail\":\"full\"") == true)
  }

  @Test("are sent though they cannot be printed")
  func fullLog() async throws {
    let world = try ShippingWorld()
    let receiver = try WebhookServer()
    try world.write("receivers:\n  - {name: hook, type: webhook, url: \"\(receiver.url)\"}\n")
    let words = [
      "inspect", "--no-probe", "--no-metadata", "--target", "tcp://127.0.0.1:1", "--ship",
      "--config", world.settings, "--state-directory", world.state,
    ]
    let run = try await Agent.run(
      ["-c", "exec \"$0\" \"$@\" >/dev/full", try #require(Agent.path)] + words, as: "/bin/sh")
    #expect(run.status == 3 && run.errors.contains("standard output: ENOSPC"))
    #expect(receiver.bodies.count == 1)
  }

  @Test("that a receiver refuses are set aside, and the exit status says so")
  func refusedForGood() async throws {
    let world = try ShippingWorld()
    let receiver = try WebhookServer(isAway: true, refusal: "400 Bad Request")
    try world.write("receivers:\n  - {name: hook, type: webhook, url: \"\(receiver.url)\"}\n")
    _ = try await world.inspect(["--quiet"])
    #expect(try await world.run(["spool", "list", "--rejected"]).output.contains("hook.report"))
    try world.holdBack()
    let run = try await world.run(["ship"])
    #expect(run.status == 75 && run.output.contains("1 report refused and set aside"))
    #expect(try await world.run(["ship"]).status == 0)
  }

  @Test("tell of settings that are at fault once, and again when it is another fault")
  func misconfigured() async throws {
    let world = try ShippingWorld()
    let receiver = try WebhookServer(isAway: true, refusal: "401 Unauthorized")
    try world.write("receivers:\n  - {name: hook, type: webhook, url: \"\(receiver.url)\"}\n")
    let first = try await world.inspect(["--quiet"])
    #expect(first.errors.contains("receivers[].headerFiles of \"hook\""))
    #expect(try await world.inspect(["--quiet"]).errors.isEmpty)
    #expect(try await world.inspect().errors.contains("receivers[].headerFiles"))
    try world.write("receivers:\n  - {name: hook, type: webhook, url: \"\(receiver.url)/404\"}\n")
    let other = try await world.inspect(["--quiet"])
    #expect(other.errors.contains("receivers[].url of \"hook\""))
  }

  @Test("are not looked for where there are none, and nothing is made for that")
  func noDirectory() async throws {
    let world = try ShippingWorld()
    try world.write("receivers:\n  - {name: hook, type: webhook, url: \"http://127.0.0.1:1\"}\n")
    let run = try await world.run(["spool", "status"])
    #expect(
      run.status == 64 && run.errors.contains("--state-directory: stat \(world.state): ENOENT"))
    #expect(access(world.state, F_OK) != 0)
  }

  @Test(
    "are refused where they cannot be meant",
    arguments: [
      (["inspect", "--no-config", "--ship"], "--ship: expected receivers in the settings file"),
      (["inspect", "--no-config", "--ship", "--from", "x"], "--ship with --from: expected one"),
      (["inspect", "--no-config", "--quiet"], "--quiet: expected --ship beside it"),
      (["inspect", "--no-config", "--ship=all"], "--ship"),
      (
        ["inspect", "--no-config", "--spread", "3601"], "--spread \"3601\": expected a whole number"
      ),
      (["ship", "--no-config"], "ship: expected receivers in the settings file"),
    ])
  func refused(_ words: [String], _ reason: String) async throws {
    let run = try await Agent.run(words)
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(run.errors.contains(reason), "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count == 1)
  }

  @Test("need a state directory that nobody else can change")
  func unsafeDirectory() async throws {
    let world = try ShippingWorld()
    try world.write("receivers:\n  - {name: hook, type: webhook, url: \"http://127.0.0.1:1\"}\n")
    mkdir(world.state, 0o700)
    chmod(world.state, 0o777)
    let run = try await world.inspect()
    #expect(run.status == 64 && run.errors.contains("mode 777 lets others write; expected 700"))
  }

  @Test("go once an interval while nothing changes, and at once when something does")
  func interval() async throws {
    let world = try ShippingWorld()
    let receiver = try WebhookServer()
    try world.write(
      "receivers:\n  - {name: hook, type: webhook, url: \"\(receiver.url)\", sendInterval: 1440}\n")
    let socket = try LoopbackServer(script: nil)
    let target = "tcp://127.0.0.1:\(socket.port)"
    _ = try await world.inspect(target: target)
    _ = try await world.inspect(target: target)
    #expect(receiver.bodies.count == 1)
    #expect(try await world.run(["spool", "status"]).output.hasPrefix("hook.report: 1 waiting"))
    let changed = try await world.inspect()
    #expect(changed.output.contains("history: new") && changed.errors.isEmpty)
    #expect(receiver.bodies.count == 2)
    let reports = receiver.bodies[1].split(separator: "\"reportID\"").count - 1
    #expect(reports == 2)
  }

  @Test("go as soon as a receiver that failed may be asked again, whatever the interval")
  func intervalAfterFailure() async throws {
    let world = try ShippingWorld()
    let receiver = try WebhookServer()
    try world.write(
      "receivers:\n  - {name: hook, type: webhook, url: \"\(receiver.url)\", sendInterval: 1440}\n")
    _ = try await world.inspect()
    receiver.leave()
    let target = "tcp://127.0.0.1:2"
    #expect(try await world.inspect(target: target).errors.contains("503"))
    receiver.comeBack()
    try world.endWaits()
    #expect(try await world.inspect(target: target).errors.isEmpty)
    #expect(receiver.bodies.count == 2)
  }

  @Test("are told to Prometheus by a file that all may read")
  func textfile() async throws {
    let world = try ShippingWorld()
    let file = "\(world.directory)/clb.prom"
    try world.write("receivers:\n  - {name: local, type: textfile, path: \(file)}\n")
    let run = try await world.inspect()
    #expect(run.errors.isEmpty)
    let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
    #expect(
      text.contains("clb_target_status{target=\"tcp://127.0.0.1:1\",status=\"fail\"} 1"), "\(text)")
    var status = stat()
    #expect(stat(file, &status) == 0 && status.st_mode & 0o777 == 0o644)
    let printed = try await world.inspect(["--format", "prometheus"], ships: false)
    #expect(printed.output.contains("# TYPE clb_target_status gauge"))
  }

  @Test(
    "are not even begun with certificates that make no sense",
    arguments: [
      ("certificateAuthority: /nonexistent/ca.pem", "certificateAuthority", "/nonexistent/ca.pem"),
      ("certificateAuthority: DIR/garbage", "certificateAuthority", ""),
      ("certificate: DIR/garbage, key: DIR/garbage", "certificate", ""),
    ])
  func certificates(_ lines: String, _ key: String, _ reason: String) async throws {
    let world = try ShippingWorld()
    try Data("-----BEGIN CERTIFICATE-----\nxx\n".utf8).write(
      to: URL(filePath: "\(world.directory)/garbage"))
    let keys = lines.replacing("DIR", with: world.directory)
    try world.write(
      "receivers:\n  - {name: central, type: otlp, url: \"https://127.0.0.1:1\", \(keys)}\n")
    let runs = [
      try await world.inspect(), try await world.run(["ship"]),
      try await Agent.run(["config", "check", "\(world.directory)/config.yaml"]),
    ]
    for run in runs {
      #expect(run.status == 64 && run.output.isEmpty, "\(run.output)")
      #expect(run.errors.hasPrefix("clb-agent: receivers, \"central\": \(key): "), "\(run.errors)")
      #expect(run.errors.contains(reason) && run.errors.split(separator: "\n").count == 1)
    }
  }

  @Test(
    "are printed all the same where the disk takes nothing any more",
    .enabled(if: getuid() == 0, "needs root, to mount"))
  func readOnly() async throws {
    let world = try ShippingWorld()
    try world.write("receivers:\n  - {name: hook, type: webhook, url: \"http://127.0.0.1:1\"}\n")
    func run(_ words: String) async throws -> Agent.Run {
      let mount = "mkdir -p \(world.state) && mount -t tmpfs -o ro,mode=700 none \(world.state)"
      return try await Agent.run(
        [
          "--mount", "sh", "-c",
          "\(mount) && exec \"$0\" \(words) --config \(world.directory)/config.yaml --state-directory \(world.state)",
          Agent.path ?? "",
        ], as: "/usr/bin/unshare")
    }
    let inspect = "inspect --ship --quiet --no-metadata --no-probe --only listening-socket"
    let inspected = try await run("\(inspect) --target tcp://127.0.0.1:1")
    #expect(inspected.status == 2 && inspected.output.contains("verdict: FAIL"))
    #expect(
      inspected.errors.contains("EROFS") && inspected.errors.contains("the report is not kept"))
    let shipped = try await run("ship")
    #expect(shipped.status == 3 && shipped.errors.contains("EROFS"), "\(shipped.errors)")
  }
}
