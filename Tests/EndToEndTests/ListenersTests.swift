import FoundationEssentials
import Testing

@Suite("Targets from documents of listeners", .enabled(if: Agent.path != nil, "no agent was built"))
struct ListenersTests {
  private static let recorded = Checkout.path("Tests/LoadBalancerTests/CloudAPI/Recorded").path()
  private static let capture = Checkout.path("Tests/Captures/debian-12/web-1.capture").path()

  /// Writes one document, and gives it to `body`.
  private func withDocument(_ bytes: Data, _ body: (String) async throws -> Void) async throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "listeners-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let file = directory.appending(path: "a.json")
    try bytes.write(to: file)
    try await body(file.path())
  }

  private func withDocument(_ text: String, _ body: (String) async throws -> Void) async throws {
    try await withDocument(Data(text.utf8), body)
  }

  /// A listener with one real server.
  private func listener(_ address: String, _ port: Int) -> String {
    """
    {"Listeners": [{"ListenerId": "lbl-1", "Protocol": "TCP", "Port": 80,
      "HealthCheck": {"CheckType": "TCP", "TimeOut": 2, "IntervalTime": 5, "SourceIpType": 1},
      "Targets": [{"PrivateIpAddresses": ["\(address)"], "Port": \(port)}]}]}
    """
  }

  @Test("follow this host's, and report listener and parameters")
  func followed() async throws {
    try await withDocument(listener("10.0.0.5", 8080)) { file in
      let run = try await Agent.run([
        "inspect", "--from", Self.capture, "--listeners", file, "--format", "json",
      ])
      #expect(run.errors.isEmpty)
      #expect(run.output.contains(#""targetOrigin" : "listeners""#))
      #expect(run.output.contains(#""name" : "tcp://10.0.0.5:8080#lbl-1""#))
      #expect(run.output.contains(#""listenerID" : "lbl-1""#))
      let text = try await Agent.run(["inspect", "--from", Self.capture, "--listeners", file])
      #expect(text.output.contains("  listener: lbl-1 (TCP:80)\n"))
      #expect(text.output.contains("CheckType TCP, TCP connection, within 2 s, every 5 s, "))
    }
  }

  @Test("of other hosts are a usage error that says whose they are")
  func strangers() async throws {
    try await withDocument(listener("10.0.99.9", 8080)) { file in
      let run = try await Agent.run(["inspect", "--from", Self.capture, "--listeners", file])
      #expect(run.status == 64 && run.output.isEmpty)
      #expect(
        run.errors == "clb-agent: --listeners: no listener has this host (10.0.0.5) behind it; "
          + "the documents name 10.0.99.9\n")
    }
  }

  @Test(
    "that cannot be used are one line and status 64",
    arguments: [
      ("{\"Listeners\": [{]}", "a.json line 1, column 17: Listeners[0]: ]}; expected a name"),
      ("", "a.json line 1, column 1: the document ends; expected an object or null"),
      ("\u{1B}[2J", "a.json line 1, column 1: \\u{1b}[2J; expected a value"),
    ])
  func unusable(_ text: String, _ message: String) async throws {
    try await withDocument(text) { file in
      let run = try await Agent.run(["inspect", "--listeners", file])
      #expect(run.status == 64 && run.output.isEmpty)
      #expect(run.errors.hasSuffix("\(message)\n"))
      #expect(run.errors.filter { $0 == "\n" }.count == 1)
    }
  }

  @Test(
    "exclude options that say the same",
    arguments: [
      ["--target", "tcp://:80"], ["--http-code", "2xx"], ["--source", "10.0.0.0/8"],
      ["--timeout", "2"],
    ])
  func exclusive(_ options: [String]) async throws {
    let run = try await Agent.run(["inspect", "--listeners", Self.recorded] + options)
    #expect(run.status == 64)
    #expect(run.errors.contains("\(options[0]) with --listeners: expected one of them"))
  }

  @Test(
    "are a file or a directory that has some", arguments: ["/nonexistent", "/proc/self/fdinfo"])
  func missing(_ path: String) async throws {
    let run = try await Agent.run(["inspect", "--listeners", path])
    #expect(run.status == 64)
    #expect(run.errors.hasPrefix("clb-agent: --listeners \"\(path)\": "))
  }

  @Test("stay with a capture, and replay to the same report")
  func recordedAgain() async throws {
    try await withDocument(listener("10.0.0.5", 8080)) { file in
      let again = file + ".capture"
      let first = try await Agent.run([
        "inspect", "--from", Self.capture, "--listeners", file, "--record", again, "--format",
        "json",
      ])
      let second = try await Agent.run(["inspect", "--from", again, "--format", "json"])
      func targets(_ output: String) -> Substring? {
        output.firstRange(of: "\"targetOrigin\"").map { output[$0.lowerBound...] }
      }
      #expect(targets(first.output) != nil)
      #expect(targets(first.output) == targets(second.output))
    }
  }

  @Test("of 50 MB are read, and a fault at their end is found")
  func huge() async throws {
    let entry = """
      {"ListenerId": "lbl-%", "Protocol": "TCP", "Port": 80, "HealthCheck": {"TimeOut": 2},
       "Unknown": {"a": [1, 2, {"b": null}]}, "Targets": [{"PrivateIpAddresses": ["10.1.8.5"], "Port": 80}]},

      """
    var bytes = Data("{\"Listeners\": [\n".utf8)
    var number = 0
    while bytes.count < 50 << 20 {
      bytes += Data(entry.replacing("%", with: "\(number)").utf8)
      number += 1
    }
    bytes += Data("{}]}".utf8)
    try await withDocument(bytes) { file in
      let run = try await Agent.run(["inspect", "--from", Self.capture, "--listeners", file])
      #expect(run.status == 64)
      #expect(
        run.errors.hasSuffix(
          "a.json line \(number * 2 + 2), column 1: Listeners[\(number)]: {}; "
            + "expected a listener with a ListenerId\n"))
    }
  }
}
