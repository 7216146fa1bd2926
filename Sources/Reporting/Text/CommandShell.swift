/// What a command is typed into.
enum CommandShell: Hashable {
  case posix
  /// cmd or PowerShell.
  case windows
}

extension ReportHost.OperatingSystem {
  /// The shell of commands for the host itself.
  var shell: CommandShell {
    switch self {
    case .linux: .posix
    case .windows: .windows
    }
  }
}
