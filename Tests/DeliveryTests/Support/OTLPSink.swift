import Foundation
import Testing

/// A receiver of the official protobuf classes, in Python.
final class OTLPSink: Sendable {
  let port: UInt16
  private let process: ServerProcess

  /// A Python with the classes and Rotel: `CLB_AGENT_OTLP_PYTHON`, else what scripts/install-packages set up.
  static let python: String? = {
    let candidates = [
      ProcessInfo.processInfo.environment["CLB_AGENT_OTLP_PYTHON"],
      "\(root)/.build-otlp/bin/python3",
    ]
    return candidates.compactMap(\.self).first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  static let isMissing: Comment =
    "opentelemetry-proto is not installed; scripts/install-packages test installs it"

  static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
  static let directory = root + "/Tests/DeliveryTests/Receivers"

  init() throws {
    process = try ServerProcess(Self.python ?? "", [Self.directory + "/sink.py"])
    guard let line = process.readLine(),
      let first = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Int],
      let port = first["port"].flatMap({ UInt16(exactly: $0) })
    else { throw ServerProcess.Failed(output: "no port") }
    self.port = port
  }

  /// What arrived next.
  func next() throws -> Arrival {
    let line = try #require(process.readLine(), "nothing arrived within 20 s")
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    return Arrival(
      path: object["path"] as? String ?? "",
      headers: object["headers"] as? [String: String] ?? [:], bytes: object["bytes"] as? Int ?? 0,
      error: object["error"] as? String, message: object["message"] as? NSDictionary ?? [:],
      wire: object["wire"] as? String ?? "")
  }

  /// A request as the official classes read it.
  struct Arrival {
    var path: String
    var headers: [String: String]
    /// Bytes of the body, compressed if it was.
    var bytes: Int
    var error: String?
    /// As `MessageToDict` has it.
    var message: NSDictionary
    /// What the official classes write of it, in hexadecimal digits.
    var wire: String

    /// The log records of all resources.
    var records: [[String: Any]] {
      objects(message["resourceLogs"]).flatMap { objects($0["scopeLogs"]) }
        .flatMap { objects($0["logRecords"]) }
    }

    /// The metrics of all resources.
    var metrics: [[String: Any]] {
      objects(message["resourceMetrics"]).flatMap { objects($0["scopeMetrics"]) }
        .flatMap { objects($0["metrics"]) }
    }

    private func objects(_ value: Any?) -> [[String: Any]] { value as? [[String: Any]] ?? [] }
  }
}

/// The attributes of a record, a point or a resource as the JSON of OTLP has them.
func attributes(of object: Any?) -> [String: String] {
  let list = (object as? [String: Any])?["attributes"] as? [[String: Any]] ?? []
  return Dictionary(
    list.map { attribute in
      let value = attribute["value"] as? [String: Any] ?? [:]
      return (attribute["key"] as? String ?? "", value.values.first.map { "\($0)" } ?? "")
    }, uniquingKeysWith: { first, _ in "\(first), and again" })
}
