import ArgumentParser
import Glibc
import Reporting

/// The command line's root.
struct CLBAgent: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clb-agent",
    abstract: "Follow a CLB health check's probe through this host, and say where it stops.",
    discussion: """
      A server behind a Tencent Cloud Load Balancer is marked "Unhealthy" when its health check \
      fails. "clb-agent inspect" reads this host, does what the health check does, and prints the one \
      cause with its evidence and the commands that end it.

      Exit status: 0 pass, 1 warn, 2 fail, 3 unknown, 64 a usage error.
      """,
    version: AgentVersion.current,
    subcommands: [
      InspectCommand.self, CaptureCommand.self, TraceCommand.self, ExplainCommand.self,
      SocketsCommand.self, ConfigCommand.self, ShipCommand.self, SpoolCommand.self,
      ScheduleCommand.self,
    ],
    defaultSubcommand: nil)
}

/// The agent's version.
enum AgentVersion {
  static let current = "0.1.0"
}

@main
enum Main {
  static func main() {
    // A reader that goes away is an error of write(2), and no reason to die before files are in place.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try CLBAgent.parseAsRoot()
      try command.run()
    } catch {
      finish(with: error)
    }
  }

  /// Help and version go out whole; each error is one line, for scripts and for people.
  private static func finish(with error: any Error) -> Never {
    let code = CLBAgent.exitCode(for: error)
    if code == .success || error is ExitCode || error is CleanExit {
      CLBAgent.exit(withError: error)
    }
    let run = error as? RunError
    if let run, !run.lines.isEmpty {
      for line in run.lines { StandardError.write("clb-agent: \(HostText.terminal(line))\n") }
      exit(run.status)
    }
    let message = CLBAgent.message(for: error).split(separator: "\n").joined(separator: " ")
    let hint = run == nil ? "; expected what \"clb-agent help SUBCOMMAND\" lists" : ""
    StandardError.write("clb-agent: \(HostText.terminal(message + hint))\n")
    exit(run?.status ?? 64)
  }
}
