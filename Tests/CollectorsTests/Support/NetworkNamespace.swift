import Glibc
import Host

/// A network namespace of its own, seen through the live door.
///
/// Its commands run inside, and `/proc/net` is that of a process inside; all else is the machine's.
struct NetworkNamespace: HostDoor {
  let name: String
  /// A process that does nothing but live in the namespace.
  private let inhabitant: Int
  private let live = LiveDoor()

  /// Whether a namespace can be made here, with the tools that put rules into it.
  static let isPossible =
    geteuid() == 0
    && ["ip", "nft", "iptables-legacy", "ip6tables-legacy", "iptables-nft", "ipset"].allSatisfy {
      tool in
      ["/usr/sbin", "/sbin", "/usr/bin", "/bin"].contains { access("\($0)/\(tool)", X_OK) == 0 }
    }

  /// Makes a namespace, lets the body work with it, and removes it, whatever the body throws.
  static func with(
    _ name: String, _ body: @Sendable (NetworkNamespace) async throws -> Void
  ) async throws {
    let live = LiveDoor()
    let full = "clbt-collectors-\(name)-\(getpid())"
    try await live.succeed("ip", ["netns", "add", full])
    let holder = Task {
      await live.run(
        Command("ip", ["netns", "exec", full, "sleep", "60"], secondsLimit: 60))
    }
    do {
      let inhabitant = try await NetworkNamespace.inhabitant(of: full)
      try await body(NetworkNamespace(name: full, inhabitant: inhabitant))
    } catch {
      holder.cancel()
      _ = await holder.value
      try await live.succeed("ip", ["netns", "del", full])
      throw error
    }
    holder.cancel()
    _ = await holder.value
    try await live.succeed("ip", ["netns", "del", full])
  }

  /// Waits for the process inside to be there.
  private static func inhabitant(of name: String) async throws -> Int {
    for _ in 0..<200 {
      let inside = try await LiveDoor().succeed("ip", ["netns", "pids", name])
      if let first = inside.split(separator: "\n").first, let process = Int(first) {
        return process
      }
      await Task.yield()
    }
    throw CommandFailure(words: ["ip", "netns", "pids", name], said: "no process came")
  }

  /// Runs a shell line inside, of which every command must succeed.
  @discardableResult
  func shell(_ line: String) async throws -> String {
    try await live.succeed("ip", ["netns", "exec", name, "sh", "-ec", line])
  }

  func readFile(_ path: String, limit: FileLimit) -> Reading<[UInt8]> {
    let isOfNamespace = path.hasPrefix("/proc/net/")
    let own = isOfNamespace ? "/proc/\(inhabitant)/net/\(path.dropFirst(10))" : path
    return live.readFile(own, limit: limit)
  }

  func listDirectory(_ path: String) -> Reading<[String]> { live.listDirectory(path) }

  func readLink(_ path: String) -> Reading<String> { live.readLink(path) }

  func readNumberedLinks(
    _ directory: String, _ numbers: Range<Int>, to targets: Set<String>
  ) -> Reading<[Int: String]> {
    live.readNumberedLinks(directory, numbers, to: targets)
  }

  func countEntries(_ directory: String) -> Reading<Int> { live.countEntries(directory) }

  func run(_ command: Command) async -> Reading<CommandOutput> {
    var inside = command
    inside.tool = "ip"
    inside.arguments = ["netns", "exec", name, command.tool] + command.arguments
    return await live.run(inside)
  }

  func ask(_ request: NetlinkRequest) -> Reading<[NetlinkMessage]> { .absent(request.source) }
}

/// A command of a test that did not do what the test needs.
struct CommandFailure: Error {
  var words: [String]
  var said: String
}

extension LiveDoor {
  /// Runs a command that must end with status 0, and gives what it wrote.
  @discardableResult
  fileprivate func succeed(_ tool: String, _ arguments: [String]) async throws -> String {
    let reading = await run(Command(tool, arguments, secondsLimit: 20))
    guard let output = reading.value, output.status == 0 else {
      let said = reading.value.map { String(decoding: $0.standardError, as: UTF8.self) }
      throw CommandFailure(words: [tool] + arguments, said: said ?? reading.reasonMissing ?? "")
    }
    return String(decoding: output.standardOutput, as: UTF8.self)
  }
}
