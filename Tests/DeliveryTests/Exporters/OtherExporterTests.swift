import Foundation
import Glibc
import Synchronization
import Testing
import TestSupport

@testable import Delivery

@Suite("A webhook")
struct WebhookTests {
  @Test("gets the documents verbatim, in one that is JSON")
  func document() throws {
    let url = try #require(ReceiverURL(parsing: "http://127.0.0.1:9/hook"))
    let exporter = try #require(
      Exporters.make(
        for: Receiver(name: "hook", kind: .webhook(HTTPEndpoint(url: url))), in: .test()
      ).first)
    #expect(exporter.queue == QueueName(receiver: "hook", signal: .report))
    let text = exporter.preview(
      [SampleReport.failing(), SampleReport.failing(id: "r-2")], status: SampleReport.status)
    #expect(text.contains(#""reportID":"r-1"},"#))
    let object =
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    #expect(object["schemaVersion"] as? Int == 1)
    let reports = object["reports"] as? [[String: Any]] ?? []
    #expect(reports.map { $0["reportID"] as? String } == ["r-1", "r-2"])
    let queues = (object["spool"] as? [String: Any])?["queues"] as? [[String: Any]]
    #expect(queues?.first?["droppedTotal"] as? Int == 7)
  }

  @Test("has the reports once it answers with any 2xx", arguments: [200, 201, 202, 204, 299])
  func success(status: Int) throws {
    let server = try LoopbackServer { connection in
      connection.readRequestWithBody()
      connection.send("HTTP/1.1 \(status) Fine\r\nConnection: close\r\n\r\n")
    }
    let url = try #require(ReceiverURL(parsing: "http://127.0.0.1:\(server.port)/a/hook"))
    let exporter = try #require(
      Exporters.make(
        for: Receiver(name: "hook", kind: .webhook(HTTPEndpoint(url: url))), in: .test()
      ).first)
    #expect(
      exporter.send([SampleReport.failing()], status: .init()) == .delivered(warning: nil))
    let request = try #require(server.receivedRequests.first)
    #expect(request.hasPrefix("POST /a/hook HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n"))
    #expect(request.contains("\r\nContent-Type: application/json\r\n"))
  }
}

@Suite("A file of OTLP lines")
struct OTLPFileTests {
  private func withDirectory(_ body: (String) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
      "clb-otlp-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try body(directory.path)
  }

  private func exporters(_ directory: String) -> [any Exporter] {
    Exporters.make(
      for: Receiver(name: "file", kind: .otlpFile(directory: directory)), in: .test())
  }

  private func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map { String($0) }
  }

  @Test("has one kind of request a file, one a line")
  func appends() throws {
    try withDirectory { directory in
      for _ in 0..<2 {
        for exporter in exporters(directory) {
          #expect(
            exporter.send([SampleReport.failing()], status: SampleReport.status)
              == .delivered(warning: nil))
        }
      }
      for (name, key) in [("logs", "resourceLogs"), ("metrics", "resourceMetrics")] {
        let lines = try lines("\(directory)/\(name).jsonl")
        #expect(lines.count == 3 && lines.last == "")
        for line in lines.dropLast() {
          let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
          #expect(object?.keys.sorted() == [key])
        }
      }
    }
  }

  @Test("that ends in a torn line loses that line alone")
  func tornLine() throws {
    try withDirectory { directory in
      let path = directory + "/logs.jsonl"
      try "{\"resourceLogs\":[{".write(toFile: path, atomically: true, encoding: .utf8)
      let exporter = try #require(exporters(directory).first)
      #expect(
        exporter.send([SampleReport.failing()], status: .init()) == .delivered(warning: nil))
      let lines = try lines(path)
      #expect(lines.count == 3)
      #expect(lines.first == "{\"resourceLogs\":[{")
      #expect(lines.dropFirst().first?.hasPrefix("{\"resourceLogs\":[{\"resource\"") == true)
    }
  }

  @Test("that cannot be one blames the path")
  func failures() throws {
    try withDirectory { directory in
      let missing = try #require(exporters(directory + "/missing").first)
      #expect(
        missing.send([SampleReport.failing()], status: .init())
          == .misconfigured(
            key: "path",
            reason: "open \(directory)/missing/logs.jsonl: ENOENT, No such file or directory"))
      mkfifo(directory + "/logs.jsonl", 0o600)
      let pipe = try #require(exporters(directory).first)
      #expect(
        pipe.send([SampleReport.failing()], status: .init())
          == .misconfigured(
            key: "path", reason: "\(directory)/logs.jsonl is no regular file"))
    }
  }
}
