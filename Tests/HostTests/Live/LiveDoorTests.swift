import Glibc
import Host
import Testing

@Suite("The live door")
struct LiveDoorTests {
  private let door = LiveDoor()

  @Test("reads a file of procfs, whose size nobody can ask for")
  func procfs() throws {
    let status = try #require(door.readFile("/proc/self/status", limit: .standard).value)
    #expect(String(decoding: status, as: UTF8.self).contains("VmRSS"))
  }

  @Test("cuts a file where asked, and refuses one that is longer than may be")
  func limits() throws {
    #expect(door.readFile("/proc/version", limit: .prefix(5)).value == Array("Linux".utf8))
    guard
      case .failed(_, .overLimit(bytes: 5)) = door.readFile(
        "/proc/version", limit: .whole(atMost: 5))
    else {
      Issue.record("a file over its limit was read")
      return
    }
  }

  @Test("tells what is absent from what cannot be read")
  func absentOrFailed() {
    guard case .absent = door.readFile("/proc/nothing", limit: .standard),
      case .absent = door.readFile("/proc/version/below", limit: .standard),
      case .absent = door.listDirectory("/nowhere"), case .absent = door.readLink("/nowhere"),
      case .absent = door.readNumberedLinks("/nowhere", 0..<4, to: []),
      case .absent = door.countEntries("/nowhere")
    else {
      Issue.record("a thing that is not there was not absent")
      return
    }
    guard case .failed(_, .system(let call, let error)) = door.readFile("/proc", limit: .standard)
    else {
      Issue.record("a directory was read as a file")
      return
    }
    #expect(call == "read" && error.hasPrefix("EISDIR"))
  }

  @Test("does not wait for a FIFO's writer", .timeLimit(.minutes(5)))
  func fifo() throws {
    let path = "/tmp/clb-agent-test-\(getpid()).fifo"
    #expect(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    #expect(door.readFile(path, limit: .standard).value == [])
  }

  @Test("finds a process's own descriptors by their numbers, and hands out no others")
  func descriptors() throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    let number = Int(socket)
    let target = try #require(door.readLink("/proc/self/fd/\(socket)").value)
    #expect(target.hasPrefix("socket:["))
    // By name, and listed.
    for numbers in [number..<number + 1, 0..<Int(Int32.max)] {
      let links = door.readNumberedLinks("/proc/self/fd", numbers, to: [target, "socket:[0]"])
      #expect(links.value == [number: target])
    }
    #expect(
      door.readNumberedLinks("/proc/self/fd", number + 1..<number + 9, to: [target]).value == [:])
  }

  @Test("counts descriptors, of kernel threads too, and entries of any directory")
  func counts() throws {
    let before = try #require(door.countEntries("/proc/self/fd").value)
    let sockets = (0..<40).map { _ in socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
    defer { for socket in sockets { close(socket) } }
    // Other tests open and close files at the same time.
    #expect(abs(try #require(door.countEntries("/proc/self/fd").value) - before - 40) < 30)
    let names = try #require(door.listDirectory("/etc").value)
    #expect(door.countEntries("/etc").value == names.count)
  }

  @Test("gives all listening sockets of a list that is longer than a page")
  func socketListing() throws {
    let sockets = (0..<60).map { _ in socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) }
    defer { for socket in sockets { close(socket) } }
    for socket in sockets { #expect(listen(socket, 1) == 0) }
    let bytes = try #require(door.readFile("/proc/net/tcp", limit: .prefix(1 << 20)).value)
    let inodes = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
      .map { $0.split(separator: " ")[9] }
    for socket in sockets {
      let target = try #require(door.readLink("/proc/self/fd/\(socket)").value)
      #expect(inodes.contains { target == "socket:[\($0)]" })
    }
  }

  @Test("asks no command and no kernel interface for another root, and reads its files")
  func otherRoot() async {
    let other = LiveDoor(root: "/usr/")
    #expect(other.listDirectory("/bin").value?.isEmpty == false)
    let request = NetlinkRequest(family: 0, type: 18, flags: 0x300, payload: [], question: "links")
    guard case .failed(_, .otherRoot) = await other.run(Command("true")),
      case .failed(_, .otherRoot) = other.ask(request)
    else {
      Issue.record("this host was asked for another root")
      return
    }
  }

  @Test("asks the kernel over netlink, and passes on its refusal")
  func netlink() throws {
    let links = NetlinkRequest(
      family: 0, type: 18, flags: 0x300, payload: [UInt8](repeating: 0, count: 16),
      question: "links")
    #expect(try #require(door.ask(links).value).isEmpty == false)
    let nonsense = NetlinkRequest(
      family: 0, type: 9999, flags: 0, payload: [], question: "nonsense")
    guard case .failed(_, .system("netlink", let error)) = door.ask(nonsense) else {
      Issue.record("the kernel took a message type that it does not have")
      return
    }
    #expect(error.hasPrefix("EOPNOTSUPP"))
  }
}
