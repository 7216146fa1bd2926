/// Why the state directory cannot be used.
package enum StateDirectoryError: Error, Sendable, Hashable {
  case system(SpoolFileError)
  case noDirectory(String)
  case symbolicLink(String)
  case otherOwner(String, owner: UInt32, expected: UInt32)
  case writableByOthers(String, mode: UInt32)
  /// Another run has the lock.
  ///
  /// - Parameter holder: its process, where it has said so.
  case locked(String, holder: Int32?)
}

extension StateDirectoryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .system(let error): error.description
    case .noDirectory(let path): "\(path): expected a directory"
    case .symbolicLink(let path):
      "\(path): a symbolic link, which is not followed; name the directory itself"
    case .otherOwner(let path, let owner, let expected):
      "\(path): belongs to uid \(owner), expected uid \(expected), who runs the agent"
    case .writableByOthers(let path, let mode):
      "\(path): mode \(String(mode, radix: 8)) lets others write; expected 700"
    case .locked(let path, let holder):
      "\(path): held by another run"
        + (holder.map { ", process \($0)" } ?? "") + "; expected one run at a time"
    }
  }
}
