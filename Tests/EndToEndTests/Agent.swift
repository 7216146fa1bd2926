import FoundationEssentials
import Subprocess
import SystemPackage

/// This checkout's files.
enum Checkout {
  static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  static func path(_ relative: String) -> URL { URL(filePath: "\(root)/\(relative)") }
}

/// The agent's binary, run as a user would.
enum Agent {
  /// `CLB_AGENT_BINARY`, else what a build left in this checkout; `nil` where there is none.
  static let path: String? = {
    let environment = ProcessInfo.processInfo.environment
    let candidates = [
      environment["CLB_AGENT_BINARY"], "\(Checkout.root)/.build/release/clb-agent",
      "\(Checkout.root)/.build/debug/clb-agent",
    ]
    return candidates.compactMap(\.self).first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }()

  static let isRecording = ProcessInfo.processInfo.environment["CLB_AGENT_RECORD_GOLDEN"] == "1"

  /// How a run ended, and what it wrote.
  struct Run {
    var status: Int32?
    var output: String
    var errors: String
  }

  /// Runs it without the metadata service, which would be asked outside of this machine.
  ///
  /// - Parameters:
  ///   - program: what is run; the agent itself where nothing else is named.
  ///   - asksMetadata: for runs that name a server of the test's own.
  static func run(
    _ arguments: [String], as program: String? = nil, asksMetadata: Bool = false
  ) async throws -> Run {
    let asks = asksMetadata || !["inspect", "capture"].contains(arguments.first)
    let arguments = arguments + (asks ? [] : ["--no-metadata"])
    let result = try await Subprocess.run(
      .path(FilePath(program ?? path ?? "")), arguments: Arguments(arguments),
      output: .string(limit: 1 << 24), error: .string(limit: 1 << 20))
    var status: Int32?
    if case .exited(let code) = result.terminationStatus { status = code }
    return Run(status: status, output: result.standardOutput, errors: result.standardError)
  }
}
