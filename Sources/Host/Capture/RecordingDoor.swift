/// A door that hands every question to another door and passes on what it learned.
package struct RecordingDoor<Inner: HostDoor>: HostDoor {
  private let inner: Inner
  private let record: @Sendable (CaptureEntry) -> Void

  /// - Parameter record: called once for every reading, from any thread.
  package init(_ inner: Inner, record: @escaping @Sendable (CaptureEntry) -> Void) {
    self.inner = inner
    self.record = record
  }

  package func readFile(_ path: String, limit: FileLimit) -> Reading<[UInt8]> {
    let reading = inner.readFile(path, limit: limit)
    record(.file(path, limit, reading))
    return reading
  }

  package func listDirectory(_ path: String) -> Reading<[String]> {
    let reading = inner.listDirectory(path)
    record(.directory(path, reading))
    return reading
  }

  package func readLink(_ path: String) -> Reading<String> {
    let reading = inner.readLink(path)
    record(.link(path, reading))
    return reading
  }

  package func readNumberedLinks(
    _ directory: String, _ numbers: Range<Int>, to targets: Set<String>
  ) -> Reading<[Int: String]> {
    let reading = inner.readNumberedLinks(directory, numbers, to: targets)
    record(.numberedLinks(directory, numbers, reading))
    return reading
  }

  package func countEntries(_ directory: String) -> Reading<Int> {
    let reading = inner.countEntries(directory)
    record(.entryCount(directory, reading))
    return reading
  }

  package func run(_ command: Command) async -> Reading<CommandOutput> {
    let reading = await inner.run(command)
    record(.command([command.tool] + command.arguments, reading))
    return reading
  }

  package func ask(_ request: NetlinkRequest) -> Reading<[NetlinkMessage]> {
    let reading = inner.ask(request)
    record(.netlink(request.question, reading))
    return reading
  }
}
