import Glibc
import TestSupport
import Testing

@testable import Host

/// What `--root` shows must be that root's, whatever links somebody made in it.
@Suite("The door to another root")
struct RootDirectoryTests {
  /// A root with a secret beside it, made anew for each test.
  private static func withRoot(_ body: (_ root: String) throws -> Void) throws {
    let directory = try #require(TemporaryDirectory())
    // It would be gone with the last use of the value, not of its path.
    defer { withExtendedLifetime(directory) {} }
    let top = directory.path
    let root = "\(top)/root"
    #expect(mkdir(root, 0o700) == 0 && mkdir("\(root)/etc", 0o700) == 0)
    write("inside", "\(root)/etc/passwd")
    write("outside", "\(top)/passwd")
    for (target, link) in [
      ("/etc/passwd", "etc/escape"), ("../../../../../../etc/passwd", "etc/up"),
      ("passwd", "etc/relative"), ("loop", "etc/loop"), ("/..", "abroad"),
    ] {
      #expect(symlink(target, "\(root)/\(link)") == 0)
    }
    try body(root)
  }

  private static func write(_ text: String, _ path: String) {
    let file = open(path, O_WRONLY | O_CREAT, 0o600)
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    close(file)
  }

  @Test("follows links and \"..\" inside it and never out", arguments: [true, false])
  func staysInside(asksKernel: Bool) throws {
    try Self.withRoot { root in
      let door = LiveDoor(otherRoot: RootDirectory(root, asksKernel: asksKernel))
      let inside = Array("inside".utf8)
      for path in [
        "/etc/passwd", "/etc/escape", "/etc/up", "/etc/relative", "/../etc/passwd",
        "/abroad/etc/passwd", "/etc/./../etc//passwd",
      ] {
        #expect(door.readFile(path, limit: .standard).value == inside, "\(path)")
      }
      #expect(door.listDirectory("/abroad").value == ["abroad", "etc"])
      #expect(door.listDirectory("/..").value == ["abroad", "etc"])
      #expect(door.countEntries("/abroad/..").value == 2)
      #expect(door.readLink("/abroad/etc/up").value == "../../../../../../etc/passwd")
      guard case .absent = door.readFile("/passwd", limit: .standard),
        case .failed(_, .system("open", let error)) = door.readFile("/etc/loop", limit: .standard)
      else {
        Issue.record("a path led out of the root, or round in it")
        return
      }
      #expect(error.hasPrefix("ELOOP"))
    }
  }

  @Test("tells what the root does not have", arguments: [true, false])
  func absent(asksKernel: Bool) throws {
    try Self.withRoot { root in
      let door = LiveDoor(otherRoot: RootDirectory(root, asksKernel: asksKernel))
      guard case .absent = door.readFile("/etc/passwd/below", limit: .standard),
        case .absent = door.readLink("/nowhere/at/all"), case .absent = door.listDirectory("/etc/x")
      else {
        Issue.record("something was found in a root that does not have it")
        return
      }
    }
  }
}
