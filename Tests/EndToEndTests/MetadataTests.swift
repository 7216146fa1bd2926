import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite("The metadata service's options", .enabled(if: Agent.path != nil, "no agent was built"))
struct MetadataTests {
  private static let capture = Checkout.path("Tests/Captures/debian-12/web-1.capture").path()

  @Test(
    "are refused where they cannot be meant",
    arguments: [
      (["--metadata-endpoint", "http://metadata.tencentyun.com/"], "with a literal address"),
      (["--metadata-endpoint", "http://127.0.0.1:1", "--no-metadata"], "not both"),
      (["--metadata-endpoint", "http://127.0.0.1:1", "--from", capture], "tells of this host"),
      (["--metadata-endpoint", "http://127.0.0.1:1", "--root", "/"], "tells of this host"),
    ])
  func refused(_ options: [String], _ reason: String) async throws {
    let run = try await Agent.run(["inspect"] + options, asksMetadata: true)
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(run.errors.contains("--metadata-endpoint") && run.errors.contains(reason))
    #expect(run.errors.split(separator: "\n").count == 1)
  }

  @Test("name a server whose answers are taken, and no proxy is asked instead")
  func asked() async throws {
    try await withServer { endpoint in
      let run = try await Agent.run(
        [
          "http_proxy=http://127.0.0.1:1", Agent.path ?? "", "inspect", "--no-config", "--no-probe",
          "--target", "tcp://:80", "--only", "address", "--metadata-endpoint", endpoint, "--format",
          "json",
        ], as: "/usr/bin/env")
      #expect(run.errors.isEmpty)
      #expect(run.output.contains("\"instanceID\" : \"ins-9z8y7x6w\""))
      #expect(run.output.contains("\"region\" : \"ap-guangzhou\""))
    }
  }

  @Test("stand in the settings too, and --no-metadata goes before them")
  func settings() async throws {
    try await withServer { endpoint in
      let file = "/tmp/clb-agent-metadata-\(UInt64.random(in: .min ... .max)).yaml"
      try Data("metadata: {endpoint: \"\(endpoint)\", timeLimit: 900}\n".utf8).write(
        to: URL(filePath: file))
      defer { unlink(file) }
      let words = [
        "inspect", "--config", file, "--no-probe", "--target", "tcp://:80", "--only", "address",
        "--format", "json",
      ]
      let asked = try await Agent.run(words, asksMetadata: true)
      #expect(asked.output.contains("\"instanceID\" : \"ins-9z8y7x6w\""))
      let unasked = try await Agent.run(words)
      #expect(unasked.output.contains("\"instanceID\" : null"))
    }
  }

  @Test("are replaced by what a capture kept, unless its figures cannot be true")
  func replayed() async throws {
    let stem = "/tmp/clb-agent-metadata-\(UInt64.random(in: .min ... .max))"
    defer { for end in ["yaml", "capture"] { unlink("\(stem).\(end)") } }
    try Data("account: {networkAccountType: LEGACY, publicBandwidth: 0}\n".utf8).write(
      to: URL(filePath: "\(stem).yaml"))
    let first = try await Agent.run([
      "inspect", "--from", Self.capture, "--config", "\(stem).yaml", "--record", "\(stem).capture",
    ])
    #expect(first.output.contains("bandwidth.none-on-traditional-account"))
    let kept = try await Agent.run(["inspect", "--from", "\(stem).capture"])
    #expect(kept.output.contains("bandwidth.none-on-traditional-account"))
    #expect(kept.output.contains("\(stem).yaml:1"))
    let file = URL(filePath: "\(stem).capture")
    for figure in ["9223372036854775807", "-1", "1e400", "\\\"x\\\""] {
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      let hostile = text.replacing("\\\"value\\\":0}", with: "\\\"value\\\":\(figure)}")
      #expect(hostile != text)
      try Data(hostile.utf8).write(to: file)
      let run = try await Agent.run(["inspect", "--from", "\(stem).capture"])
      #expect(run.status == 2 && run.output.contains("bandwidth.account-type-unknown"))
      try Data(text.utf8).write(to: file)
    }
  }

  private static let answers = [
    "instance-id": "ins-9z8y7x6w", "placement/region": "ap-guangzhou\n",
  ]

  /// The endpoint of a real server that answers two paths and nothing else.
  private func withServer(_ body: (String) async throws -> Void) async throws {
    let server = try LoopbackServer { connection in
      let words = connection.readRequest().split(separator: " ")
      let path = words.dropFirst().first?.dropFirst("/latest/meta-data/".count)
      let answer = path.flatMap { Self.answers[String($0)] }
      connection.send(
        "HTTP/1.1 \(answer == nil ? "404 Not Found" : "200 OK")\r\nConnection: close\r\n\r\n"
          + (answer ?? "<html>404</html>"))
    }
    try await body("http://127.0.0.1:\(server.port)")
    #expect(!server.receivedRequests.isEmpty)
  }
}
