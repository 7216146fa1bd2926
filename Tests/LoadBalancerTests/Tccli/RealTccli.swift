import Foundation
import Subprocess
import SystemPackage
import Testing

/// The vendor's command line, asking a server of ours on loopback.
enum RealTccli {
  /// A Python that has tccli: `CLB_AGENT_TCCLI_PYTHON`, else what scripts/install-packages set up.
  static let python: String? = {
    let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let candidates = [
      ProcessInfo.processInfo.environment["CLB_AGENT_TCCLI_PYTHON"],
      "\(root)/.build-tccli/bin/python3",
    ]
    return candidates.compactMap(\.self).first {
      let tccli = $0.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/tccli"
      return FileManager.default.isExecutableFile(atPath: tccli)
    }
  }()

  static let isMissing: Comment =
    "tccli is not installed; scripts/install-packages test installs it"

  /// Runs `replay.py`.
  static func replay(_ arguments: [String]) async throws -> String {
    let result = try await Subprocess.run(
      .path(FilePath(python ?? "")),
      arguments: Arguments([Recorded.directory + "/replay.py"] + arguments),
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    try #require(result.terminationStatus.isSuccess, "\(result.standardError)")
    return result.standardOutput
  }
}
