import Addressing
import Host
import LoadBalancer
@testable import Probes
import Settings
import Windows

/// What people and networks hand to the agent: documents, settings, a Windows host's files, and answers.
enum InputFuzz {
  /// What tccli prints, and the targets of a host that may be among its real servers.
  static func documents(_ bytes: [UInt8]) {
    guard
      let description = try? CloudDescription([CloudDocument(name: "fuzz.json", bytes: bytes)])
    else { return }
    let server = RealServer(
      addresses: [.v4(0x0A00_0805)], instanceIDs: ["ins-9z8y7x6w"])
    guard let found = try? description.targets(of: server) else { return }
    for target in found.targets { _ = ParameterJudge.issues(of: target) }
  }

  /// The settings file.
  static func settings(_ bytes: [UInt8]) {
    guard let settings = try? Settings(parsing: bytes) else { return }
    _ = (settings.namedTargets, settings.thresholds.thresholds, settings.skips(file: nil))
  }

  /// One file of a Windows host; the first byte says which.
  static func windows(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let files = CaptureFile.allCases
    let file = files[Int(first) % files.count]
    _ = WindowsFacts([file: .value(Array(bytes.dropFirst()), from: .file(file.rawValue))])
  }

  /// What a gRPC server sends, in two pieces.
  static func grpc(_ bytes: [UInt8]) {
    var call = GRPCCall(
      ProbeRequest.GRPCRequest(authority: "10.0.0.5", path: "/"), isSecure: false)
    _ = call.takeOutgoing()
    call.receive(Array(bytes.prefix(bytes.count / 2)))
    call.receive(Array(bytes.dropFirst(bytes.count / 2)))
    _ = call.takeOutgoing()
  }
}
