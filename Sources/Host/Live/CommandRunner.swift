internal import Glibc
internal import Subprocess
internal import SystemPackage

/// Runs one command under its limits, in a process group of its own.
struct CommandRunner: Sendable {
  /// Where tools are looked for, in order.
  ///
  /// `PATH` is never asked: cron's lacks `/usr/sbin`, and a user's could name a tool of the user's.
  static let directories = [
    "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin",
  ]

  func run(_ command: Command) async -> Reading<CommandOutput> {
    guard let path = executable(command.tool) else { return .absent(command.source) }
    return await withTaskGroup(of: Reading<CommandOutput>?.self) { group in
      group.addTask { await execute(path, command) }
      group.addTask {
        try? await Task.sleep(for: .seconds(command.secondsLimit))
        return nil
      }
      let first = await group.next() ?? nil
      // Cancelling the first task kills the process group; cancelling the second ends the sleep.
      group.cancelAll()
      return first ?? .failed(command.source, .timeLimit(seconds: command.secondsLimit))
    }
  }

  private func executable(_ tool: String) -> String? {
    CommandRunner.directories.lazy.map { "\($0)/\(tool)" }.first { access($0, X_OK) == 0 }
  }

  private func execute(_ path: String, _ command: Command) async -> Reading<CommandOutput> {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)
    ]
    do {
      let result = try await Subprocess.run(
        .path(FilePath(path)), arguments: Arguments(command.arguments),
        environment: .custom([
          "PATH": CommandRunner.directories.joined(separator: ":"), "LC_ALL": "C",
        ]),
        platformOptions: options, output: .bytes(limit: command.outputLimit),
        error: .bytes(limit: command.outputLimit))
      return reading(of: result, command)
    } catch let error as SubprocessError where error.code == .outputLimitExceeded {
      return .failed(command.source, .overLimit(bytes: command.outputLimit))
    } catch let error as SubprocessError {
      return .failed(command.source, .system(call: "run", error: error.description))
    } catch {
      return .failed(command.source, .system(call: "run", error: "\(error)"))
    }
  }

  private func reading(
    of result: ExecutionResult<Void, BytesOutput, BytesOutput>, _ command: Command
  ) -> Reading<CommandOutput> {
    switch result.terminationStatus {
    case .exited(let status):
      let output = CommandOutput(
        status: status, standardOutput: result.standardOutput,
        standardError: Array(result.standardError.prefix(4 << 10)))
      return .value(output, from: command.source)
    case .signaled(let number):
      return .failed(command.source, .signal(number))
    }
  }
}
