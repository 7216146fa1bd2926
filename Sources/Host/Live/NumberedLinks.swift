internal import CLinux
internal import Glibc

/// A search through a directory such as `/proc/PID/fd` for links to a few targets.
struct NumberedLinks {
  private let targets: Set<String>
  private let countsDescriptors: Bool

  /// More numbers than these are not tried one by one: the directory is listed.
  private static let mostTried = 1024

  /// - Parameter countsDescriptors: whether this kernel tells how many descriptors a process has.
  init(_ targets: Set<String>, countsDescriptors: Bool = DescriptorCount.isKnown) {
    self.targets = targets
    self.countsDescriptors = countsDescriptors
  }

  func read(in directory: Int32, _ numbers: Range<Int>) -> Result<[Int: String], SystemCallError> {
    numbers.count > NumberedLinks.mostTried
      ? list(directory, numbers) : attempt(directory, numbers)
  }

  /// Tries each number, from the lowest on until every descriptor of the process was seen.
  private func attempt(
    _ directory: Int32, _ numbers: Range<Int>
  ) -> Result<[Int: String], SystemCallError> {
    let isCounted = countsDescriptors && numbers.lowerBound == 0
    var left = isCounted ? DescriptorCount.of(directory) : nil
    // Kernels that do not count descriptors would have 32 numbers tried for each of their own threads,
    // which have none. They have no executable either.
    if left == nil, case .failure(let error) = readLinkTarget("../exe", in: directory),
      error.number == ENOENT
    {
      return .success([:])
    }
    var links: [Int: String] = [:]
    for number in numbers where left != 0 {
      switch readLinkTarget(String(number), in: directory) {
      case .success(let target):
        left = left.map { $0 - 1 }
        if targets.contains(target) { links[number] = target }
      case .failure(let error) where error.number == ENOENT || error.number == EINVAL: continue
      case .failure(let error): return .failure(error)
      }
    }
    return .success(links)
  }

  private func list(
    _ directory: Int32, _ numbers: Range<Int>
  ) -> Result<[Int: String], SystemCallError> {
    var links: [Int: String] = [:]
    return forEachName(in: directory) { name in
      guard let number = Int(name), numbers.contains(number),
        case .success(let target) = readLinkTarget(name, in: directory), targets.contains(target)
      else { return }
      links[number] = target
    }.map { links }
  }
}

/// How many descriptors a process has, as the kernel itself counts them.
enum DescriptorCount {
  /// The count of an open `/proc/PID/fd`; `nil` for other directories, and where the kernel, before
  /// 6.2, does not say.
  static func of(_ directory: Int32) -> Int? {
    guard isKnown else { return nil }
    return size(directory).flatMap { $0 >= 0 ? $0 : nil }
  }

  /// Whether this kernel says it: this process has a descriptor at least, that of the directory.
  static let isKnown: Bool = {
    let own = open("/proc/self/fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard own >= 0 else { return false }
    defer { close(own) }
    return size(own).map { $0 > 0 } ?? false
  }()

  /// The size of a directory of procfs; `nil` for one of another file system.
  private static func size(_ directory: Int32) -> Int? {
    var status = stat()
    guard clb_is_procfs(directory), fstat(directory, &status) == 0 else { return nil }
    return Int(status.st_size)
  }
}

/// Hands each name of an open directory but `.` and `..` to the body, in the kernel's order.
func forEachName(
  in directory: Int32, _ body: (String) -> Void
) -> Result<Void, SystemCallError> {
  let copy = fcntl(directory, F_DUPFD_CLOEXEC, 0)
  guard copy >= 0 else { return .failure(.last) }
  guard let stream = fdopendir(copy) else {
    let error = SystemCallError.last
    close(copy)
    return .failure(error)
  }
  defer { closedir(stream) }
  errno = 0
  while let entry = readdir(stream) {
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    if name != ".", name != ".." { body(name) }
    errno = 0
  }
  return errno == 0 ? .success(()) : .failure(.last)
}
