internal import Glibc

/// The door to the machine that the agent runs on, or to another root mounted here.
package struct LiveDoor: HostDoor {
  private let root: RootDirectory
  private let readsOtherRoot: Bool

  /// The door to this machine's own root.
  package init() {
    root = RootDirectory()
    readsOtherRoot = false
  }

  /// The door to another root: its files are read, its commands and kernel interfaces are not asked.
  ///
  /// Links are followed inside it, and never out of it. Its `/proc/net` shows the network namespace
  /// of the reader, as procfs has it.
  package init(root: String) {
    self.init(otherRoot: root == "/" ? nil : RootDirectory(root))
  }

  init(otherRoot: RootDirectory?) {
    root = otherRoot ?? RootDirectory()
    readsOtherRoot = otherRoot != nil
  }

  package func readFile(_ path: String, limit: FileLimit) -> Reading<[UInt8]> {
    let source = Source.file(path)
    // Without O_NONBLOCK a FIFO in the place of a file would hold us for ever.
    switch root.open(path, O_RDONLY | O_NONBLOCK) {
    case .success(let descriptor):
      defer { close(descriptor) }
      switch readAll(descriptor, limit: limit, hasShortEnd: isSocketListing(path)) {
      case .success(let bytes):
        if case .whole(let most) = limit, bytes.count > most {
          return .failed(source, .overLimit(bytes: most))
        }
        return .value(bytes, from: source)
      case .failure(let error): return failure(error, "read", path)
      }
    case .failure(let error): return failure(error, "open", path)
    }
  }

  package func listDirectory(_ path: String) -> Reading<[String]> {
    withDirectory(path) { descriptor in
      var names: [String] = []
      return forEachName(in: descriptor) { names.append($0) }.map { names.sorted() }
    }
  }

  package func readLink(_ path: String) -> Reading<String> {
    switch root.linkTarget(path) {
    case .success(let target): .value(target, from: .file(path))
    case .failure(let error): failure(error, "readlink", path)
    }
  }

  package func readNumberedLinks(
    _ directory: String, _ numbers: Range<Int>, to targets: Set<String>
  ) -> Reading<[Int: String]> {
    withDirectory(directory) { NumberedLinks(targets).read(in: $0, numbers) }
  }

  package func countEntries(_ directory: String) -> Reading<Int> {
    withDirectory(directory) { descriptor in
      if let count = DescriptorCount.of(descriptor) { return .success(count) }
      var count = 0
      return forEachName(in: descriptor) { _ in count += 1 }.map { count }
    }
  }

  package func run(_ command: Command) async -> Reading<CommandOutput> {
    guard !readsOtherRoot else { return .failed(command.source, .otherRoot) }
    return await CommandRunner().run(command)
  }

  package func ask(_ request: NetlinkRequest) -> Reading<[NetlinkMessage]> {
    guard !readsOtherRoot else { return .failed(request.source, .otherRoot) }
    do throws(NetlinkError) {
      return .value(try NetlinkSocket.ask(request), from: request.source)
    } catch {
      return error.reading(of: request)
    }
  }

  /// Opens a directory, and lets the body look into it.
  private func withDirectory<Value>(
    _ path: String, _ body: (Int32) -> Result<Value, SystemCallError>
  ) -> Reading<Value> {
    switch root.open(path, O_RDONLY | O_DIRECTORY) {
    case .success(let descriptor):
      defer { close(descriptor) }
      switch body(descriptor) {
      case .success(let value): return .value(value, from: .file(path))
      case .failure(let error): return failure(error, "read", path)
      }
    case .failure(let error): return failure(error, "open", path)
    }
  }

  private func failure<Value>(
    _ error: SystemCallError, _ call: String, _ path: String
  ) -> Reading<Value> {
    .systemFailure(
      error.number, call: call, source: .file(path),
      needs: path.hasPrefix("/proc/") ? .sysPtrace : .dacReadSearch)
  }

  /// Whether it is one of the kernel's lists of sockets: `/proc/net/tcp`, `/proc/7/net/udp6`.
  private func isSocketListing(_ path: String) -> Bool {
    path.hasPrefix("/proc/")
      && ["/net/tcp", "/net/tcp6", "/net/udp", "/net/udp6"].contains { path.hasSuffix($0) }
  }
}

/// Reads to the end or one byte past the limit; `stat` is not asked, for procfs claims a size of 0.
///
/// - Parameter hasShortEnd: whether a read that leaves room for a line of a page was the last one.
///   Lists of sockets are made a page at a time, of lines of at most 256 bytes; and to say that there
///   is nothing more, the kernel looks through all its connections once again.
private func readAll(
  _ descriptor: Int32, limit: FileLimit, hasShortEnd: Bool
) -> Result<[UInt8], SystemCallError> {
  let most: Int
  switch limit {
  case .whole(let bytes): most = bytes < .max ? bytes + 1 : bytes
  case .prefix(let bytes): most = bytes
  }
  var all: [UInt8] = []
  // Nearly every file read is one of a few hundred bytes.
  var room = 1 << 12
  while all.count < most {
    let wanted = min(room, most - all.count)
    var count = 0
    all.append(
      contentsOf: [UInt8](unsafeUninitializedCapacity: wanted) { buffer, initialized in
        count = read(descriptor, buffer.baseAddress, wanted)
        initialized = max(count, 0)
      })
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { return .failure(.last) }
    if count == 0 || hasShortEnd && count < min(wanted, 4096) - 256 { break }
    room = 1 << 16
  }
  return .success(all)
}
