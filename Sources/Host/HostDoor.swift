/// The one door to the machine: everything the agent learns from the host passes here.
///
/// Three doors conform: live, recording and replaying. A door reads and never interprets; what it
/// hands out is the bytes as the kernel or the command gave them.
package protocol HostDoor: Sendable {
  /// The whole of a file, or its first `limit` bytes when it is `prefix`.
  func readFile(_ path: String, limit: FileLimit) -> Reading<[UInt8]>
  /// The names in a directory, sorted, without `.` and `..`.
  func listDirectory(_ path: String) -> Reading<[String]>
  /// Where a symbolic link points.
  func readLink(_ path: String) -> Reading<String>
  /// Those links in a directory that have one of these numbers for a name and point to one of these
  /// targets, as `/proc/PID/fd` holds `socket:[7]`. No other target is handed out.
  ///
  /// A short range is asked for by name: listing a directory of 100,000 descriptors costs the kernel
  /// far more than looking up the few where a listening socket is nearly always found.
  func readNumberedLinks(
    _ directory: String, _ numbers: Range<Int>, to targets: Set<String>
  ) -> Reading<[Int: String]>
  /// How many entries a directory has, without `.` and `..`.
  ///
  /// For `/proc/PID/fd` the kernel knows it since 6.2; elsewhere the entries are gone through.
  func countEntries(_ directory: String) -> Reading<Int>
  /// What a command wrote and how it ended: a status other than 0 is an answer. Absent where the host
  /// has no such tool; failed where a signal or one of the command's limits ended it.
  func run(_ command: Command) async -> Reading<CommandOutput>
  /// The messages that the kernel answers a netlink request with, without their headers, in order.
  func ask(_ request: NetlinkRequest) -> Reading<[NetlinkMessage]>
}

/// How much of a file is read.
package enum FileLimit: Sendable, Hashable {
  /// All of it; a file that holds more bytes is a failed reading.
  case whole(atMost: Int)
  /// The first bytes, cut there.
  case prefix(Int)

  /// One mebibyte: far more than any file of `/proc` or `/etc` that holds one fact.
  package static let standard = FileLimit.whole(atMost: 1 << 20)

  package var bytes: Int {
    switch self {
    case .whole(let bytes), .prefix(let bytes): bytes
    }
  }
}

/// A command to run on the host.
package struct Command: Sendable, Hashable {
  /// The tool's name; it is looked for in the host's standard directories, never in `PATH`.
  package var tool: String
  package var arguments: [String]
  /// Seconds after which it is killed with all its children.
  package var secondsLimit: Double
  /// Bytes of standard output, or of standard error, after which it is killed.
  package var outputLimit: Int

  package init(
    _ tool: String, _ arguments: [String] = [], secondsLimit: Double = 5,
    outputLimit: Int = 64 << 20
  ) {
    self.tool = tool
    self.arguments = arguments
    self.secondsLimit = secondsLimit
    self.outputLimit = outputLimit
  }

  package var source: Source { .command([tool] + arguments) }
}

/// What a command wrote, and how it ended.
package struct CommandOutput: Sendable, Hashable, Codable {
  /// The exit status, 0–255.
  package var status: Int32
  package var standardOutput: [UInt8]
  /// The first 4 KiB of standard error.
  package var standardError: [UInt8]

  package init(status: Int32, standardOutput: [UInt8], standardError: [UInt8] = []) {
    self.status = status
    self.standardOutput = standardOutput
    self.standardError = standardError
  }
}
