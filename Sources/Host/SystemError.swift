internal import CLinux
internal import Glibc
internal import SystemPackage

/// A system call's error by name and meaning: `EIO, input/output error`.
package func systemErrorText(_ number: Int32) -> String {
  let meaning = Errno(rawValue: number).description
  guard let name = clb_error_name(number) else { return "error \(number), \(meaning)" }
  return "\(String(cString: name)), \(meaning)"
}

extension Reading {
  /// What an error number means for a reading.
  ///
  /// `ESRCH` and `ENOTDIR` are absences too: a process of `/proc` can end while we look at it.
  static func systemFailure(
    _ number: Int32, call: String, source: Source, needs capability: Capability
  ) -> Reading {
    switch number {
    case ENOENT, ENOTDIR, ESRCH, ENXIO: .absent(source)
    case EACCES, EPERM: .denied(source, needs: capability)
    default: .failed(source, .system(call: call, error: systemErrorText(number)))
    }
  }
}
