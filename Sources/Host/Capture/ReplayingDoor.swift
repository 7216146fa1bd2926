/// A door onto what another door recorded.
package struct ReplayingDoor: HostDoor {
  private let entries: [CaptureQuestion: CaptureEntry]
  private let reasonMissing: ReadFailure

  /// - Parameter reasonMissing: what a question that was never recorded is answered with.
  package init(_ entries: [CaptureEntry], reasonMissing: ReadFailure = .notInCapture) {
    // The last answer to a question stands, as a later reading would.
    self.entries = Dictionary(entries.map { ($0.question, $0) }, uniquingKeysWith: { $1 })
    self.reasonMissing = reasonMissing
  }

  package func readFile(_ path: String, limit: FileLimit) -> Reading<[UInt8]> {
    guard case .file(_, _, let reading) = entries[.file(path, limit)] else {
      return .failed(.file(path), reasonMissing)
    }
    return reading
  }

  package func listDirectory(_ path: String) -> Reading<[String]> {
    guard case .directory(_, let reading) = entries[.directory(path)] else {
      return .failed(.file(path), reasonMissing)
    }
    return reading
  }

  package func readLink(_ path: String) -> Reading<String> {
    guard case .link(_, let reading) = entries[.link(path)] else {
      return .failed(.file(path), reasonMissing)
    }
    return reading
  }

  package func readNumberedLinks(
    _ directory: String, _ numbers: Range<Int>, to targets: Set<String>
  ) -> Reading<[Int: String]> {
    guard case .numberedLinks(_, _, let reading) = entries[.numberedLinks(directory, numbers)]
    else { return .failed(.file(directory), reasonMissing) }
    return reading.parsed { links throws(ParseFailure) in
      // A capture is anyone's file: it may answer with numbers that nobody asked for.
      links.filter { numbers.contains($0.key) && targets.contains($0.value) }
    }
  }

  package func countEntries(_ directory: String) -> Reading<Int> {
    guard case .entryCount(_, let reading) = entries[.entryCount(directory)] else {
      return listDirectory(directory).parsed { names throws(ParseFailure) in names.count }
    }
    return reading
  }

  package func run(_ command: Command) async -> Reading<CommandOutput> {
    guard
      case .command(_, let reading) = entries[.command([command.tool] + command.arguments)]
    else { return .failed(command.source, reasonMissing) }
    return reading
  }

  package func ask(_ request: NetlinkRequest) -> Reading<[NetlinkMessage]> {
    guard case .netlink(_, let reading) = entries[.netlink(request.question)] else {
      return .failed(request.source, reasonMissing)
    }
    return reading
  }

  /// The JSON text of a note; `nil` where the capture has none of that name.
  package func note(_ name: String) -> String? {
    guard case .note(_, let json) = entries[.note(name)] else { return nil }
    return json
  }
}
