import FoundationEssentials
import Glibc
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import Delivery

@Suite("The state directory")
struct StateDirectoryTests {
  private let directory: TemporaryDirectory
  private var path: String { "\(directory.path)/state" }

  init() throws { directory = try #require(TemporaryDirectory()) }

  @Test("is made when only it is missing")
  func isMade() throws {
    #expect(try StateDirectory(opening: path).path == path)
    let deep = "\(path)/a/b"
    #expect(
      throws: StateDirectoryError.system(SpoolFileError(call: "mkdir", path: deep, number: ENOENT))
    ) { try StateDirectory(opening: deep) }
  }

  @Test("is no symbolic link")
  func link() throws {
    #expect(mkdir(path, 0o700) == 0)
    let link = "\(directory.path)/link"
    #expect(symlink(path, link) == 0)
    #expect(throws: StateDirectoryError.symbolicLink(link)) { try StateDirectory(opening: link) }
  }

  @Test("is a directory")
  func file() throws {
    close(open(path, O_CREAT | O_WRONLY, 0o600))
    #expect(throws: StateDirectoryError.noDirectory(path)) { try StateDirectory(opening: path) }
  }

  @Test("is nobody else's to write", arguments: [0o777 as mode_t, 0o770, 0o1777, 0o702])
  func mode(mode: mode_t) throws {
    #expect(mkdir(path, 0o700) == 0)
    #expect(chmod(path, mode) == 0)
    #expect(throws: StateDirectoryError.writableByOthers(path, mode: UInt32(mode))) {
      try StateDirectory(opening: path)
    }
  }

  @Test("is nobody else's", .enabled(if: geteuid() == 0, "needs root"))
  func owner() throws {
    #expect(mkdir(path, 0o700) == 0)
    #expect(chown(path, 65_534, 65_534) == 0)
    let expected = StateDirectoryError.otherOwner(path, owner: 65_534, expected: 0)
    #expect(throws: expected) { try StateDirectory(opening: path) }
    #expect("\(expected)".contains("uid 65534"))
  }

  @Test("has one run at a time, and says which")
  func lock() throws {
    let state = try StateDirectory(opening: path)
    let held = try state.lock()
    let expected = StateDirectoryError.locked("\(path)/lock", holder: getpid())
    #expect(throws: expected) { _ = try StateDirectory(opening: path).lock() }
    #expect("\(expected)".contains("process \(getpid())"))
    _ = consume held
    _ = try StateDirectory(opening: path).lock()
  }

  @Test("of another process's run is told with its number, and free once that is killed")
  func lockOfAnother() async throws {
    let state = try StateDirectory(opening: path)
    let program = try #require(Torture.program, "spool-torture is not built")
    let log = "\(directory.path)/log"
    let held = try state.lock()
    let refused = try await run(program, [path, log, "drain"], asUser: nil)
    #expect(refused.contains("held by another run, process \(getpid())"), "\(refused)")
    _ = consume held
    let killed = try #require(Torture.run(program, [path, log, "1"], killAfter: 20_000))
    #expect(killed.wasKilled)
    _ = try state.lock()
  }

  struct Closed: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Owner and mode; `nil` where there is none yet.
    var made: (owner: uid_t, mode: mode_t)?
    var words: [String]
  }

  @Test(
    "that a service user may not use is one clear error",
    .enabled(if: geteuid() == 0, "needs root, to become another user"),
    arguments: [
      Closed(testDescription: "absent", made: nil, words: ["mkdir", "EACCES"]),
      Closed(testDescription: "not to write", made: (65_534, 0o500), words: ["lock", "EACCES"]),
      Closed(testDescription: "not to enter", made: (65_534, 0), words: ["open", "EACCES"]),
      Closed(
        testDescription: "root's", made: (0, 0o755), words: ["belongs to uid 0", "uid 65534"]),
    ])
  func serviceUser(_ closed: Closed) async throws {
    #expect(chmod(directory.path, 0o755) == 0)
    // The build's own directory may be closed to others.
    let program = "\(directory.path)/spool-torture"
    let built = try #require(Torture.program, "spool-torture is not built")
    // A copy that this process wrote could be busy: what other tests start meanwhile inherits the descriptor.
    let copied = try await run("cp", [built, program], asUser: nil)
    #expect(copied.isEmpty)
    if let made = closed.made {
      #expect(mkdir(path, made.mode) == 0)
      #expect(chown(path, made.owner, made.owner) == 0)
    }
    let text = try await run(program, [path, "\(directory.path)/log", "drain"], asUser: 65_534)
    #expect(closed.words.allSatisfy { text.contains($0) }, "\(text)")
    #expect(text.split(separator: "\n").count == 1)
  }

  /// What it says on standard error.
  private func run(
    _ program: String, _ arguments: [String], asUser user: uid_t?
  ) async throws -> String {
    let drop = user.map { ["--reuid=\($0)", "--regid=\($0)", "--clear-groups"] }
    let command = (drop.map { ["setpriv"] + $0 } ?? []) + [program] + arguments
    let result = try await Subprocess.run(
      .path("/usr/bin/env"), arguments: Arguments(command), output: .discarded,
      error: .string(limit: 1 << 16))
    return result.standardError
  }
}
