package import Host
import Synchronization

/// A host made of text: what is not named here does not exist on it.
package struct FakeDoor: HostDoor {
  /// Whole files by path; a directory exists as soon as a file in it does.
  package var files: [String: String]
  /// Symbolic links by path. `/proc/7/fd/3` is also one of the numbered links of `/proc/7/fd`.
  package var links: [String: String]
  /// Directories by path, where their content is not already told by `files` and `links`.
  package var directories: [String: [String]]
  /// Commands by their words, the tool first.
  package var commands: [[String]: Reading<CommandOutput>]
  /// Files and directories that cannot be read, by path; they win over `files`.
  package var failures: [String: FakeFailure]
  /// Replies of the kernel, by the request's question.
  package var replies: [String: Reading<[NetlinkMessage]>]
  /// What was asked of this host, in order.
  package let log = CallLog()

  package init(
    files: [String: String] = [:], links: [String: String] = [:],
    directories: [String: [String]] = [:], commands: [[String]: Reading<CommandOutput>] = [:],
    failures: [String: FakeFailure] = [:], replies: [String: Reading<[NetlinkMessage]>] = [:]
  ) {
    self.files = files
    self.links = links
    self.directories = directories
    self.commands = commands
    self.failures = failures
    self.replies = replies
  }

  package func readFile(_ path: String, limit: FileLimit) -> Reading<[UInt8]> {
    log.add(path)
    if let failure = failures[path] { return failure.reading(.file(path)) }
    guard let text = files[path] else { return .absent(.file(path)) }
    switch limit {
    case .whole(let most) where text.utf8.count > most:
      return .failed(.file(path), .overLimit(bytes: most))
    case .whole: return .value(Array(text.utf8), from: .file(path))
    case .prefix(let count): return .value(Array(text.utf8.prefix(count)), from: .file(path))
    }
  }

  package func listDirectory(_ path: String) -> Reading<[String]> {
    log.add(path)
    if let failure = failures[path] { return failure.reading(.file(path)) }
    let inside = [Array(files.keys), Array(links.keys), Array(directories.keys)].joined()
      .filter { $0.hasPrefix(path + "/") }
      .map { String($0.dropFirst(path.count + 1).prefix { $0 != "/" }) }
    let names = Set(inside).union(directories[path] ?? [])
    guard !names.isEmpty || directories[path] != nil else { return .absent(.file(path)) }
    return .value(names.sorted(), from: .file(path))
  }

  package func readLink(_ path: String) -> Reading<String> {
    log.add(path)
    if let failure = failures[path] { return failure.reading(.file(path)) }
    return links[path].map { .value($0, from: .file(path)) } ?? .absent(.file(path))
  }

  package func readNumberedLinks(
    _ directory: String, _ numbers: Range<Int>, to targets: Set<String>
  ) -> Reading<[Int: String]> {
    listDirectory(directory).parsed { names throws(ParseFailure) in
      let inRange = names.compactMap { Int($0) }.filter { numbers.contains($0) }
      return Dictionary(
        uniqueKeysWithValues: inRange.compactMap { number in
          links["\(directory)/\(number)"].map { (number, $0) }
        }.filter { targets.contains($0.1) })
    }
  }

  package func countEntries(_ directory: String) -> Reading<Int> {
    listDirectory(directory).parsed { names throws(ParseFailure) in names.count }
  }

  package func run(_ command: Command) async -> Reading<CommandOutput> {
    let words = [command.tool] + command.arguments
    log.add(words.joined(separator: " "))
    guard let answer = commands[words] else { return .absent(command.source) }
    guard case .value(let output, from: .command([])) = answer else { return answer }
    return .value(output, from: command.source)
  }

  package func ask(_ request: NetlinkRequest) -> Reading<[NetlinkMessage]> {
    log.add(request.question)
    return replies[request.question] ?? .absent(request.source)
  }
}

/// Why a file of a fake host gives no bytes.
package enum FakeFailure: Sendable {
  case denied(Capability)
  case failed(ReadFailure)

  package func reading<Value>(_ source: Source) -> Reading<Value> {
    switch self {
    case .denied(let capability): .denied(source, needs: capability)
    case .failed(let failure): .failed(source, failure)
    }
  }
}

/// The paths, commands and questions that a fake host was asked.
package final class CallLog: Sendable {
  private let entries = Mutex<[String]>([])

  package func add(_ entry: String) { entries.withLock { $0.append(entry) } }

  /// In the order they came; commands that run at the same time come in any order.
  package var calls: [String] { entries.withLock { $0 } }
}

extension Reading where Value == CommandOutput {
  /// What a command of a fake host wrote and how it ended; the host adds the command as the source.
  package static func output(
    _ standardOutput: String = "", status: Int32 = 0, standardError: String = ""
  ) -> Reading<CommandOutput> {
    .value(
      CommandOutput(
        status: status, standardOutput: Array(standardOutput.utf8),
        standardError: Array(standardError.utf8)),
      from: .command([]))
  }
}
