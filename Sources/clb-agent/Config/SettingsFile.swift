import Glibc
import Host
import Settings

/// A settings file as read, or that there is none.
struct SettingsFile {
  /// `nil` where none was read.
  private(set) var path: String?
  private(set) var settings = Settings()

  /// The host's own settings file.
  static let standardPath = "/etc/clb-agent/config.yaml"

  init() {}

  /// The host's own file; it need not exist.
  static func standard() throws(RunError) -> SettingsFile {
    var status = stat()
    // What stands there and cannot be looked at is an error, which reading tells.
    if stat(standardPath, &status) != 0, errno == ENOENT || errno == ENOTDIR {
      return SettingsFile()
    }
    return try SettingsFile(reading: standardPath, option: "config")
  }

  /// Reads a file that must be there.
  ///
  /// - Throws: when it cannot be read or others may write it, and everything that is wrong with it.
  init(reading path: String, option: String) throws(RunError) {
    let input = try InputFile(path, option: option, expected: "a settings file")
    if geteuid() == 0, let danger = Self.danger(of: input, at: path) {
      throw .usage("\(option) \"\(path)\": \(danger)")
    }
    let bytes = try input.read(byteLimit: Self.byteLimit)
    do throws(SettingsProblems) {
      settings = try Settings(parsing: bytes)
    } catch {
      throw .usage(lines: error.lines(file: path))
    }
    settings.resolvePaths(from: Self.directory(of: path) ?? ".")
    self.path = path
  }

  /// One byte more than the parser takes, so that it is the one to refuse.
  private static let byteLimit = Settings.byteLimit + 1

  /// `nil` for a name without one.
  private static func directory(of path: String) -> String? {
    path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) }
  }

  /// Why root must not believe a file: somebody else could have written it.
  private static func danger(of input: borrowing InputFile, at path: String) -> String? {
    guard let status = input.status, status.st_mode & S_IFMT == S_IFREG else { return nil }
    if status.st_mode & S_IWOTH != 0 {
      return "everybody may write it; expected chmod o-w \(path)"
    }
    let directory = directory(of: path)
    var parent = stat()
    guard stat(directory ?? ".", &parent) == 0 else { return nil }
    // In a sticky directory, as /tmp, nobody but its owner can replace a file.
    guard parent.st_mode & S_IWOTH != 0, parent.st_mode & S_ISVTX == 0 else { return nil }
    return "everybody may replace it in \(directory ?? "."); expected chmod o-w \(directory ?? ".")"
  }
}
