import FoundationEssentials

/// The agent's executable under test.
struct Agent: Sendable {
  var path: String

  /// Named by `CLB_AGENT_BINARY`, else the package's own release build, else its debug build.
  static let built: Agent? = {
    let named = ProcessInfo.processInfo.environment["CLB_AGENT_BINARY"]
    let builds = [".build/release/clb-agent", ".build/debug/clb-agent"]
    let candidates = named.map { [$0] } ?? builds.map { "\(Layout.packageRoot)/\($0)" }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0) }.map(Agent.init)
  }()
}

extension Agent {
  /// Runs the agent outside of any lab, in a network namespace of its own that holds nothing.
  static func runAlone(_ arguments: [String]) async throws -> Finished {
    guard let agent = built else { throw AgentIsMissing() }
    return try await finish(["/usr/bin/unshare", "--net", agent.path] + arguments)
  }
}

extension Lab {
  /// Runs the agent in the machine to its end; 137 is the status of one that took too long.
  ///
  /// In the lab nobody is a metadata service, and waiting for one would only take time.
  func runAgent(
    _ arguments: [String], secondsLimit: Int = 30, asksMetadata: Bool = false
  ) async throws -> Finished {
    guard let agent = Agent.built else { throw AgentIsMissing() }
    let asks = asksMetadata || !["inspect", "capture"].contains(arguments.first)
    let arguments = arguments + (asks ? [] : ["--no-metadata"])
    return try await finish(
      machine.entering([agent.path] + arguments), secondsLimit: secondsLimit)
  }

  /// Runs `inspect` for one check; other options follow.
  func inspect(_ check: HealthCheckOptions, _ options: [String] = []) async throws -> Inspection {
    try await inspect(check.agentArguments + options)
  }

  /// Runs `inspect` with these options.
  func inspect(_ options: [String]) async throws -> Inspection {
    try Inspection(await runAgent(["inspect", "--format", "json"] + options))
  }
}

/// One run of `inspect` with its report.
struct Inspection: Sendable {
  var finished: Finished
  var report: AgentReport

  init(_ finished: Finished) throws {
    self.finished = finished
    do { report = try AgentReport(parsing: finished.output) } catch {
      throw NoReport(status: finished.status, errors: finished.errors, reason: "\(error)")
    }
  }
}

/// There is no executable to test.
struct AgentIsMissing: Error {}

/// The agent wrote no report that version 1 describes.
struct NoReport: Error {
  var status: Int32
  var errors: String
  var reason: String
}
