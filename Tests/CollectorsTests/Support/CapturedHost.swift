import Host
import Testing

/// A host under `Tests/Captures`: its files at their paths, and under `commands` what tools wrote.
struct CapturedHost: Sendable {
  let name: String

  static let debian12 = CapturedHost(name: "debian-12")
  static let centOS7 = CapturedHost(name: "centos-7")

  private var directory: String {
    let tests = #filePath.split(separator: "/").dropLast(3)
    return "/" + tests.joined(separator: "/") + "/Captures/" + name
  }

  /// The door to the host's files; commands and netlink are not asked.
  var door: LiveDoor { LiveDoor(root: directory) }

  func bytes(_ path: String) throws -> [UInt8] {
    try #require(door.readFile(path, limit: .standard).value, "no \(path) in \(name)")
  }

  func text(_ path: String) throws -> String {
    String(decoding: try bytes(path), as: UTF8.self)
  }
}
