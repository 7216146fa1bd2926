import Foundation
import Testing
import TestSupport

@testable import Delivery

@Suite("Headers with secrets")
struct CredentialTests {
  private static let token = "Bearer s3cr3t-t0ken-0123456789"

  private func send(
    _ header: HTTPEndpoint.Header, to port: UInt16, credentials: String? = nil
  ) throws -> DeliveryOutcome {
    let url = try #require(ReceiverURL(parsing: "http://127.0.0.1:\(port)"))
    let receiver = Receiver(
      name: "central",
      kind: .otlp(
        OTLPReceiver(endpoint: HTTPEndpoint(url: url, headers: [header]), signals: [.logs])))
    let exporter = try #require(
      Exporters.make(for: receiver, in: .test(credentials: credentials)).first)
    return exporter.send([SampleReport.failing()], status: SpoolStatus())
  }

  private func withDirectory(_ body: (String) throws -> Void) throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(
      "clb-credentials-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try body(directory.path)
  }

  /// Answers 403, and repeats in it what was sent.
  private func echo() throws -> LoopbackServer {
    try LoopbackServer { connection in
      let request = connection.readRequestWithBody()
      let line = request.split(separator: "\r\n").first { $0.hasPrefix("Authorization") } ?? ""
      connection.send("HTTP/1.1 403 \(line)\r\nConnection: close\r\n\r\nno entry with \(line)")
    }
  }

  @Test("are read from a file, or a credential of the unit, and shown nowhere")
  func secret() throws {
    try withDirectory { directory in
      try "\(Self.token) \nsecond line\n".write(
        toFile: directory + "/token", atomically: true, encoding: .utf8)
      for name in [directory + "/token", "token"] {
        let server = try echo()
        let header = HTTPEndpoint.Header(name: "Authorization", value: .file(name))
        let outcome = try send(header, to: server.port, credentials: directory)
        #expect(
          server.receivedRequests.first?.contains("\r\nAuthorization: \(Self.token)\r\n") == true)
        guard case .misconfigured("headerFiles", let reason) = outcome else {
          Issue.record("\(outcome)")
          return
        }
        #expect(reason.contains("no entry with Authorization: Bearer ***"))
        #expect(!"\(outcome)".contains("s3cr3t"))
      }
    }
  }

  @Test("are not shown either when what sends them back is no HTTP")
  func echoWithoutHTTP() throws {
    try withDirectory { directory in
      try Self.token.write(toFile: directory + "/token", atomically: true, encoding: .utf8)
      let server = try LoopbackServer { connection in
        _ = connection.readRequestWithBody()
        connection.send("you said \(Self.token)\r\n")
      }
      let header = HTTPEndpoint.Header(
        name: "Authorization", value: .file(directory + "/token"))
      let outcome = try send(header, to: server.port)
      #expect("\(outcome)".contains("not HTTP: you said Bearer ***"), "\(outcome)")
    }
  }

  @Test("that cannot be read stop the receiver, and name the file alone")
  func unreadable() throws {
    try withDirectory { directory in
      let server = try echo()
      try Data([0x61, 0x07, 0x0A]).write(to: URL(fileURLWithPath: directory + "/bell"))
      try "\n\(Self.token)\n".write(toFile: directory + "/late", atomically: true, encoding: .utf8)
      for (name, words) in [
        (directory + "/missing", "open \(directory)/missing: there is no such file"),
        (directory + "/bell", "bytes that no header may have"),
        (directory + "/late", "the first line is empty"), (directory, "read \(directory)"),
      ] {
        let outcome = try send(
          .init(name: "Authorization", value: .file(name)), to: server.port)
        guard case .misconfigured("headerFiles", let reason) = outcome, reason.contains(words)
        else {
          Issue.record("\(name): \(outcome)")
          continue
        }
        #expect(reason.contains("header Authorization"))
      }
      let nameless = try send(.init(name: "A", value: .file("token")), to: server.port)
      guard case .misconfigured("headerFiles", let reason) = nameless else { return }
      #expect(reason.contains("$CREDENTIALS_DIRECTORY is not set"))
      #expect(server.receivedRequests.isEmpty)
    }
  }

  @Test(
    "that would break the request out of its frame are refused",
    arguments: [
      ("X", "a\r\nHost: b"), ("X", "a\u{0}"), ("X", ""), ("X", "ä"), ("X Y", "a"), ("", "a"),
      ("X:", "a"), ("Host", "a"), ("Content-Length", "0"), ("transfer-encoding", "chunked"),
    ])
  func injected(name: String, value: String) throws {
    let server = try echo()
    let outcome = try send(.init(name: name, value: .text(value)), to: server.port)
    guard case .misconfigured("headers", let reason) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(!reason.contains("\r"))
    #expect(server.receivedRequests.isEmpty)
  }
}
