import Glibc
import Host
import TestSupport
import Testing

/// A directory that a test fills, and that goes with it.
final class TemporaryRoot: Sendable {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try #require(TemporaryDirectory())
    chmod(path, 0o755)
  }

  var path: String { directory.path }

  /// Makes the directories, the last of them too.
  func makeDirectory(_ relative: String) {
    var directory = path
    for part in relative.split(separator: "/") {
      directory += "/\(part)"
      mkdir(directory, 0o755)
    }
  }

  /// Writes a file, its directories made where they are missing, with exactly that mode.
  func write(_ relative: String, _ text: String, mode: mode_t = 0o644) throws {
    let parts = relative.split(separator: "/")
    makeDirectory(parts.dropLast().joined(separator: "/"))
    let file = try OutputFile("\(path)/\(relative)", mode: mode)
    try file.write(Array(text.utf8))
    try file.commit()
  }

  func text(_ relative: String) -> String? {
    LiveDoor().readFile("\(path)/\(relative)", limit: .standard).value.map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// Paths of all files, links and directories.
  func entries(below directory: String) -> [String] {
    let names = LiveDoor().listDirectory("\(path)/\(directory)").value ?? []
    return names.flatMap { name -> [String] in
      let entry = directory.isEmpty ? name : "\(directory)/\(name)"
      var status = stat()
      let isDirectory =
        lstat("\(path)/\(entry)", &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      return [entry] + (isDirectory ? entries(below: entry) : [])
    }
  }

  /// Paths of all that is no directory.
  var files: [String] {
    entries(below: "").filter { LiveDoor().listDirectory("\(path)/\($0)").value == nil }
  }
}
