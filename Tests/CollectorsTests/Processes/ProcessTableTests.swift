import Glibc
import Host
import TestSupport
import Testing

@testable import Collectors

@Suite("The process table")
struct ProcessTableTests {
  /// Three processes: 7 holds socket 100 low, 8 holds 200 at a high number, 9 is in another namespace.
  private var door: FakeDoor {
    var door = FakeDoor()
    door.files = [
      "/proc/7/comm": "nginx\n", "/proc/7/cgroup": "0::/system.slice/nginx.service\n",
      "/proc/7/status": "Name:\tnginx\nState:\tS (sleeping)\nFDSize:\t64\n",
      "/proc/8/comm": "java\n",
      "/proc/8/cgroup": "3:cpu:/a\n1:name=systemd:/system.slice/app.service/sub\n",
      "/proc/8/status": "Name:\tjava\nState:\tT (stopped)\nFDSize:\t4096\n",
      "/proc/9/comm": "pause\n",
    ]
    door.links = [
      "/proc/self/ns/net": "net:[1]", "/proc/7/ns/net": "net:[1]", "/proc/8/ns/net": "net:[1]",
      "/proc/9/ns/net": "net:[2]", "/proc/7/exe": "/usr/sbin/nginx", "/proc/7/fd/6": "socket:[100]",
      "/proc/8/fd/5": "socket:[999]", "/proc/8/fd/3000": "socket:[200]",
    ]
    return door
  }

  @Test("knows names, namespaces and its own")
  func read() throws {
    let table = try #require(ProcessTable.read(from: door).value)
    #expect(table.commands == [7: "nginx", 8: "java", 9: "pause"])
    #expect(table.namespaces == ["net:[1]": [7, 8], "net:[2]": [9]])
    #expect(table.ownNamespace == "net:[1]" && table.hidden == 0)
  }

  @Test("finds the holders of sockets, at low and at high descriptors")
  func owners() throws {
    let table = try #require(ProcessTable.read(from: door).value)
    let owners = SocketOwner.all(table.holders(of: [100, 200, 300], from: door), from: door)
    #expect(
      owners == [
        100: SocketOwner(
          processID: 7, command: "nginx", executable: "/usr/sbin/nginx", unit: "nginx.service",
          state: "S"),
        200: SocketOwner(processID: 8, command: "java", unit: "app.service", state: "T"),
      ])
  }

  @Test("asks for no descriptor above the low ones once all holders are found")
  func stopsEarly() throws {
    let table = try #require(ProcessTable.read(from: door).value)
    let asked = door
    _ = table.holders(of: [100], from: asked)
    #expect(asked.log.calls.filter { $0 == "/proc/8/fd" }.count == 1)
  }

  @Test("counts the processes that it may not look into")
  func hidden() throws {
    var door = door
    door.failures["/proc/8/ns/net"] = .denied(.sysPtrace)
    #expect(try #require(ProcessTable.read(from: door).value).hidden == 1)
  }

  @Test("finds this very process as the holder of its socket")
  func live() throws {
    let listener = try Loopback.listen()
    defer { listener.close() }
    let door = LiveDoor()
    let own = try #require(
      ListeningSockets.read(from: door).all.first { $0.port == listener.port && $0.table == .tcp })
    let table = try #require(ProcessTable.read(from: door).value)
    let holders = try #require(table.holders(of: [own.inode], from: door)[own.inode])
    #expect(holders.map(\.processID).contains(Int(getpid())))
  }
}

@Suite("The capabilities of the reader")
struct EffectiveCapabilitiesTests {
  @Test("are read from the mask")
  func masks() throws {
    #expect(try EffectiveCapabilities(parsing: "CapEff:\t0000000000083004\n").missing == [])
    let some = try EffectiveCapabilities(parsing: "Name:\tx\nCapEff:\t0000000000001000\n")
    #expect(some.present == [.netAdmin])
    let none = try EffectiveCapabilities(parsing: "CapEff:\t0000000000000000\n")
    #expect(none.missing == Capability.allCases)
  }

  @Test("that are not readable say where")
  func malformed() {
    #expect(
      throws: ParseFailure(line: 2, found: "CapEff:\tmany", expected: "CapEff: and 16 hex digits")
    ) { try EffectiveCapabilities(parsing: "Name:\tx\nCapEff:\tmany\n") }
    #expect(throws: ParseFailure.self) { try EffectiveCapabilities(parsing: "") }
  }
}
