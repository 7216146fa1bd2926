package import Host

/// A part of the kernel that is a module on most hosts, and that a question over netlink would
/// load.
package struct KernelModule: RawRepresentable, Sendable, Hashable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  package static let nfTables = KernelModule(rawValue: "nf_tables")
  package static let ipSet = KernelModule(rawValue: "ip_set")

  /// The file that shows that the kernel does not have this part now; `nil` where it does or may.
  ///
  /// It is missing when it is not among the loaded modules and not among those built in. Without
  /// either list it is not known: a kernel without `/proc/modules` can load nothing, and one
  /// without the files of its release finds nothing to load, so asking is safe there. In a
  /// container that has its own `/lib/modules` the question can still load the module into the
  /// host's kernel.
  package func evidenceOfAbsence(from door: some HostDoor) -> Source? {
    guard case .value(let loaded, let source) = door.readFile("/proc/modules", limit: .standard),
      !lines(of: loaded).contains(where: { $0.words.first == rawValue[...] }),
      let release = KernelRelease.read(from: door).value
    else { return nil }
    let path = "/lib/modules/\(release.text)/modules.builtin"
    guard case .value(let builtIn, _) = door.readFile(path, limit: .standard) else { return nil }
    return lines(of: builtIn).contains { $0.text.hasSuffix("/\(rawValue).ko") } ? nil : source
  }

  private func lines(of file: [UInt8]) -> [NumberedLine] {
    String(decoding: file, as: UTF8.self).kernelLines
  }
}
