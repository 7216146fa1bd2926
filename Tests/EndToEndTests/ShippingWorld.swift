import FoundationEssentials
import Glibc
import Synchronization
import TestSupport

/// Settings and a state directory of one test; they go with the value.
final class ShippingWorld: Sendable {
  let directory = "/tmp/clb-agent-shipping-\(UInt64.random(in: .min ... .max))"

  init() throws {
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: directory) }

  var state: String { "\(directory)/state" }
  var settings: String { "\(directory)/config.yaml" }

  /// Puts the end of every wait into the past.
  func endWaits() throws {
    let states = "\(state)/spool/state"
    for name in try FileManager.default.contentsOfDirectory(atPath: states) {
      let file = URL(filePath: "\(states)/\(name)")
      let text = try String(contentsOf: file, encoding: .utf8)
        .split(separator: "\"notBefore\": \"2").joined(separator: "\"notBefore\": \"1")
      try Data(text.utf8).write(to: file)
    }
  }

  /// Puts what was refused back among what waits.
  func holdBack() throws {
    let places = ["\(state)/spool/rejected", "\(state)/spool/queues"]
    for queue in try FileManager.default.contentsOfDirectory(atPath: places[0]) {
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(places[0])/\(queue)") {
        try FileManager.default.moveItem(
          atPath: "\(places[0])/\(queue)/\(name)", toPath: "\(places[1])/\(queue)/\(name)")
      }
    }
  }

  func write(_ text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: settings))
  }

  /// One inspection of this host that reads little: is the target's socket there?
  func inspect(
    _ options: [String] = [], ships: Bool = true, target: String = "tcp://127.0.0.1:1"
  ) async throws -> Agent.Run {
    try await run(
      ["inspect", "--no-probe", "--only", "listening-socket", "--target", target]
        + (ships ? ["--ship"] : []) + options)
  }

  func run(_ words: [String]) async throws -> Agent.Run {
    try await Agent.run(words + ["--config", settings, "--state-directory", state])
  }
}

/// A receiver that takes any POST, or is away: it answers 503 or another refusal then; 404 for paths that end so.
final class WebhookServer: Sendable {
  private let server: LoopbackServer
  private let log: Log

  /// What came, and whether more is taken.
  private final class Log: Sendable {
    let isAway: Mutex<Bool>
    let bodies = Mutex<[String]>([])

    init(isAway: Bool) { self.isAway = Mutex(isAway) }
  }

  init(isAway: Bool = false, refusal: String = "503 Away") throws {
    let log = Log(isAway: isAway)
    self.log = log
    server = try LoopbackServer { connection in
      let head = connection.readRequest()
      let field = head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
      let length = field.flatMap { Int($0.dropFirst("Content-Length: ".count)) } ?? 0
      let body = connection.read(length)
      let isAway = log.isAway.withLock { $0 }
      if !isAway { log.bodies.withLock { $0.append(body) } }
      let status = head.contains("/404 HTTP") ? "404 Not Found" : isAway ? refusal : "200 OK"
      connection.send("HTTP/1.1 \(status)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    }
  }

  var url: String { "http://127.0.0.1:\(server.port)/hook" }
  /// Bodies that were taken.
  var bodies: [String] { log.bodies.withLock { $0 } }
  var heads: [String] { server.receivedRequests }

  func leave() { log.isAway.withLock { $0 = true } }
  func comeBack() { log.isAway.withLock { $0 = false } }
}
