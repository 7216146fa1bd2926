import Glibc
import Host
import TestSupport
import Testing

@Suite("An output file")
struct OutputFileTests {
  private struct Interrupted: Error {}

  /// A directory of its own that holds `report`, and what is in it afterwards.
  private static func names(after body: (_ report: String) throws -> Void) throws -> [String] {
    let directory = try #require(TemporaryDirectory())
    // It would be gone with the last use of the value, not of its path.
    defer { withExtendedLifetime(directory) {} }
    try body("\(directory.path)/report")
    return try #require(LiveDoor().listDirectory(directory.path).value)
  }

  private static func text(_ path: String) -> [UInt8]? {
    LiveDoor().readFile(path, limit: .standard).value
  }

  @Test("appears whole under its name, and nothing else does")
  func commit() throws {
    let names = try Self.names { report in
      for text in ["first", "second, and longer"] {
        let file = try OutputFile(report)
        try file.write(Array(text.utf8.prefix(3)))
        try file.write(Array(text.utf8.dropFirst(3)))
        try file.commit()
        #expect(Self.text(report) == Array(text.utf8))
      }
      var status = stat()
      #expect(stat(report, &status) == 0 && status.st_mode & 0o777 == 0o600)
    }
    #expect(names == ["report"])
  }

  @Test("does not take the place of another when it shall not, though that came late")
  func notReplacing() throws {
    let names = try Self.names { report in
      let first = try OutputFile(report, mode: 0o640, isReplacing: false)
      let second = try OutputFile(report, isReplacing: false)
      try first.write([1])
      try first.commit()
      var status = stat()
      #expect(stat(report, &status) == 0 && status.st_mode & 0o777 == 0o640)
      do throws(OutputError) {
        try second.commit()
        Issue.record("a file that came late was replaced")
      } catch {
        #expect(error.isExisting)
      }
      #expect(Self.text(report) == [1])
      do throws(OutputError) {
        _ = try OutputFile(report, isReplacing: false)
        Issue.record("a file that is there was not seen")
      } catch {
        #expect(error.isExisting)
      }
    }
    #expect(names == ["report"])
  }

  @Test("leaves nothing behind when something fails before its end")
  func discarded() throws {
    let names = try Self.names { report in
      #expect(throws: Interrupted.self) {
        let file = try OutputFile(report)
        try file.write([1, 2, 3])
        throw Interrupted()
      }
    }
    #expect(names.isEmpty)
  }

  @Test("leaves what was there before when it cannot appear")
  func kept() throws {
    let names = try Self.names { report in
      let file = try OutputFile(report)
      #expect(mkdir(report, 0o700) == 0)
      do throws(OutputError) {
        try file.commit()
        Issue.record("a file took the place of a directory")
      } catch {
        #expect(error.call == "rename" && error.error.hasPrefix("EISDIR"))
      }
    }
    #expect(names == ["report"])
  }

  @Test(
    "that cannot be written is told at once",
    arguments: [("/nowhere/report", "ENOENT"), ("/tmp", "EISDIR"), ("/proc/report", "ENOENT")])
  func refused(path: String, error: String) {
    let failure = #expect(throws: OutputError.self) { _ = try OutputFile(path) }
    #expect(failure?.path == path && failure?.error.hasPrefix(error) == true)
  }

  @Test(
    "in a directory that root may write by a capability alone is refused at once",
    .enabled(if: geteuid() == 0, "only root has that capability"))
  func othersDirectory() throws {
    let names = try Self.names { report in
      let directory = String(report.dropLast("/report".count))
      #expect(chown(directory, 65534, 65534) == 0 && chmod(directory, 0o755) == 0)
      let failure = #expect(throws: OutputError.self) { _ = try OutputFile(report) }
      #expect(failure?.error.hasPrefix("EACCES") == true)
    }
    #expect(names.isEmpty)
  }
}
