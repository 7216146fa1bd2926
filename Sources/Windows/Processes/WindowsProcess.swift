/// A process of a Windows host, as far as the files tell.
package struct WindowsProcess: Sendable, Hashable {
  package var id: UInt32
  /// `nginx.exe`; `System` for the kernel, which is HTTP.sys where it listens for HTTP.
  package var name: String
  /// Where its program is; `nil` where no file says.
  package var path: String?
  /// Short names of the services in it; `nil` where no file says.
  package var services: [String]?

  package init(id: UInt32, name: String, path: String? = nil, services: [String]? = nil) {
    self.id = id
    self.name = name
    self.path = path
    self.services = services
  }

  /// The kernel itself.
  package var isSystem: Bool { id == 4 }

  /// Whether the program of a firewall rule is this one's; `nil` where the files cannot tell.
  ///
  /// Windows ignores case in paths, and rules name folders by variables.
  package func isProgram(_ program: String) -> Bool? {
    let wanted = program.lowercased()
    if wanted == "system" || isSystem { return isSystem && wanted == "system" }
    let file = wanted.split(separator: "\\").last.map(String.init) ?? wanted
    guard file == name.lowercased() else { return false }
    guard let path = path?.lowercased() else { return nil }
    guard wanted.first == "%", let end = wanted.dropFirst().firstIndex(of: "%") else {
      return path == wanted
    }
    let variable = String(wanted[wanted.index(after: wanted.startIndex)..<end])
    let rest = wanted[wanted.index(after: end)...]
    guard let folder = Self.folders[variable] else { return nil }
    // The drive is this host's own affair.
    return path.dropFirst(2) == "\\\(folder)\(rest)"
  }

  /// The folders that Windows' own variables mean, below the drive.
  private static let folders = [
    "systemroot": "windows", "windir": "windows", "programfiles": "program files",
    "programfiles(x86)": "program files (x86)", "programdata": "programdata",
  ]
}
