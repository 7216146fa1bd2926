import Foundation
import Glibc
import TestSupport

/// Rotel, a collector in use, that takes OTLP/HTTP and passes it on to a port of loopback.
final class RotelProcess: Sendable {
  let port: UInt16
  private let process: ServerProcess

  private static func freePort() throws -> UInt16 {
    let (descriptor, port) = try bindToLoopback()
    close(descriptor)
    return port
  }

  init(exportingTo sink: UInt16) throws {
    port = try Self.freePort()
    let grpc = try Self.freePort()
    let library = (OTLPSink.python ?? "").split(separator: "/").dropLast(2).joined(separator: "/")
    let places = try FileManager.default.contentsOfDirectory(atPath: "/\(library)/lib")
    guard let version = places.first(where: { $0.hasPrefix("python3") }) else {
      throw ServerProcess.Failed(output: "no rotel")
    }
    process = try ServerProcess(
      "/\(library)/lib/\(version)/site-packages/rotel/rotel-agent",
      [
        "start", "--otlp-http-endpoint", "127.0.0.1:\(port)", "--otlp-grpc-endpoint",
        "127.0.0.1:\(grpc)", "--exporter", "otlp", "--otlp-exporter-protocol", "http",
        "--otlp-exporter-endpoint", "http://127.0.0.1:\(sink)", "--disable-batching",
      ])
    guard waitForListener(on: port) else {
      throw ServerProcess.Failed(output: process.readLine() ?? "rotel does not listen")
    }
  }
}
