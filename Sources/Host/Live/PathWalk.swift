internal import CLinux
internal import Glibc

/// A walk down a path, one component at a time, that never leaves its root: what openat2(2) does with
/// `RESOLVE_IN_ROOT`, for kernels before 5.6.
struct PathWalk: ~Copyable {
  private let root: Int32
  /// The directories below the root that we are in, outermost first.
  private var entered: [Int32] = []
  /// The components still to go, the next one last.
  private var ahead: [String] = []
  /// As many links as the kernel itself follows in one path.
  private var linksLeft = 40

  /// - Parameter root: a descriptor of the root; it stays the caller's.
  init(from root: Int32) { self.root = root }

  deinit {
    for descriptor in entered { close(descriptor) }
  }

  /// Opens what the path leads to; the caller closes the descriptor.
  mutating func open(_ path: String, _ flags: Int32) -> Result<Int32, SystemCallError> {
    goOn(path)
    while let name = ahead.popLast() {
      switch name {
      case ".": continue
      case "..": goUp()
      default:
        if case .success(let target) = readLinkTarget(name, in: here) {
          guard follow(target) else { return .failure(SystemCallError(number: ELOOP)) }
          continue
        }
        // What was no link a moment ago and is one now is not followed.
        guard !ahead.isEmpty else {
          return .descriptor(openat(here, name, flags | O_NOFOLLOW))
        }
        let next = openat(here, name, clb_open_path_only | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard next >= 0 else { return .failure(.last) }
        entered.append(next)
      }
    }
    return .descriptor(openat(here, ".", flags))
  }

  private var here: Int32 { entered.last ?? root }

  private mutating func goOn(_ path: String) {
    ahead += path.split(separator: "/").reversed().map(String.init)
  }

  /// `..` of the root is the root.
  private mutating func goUp() {
    if let left = entered.popLast() { close(left) }
  }

  /// Whether there was a link left to follow.
  private mutating func follow(_ target: String) -> Bool {
    linksLeft -= 1
    if target.hasPrefix("/") {
      while !entered.isEmpty { goUp() }
    }
    goOn(target)
    return linksLeft >= 0
  }
}
