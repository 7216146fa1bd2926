internal import Glibc
internal import Host

/// A file operation of the spool that the system refused.
package struct SpoolFileError: Error, Sendable, Hashable {
  /// The system call: `fsync`.
  package var call: String
  /// The whole path.
  package var path: String
  /// The error number, as errno(3) has it.
  package var number: Int32

  package init(call: String, path: String, number: Int32) {
    self.call = call
    self.path = path
    self.number = number
  }

  /// The file system, or the owner's share of it, has no room.
  package var isFull: Bool { number == ENOSPC || number == EDQUOT }
  package var isReadOnly: Bool { number == EROFS }
  /// The directory's permissions, or those of the file system, forbid it.
  package var isForbidden: Bool { number == EACCES || number == EPERM }
  /// The disk does not take it, whatever the settings say.
  package var isOfTheDisk: Bool { isFull || isReadOnly || number == EIO }
  package var isMissing: Bool { number == ENOENT }
  package var isTaken: Bool { number == EEXIST }

  /// Whether a copy may do where a second name for a file does not: file systems without links (vfat),
  /// files with too many, `fs.protected_hardlinks`.
  var isRefusedLink: Bool {
    [EPERM, EMLINK, EXDEV, ENOSYS, EOPNOTSUPP, EACCES].contains(number)
  }

  /// Whether it is the file that cannot be read, and not the process that lacks something just now.
  var isOfTheFile: Bool {
    [EIO, EACCES, EPERM, EFBIG, EINVAL, EISDIR, ELOOP, ENXIO].contains(number)
  }
}

extension SpoolFileError: CustomStringConvertible {
  package var description: String {
    let remedy =
      switch number {
      case EROFS: "; mount it writable, or name another state directory"
      case EACCES, EPERM: "; it must belong to the user who runs the agent"
      case ENOSPC, EDQUOT: "; make room, or name a state directory on another file system"
      default: ""
      }
    return "\(call) \(path): \(systemErrorText(number))\(remedy)"
  }
}
