internal import Glibc

/// The door to the machine that the agent runs on, or to another root mounted here.
package struct LiveDoor: HostDoor {
  /// What is put before every path: empty, or the directory of another root.
  private let prefix: String
  private let readsOtherRoot: Bool

  /// The door to this machine's own root.
  package init() {
    prefix = ""
    readsOtherRoot = false
  }

  /// The door to another root: its files are read, its commands and kernel interfaces are not asked.
  ///
  /// Its `/proc/net` shows the network namespace of the reader, as procfs has it.
  package init(root: String) {
    readsOtherRoot = root != "/"
    prefix = readsOtherRoot ? String(root.reversed().drop { $0 == "/" }.reversed()) : ""
  }

  package func readFile(_ path: String, limit: FileLimit) -> Reading<[UInt8]> {
    let source = Source.file(path)
    // Without O_NONBLOCK a FIFO in the place of a file would hold us for ever.
    let descriptor = open(prefix + path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      return .systemFailure(errno, call: "open", source: source, needs: need(for: path))
    }
    defer { close(descriptor) }
    switch readAll(descriptor, limit: limit) {
    case .success(let bytes):
      if case .whole(let most) = limit, bytes.count > most {
        return .failed(source, .overLimit(bytes: most))
      }
      return .value(bytes, from: source)
    case .failure(let error):
      return .systemFailure(error.number, call: "read", source: source, needs: need(for: path))
    }
  }

  package func listDirectory(_ path: String) -> Reading<[String]> {
    let source = Source.file(path)
    guard let directory = opendir(prefix + path) else {
      return .systemFailure(errno, call: "opendir", source: source, needs: need(for: path))
    }
    defer { closedir(directory) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else {
      return .systemFailure(errno, call: "readdir", source: source, needs: need(for: path))
    }
    return .value(names.sorted(), from: source)
  }

  package func readLink(_ path: String) -> Reading<String> {
    let source = Source.file(path)
    switch linkTarget(of: prefix + path, in: AT_FDCWD) {
    case .success(let target): return .value(target, from: source)
    case .failure(let error):
      return .systemFailure(error.number, call: "readlink", source: source, needs: need(for: path))
    }
  }

  package func readNumberedLinks(
    _ directory: String, _ numbers: Range<Int>
  ) -> Reading<[Int: String]> {
    let source = Source.file(directory)
    let descriptor = open(prefix + directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      return .systemFailure(errno, call: "open", source: source, needs: need(for: directory))
    }
    defer { close(descriptor) }
    var links: [Int: String] = [:]
    for number in numbers {
      switch linkTarget(of: String(number), in: descriptor) {
      case .success(let target): links[number] = target
      case .failure(let error) where error.number == ENOENT || error.number == EINVAL: continue
      case .failure(let error):
        return .systemFailure(
          error.number, call: "readlink", source: source, needs: need(for: directory))
      }
    }
    return .value(links, from: source)
  }

  package func run(_ command: Command) async -> Reading<CommandOutput> {
    guard !readsOtherRoot else { return .failed(command.source, .otherRoot) }
    return await CommandRunner().run(command)
  }

  package func ask(_ request: NetlinkRequest) -> Reading<[NetlinkMessage]> {
    guard !readsOtherRoot else { return .failed(request.source, .otherRoot) }
    do throws(NetlinkError) {
      return .value(try NetlinkSocket(family: request.family).ask(request), from: request.source)
    } catch {
      return error.reading(of: request)
    }
  }

  private func need(for path: String) -> Capability {
    path.hasPrefix("/proc/") ? .sysPtrace : .dacReadSearch
  }
}

/// An error number of a system call.
struct SystemCallError: Error, Hashable {
  var number: Int32
}

/// Reads to the end or one byte past the limit; `stat` is not asked, for procfs claims a size of 0.
private func readAll(_ descriptor: Int32, limit: FileLimit) -> Result<[UInt8], SystemCallError> {
  let most: Int
  switch limit {
  case .whole(let bytes): most = bytes + 1
  case .prefix(let bytes): most = bytes
  }
  var all: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: min(most, 1 << 16))
  while all.count < most {
    let wanted = min(buffer.count, most - all.count)
    let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, wanted) }
    if count < 0, errno == EINTR { continue }
    guard count >= 0 else { return .failure(SystemCallError(number: errno)) }
    if count == 0 { break }
    all.append(contentsOf: buffer[..<count])
  }
  return .success(all)
}

private func linkTarget(
  of path: String, in directory: Int32
) -> Result<String, SystemCallError> {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
    guard let start = buffer.baseAddress else { return .failure(SystemCallError(number: ENOMEM)) }
    let count = readlinkat(directory, path, start, buffer.count)
    guard count >= 0 else { return .failure(SystemCallError(number: errno)) }
    let bytes = UnsafeRawBufferPointer(buffer).prefix(count)
    return .success(String(decoding: bytes, as: UTF8.self))
  }
}
