import Glibc
import TestSupport

/// A file system of a few bytes, mounted for as long as the value lives.
final class Mount: Sendable {
  let path: String

  /// A tmpfs; `nil` where this process may not mount.
  init?(at path: String, kibibytes: Int) {
    guard mkdir(path, 0o700) == 0,
      mount("tmpfs", path, "tmpfs", 0, "size=\(kibibytes)k,mode=700") == 0
    else { return nil }
    self.path = path
  }

  deinit { umount2(path, Int32(MNT_DETACH)) }

  /// Lets nothing be written any more.
  func makeReadOnly() -> Bool {
    mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0
  }

  /// Whether this process may mount.
  static let isAllowed: Bool = {
    guard let directory = TemporaryDirectory() else { return false }
    return Mount(at: "\(directory.path)/mount", kibibytes: 4) != nil
  }()
}
