import Addressing
import Host
import TestSupport
import Testing

@testable import Collectors

@Suite("The owner of a socket")
struct SocketOwnerTests {
  /// systemd made socket 100 and gave it to a master with two workers, one of which was stopped.
  private var door: FakeDoor {
    var door = FakeDoor()
    for (process, command, parent, state) in [
      (1, "systemd", 0, "S (sleeping)"), (812, "nginx", 1, "S (sleeping)"),
      (813, "nginx", 812, "R (running)"), (814, "nginx", 812, "T (stopped)"),
      (900, "java", 1, "S (sleeping)"), (901, "sh", 900, "S (sleeping)"),
    ] {
      door.files["/proc/\(process)/comm"] = command + "\n"
      door.files["/proc/\(process)/status"] = "Name:\tx\nState:\t\(state)\nPPid:\t\(parent)\n"
      door.files["/proc/\(process)/cgroup"] = "0::/system.slice/\(command).service\n"
      door.files["/proc/\(process)/limits"] = "Max open files  64  64  files\n"
      door.links["/proc/\(process)/ns/net"] = "net:[1]"
    }
    door.links["/proc/self/ns/net"] = "net:[1]"
    door.links["/proc/1/fd/29"] = "socket:[100]"
    for process in [812, 813, 814] { door.links["/proc/\(process)/fd/3"] = "socket:[100]" }
    // A child that a server started for something else, and did not close its socket for.
    for process in [900, 901] { door.links["/proc/\(process)/fd/700"] = "socket:[200]" }
    return door
  }

  private func owner(of inode: UInt64) throws -> SocketOwner {
    let table = try #require(ProcessTable.read(from: door).value)
    return try #require(SocketOwner.all(table.holders(of: [inode], from: door), from: door)[inode])
  }

  @Test("is the service and not systemd, and knows the state of every holder")
  func holders() throws {
    let owner = try owner(of: 100)
    #expect(owner.processID == 812 && owner.unit == "nginx.service" && owner.state == "S")
    #expect(owner.holders.map(\.processID) == [1, 812, 813, 814])
    #expect(owner.holders.map(\.isStopped) == [false, false, false, true])
    #expect(owner.accepting.map(\.processID) == [813, 814])
  }

  @Test("is a master with its workers at a high descriptor too, and a child of another name counts")
  func highDescriptor() throws {
    var door = door
    door.files["/proc/902/comm"] = "java\n"
    door.files["/proc/902/status"] = "State:\tS\nPPid:\t900\n"
    door.links["/proc/902/fd/700"] = "socket:[200]"
    let table = try #require(ProcessTable.read(from: door).value)
    let owner = try #require(
      SocketOwner.all(table.holders(of: [200], from: door), from: door)[200])
    #expect(owner.holders.map(\.processID) == [900, 902])
    #expect(owner.accepting.map(\.processID) == [902])
  }

  @Test("is systemd where nobody else holds the socket")
  func managerAlone() throws {
    var door = door
    for process in [812, 813, 814] { door.links["/proc/\(process)/fd/3"] = nil }
    let table = try #require(ProcessTable.read(from: door).value)
    let owner = try #require(
      SocketOwner.all(table.holders(of: [100], from: door), from: door)[100])
    #expect(owner.processID == 1 && owner.accepting.map(\.processID) == [1])
  }

  @Test("of another network namespace is the one that listens, and not its first process")
  func namespace() async throws {
    var door = door
    let header = "sl local_address\n"
    func row(_ inode: Int) -> String {
      "0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:0 0 0 0 \(inode)\n"
    }
    for process in [70, 71] {
      door.links["/proc/\(process)/ns/net"] = "net:[2]"
      door.files["/proc/\(process)/comm"] = process == 70 ? "pause\n" : "envoy\n"
    }
    door.files["/proc/70/net/tcp"] = header + row(300)
    door.files["/proc/net/tcp"] = header + row(100)
    door.links["/proc/71/fd/8"] = "socket:[300]"
    let all = await HostFacts.read(from: door, learningFrom: [], probeSources: [])
    let other = try #require(all.namespaces.first)
    let socket = try #require(other.sockets.all.first)
    #expect(other.process == 70 && other.command == "pause")
    #expect(other.owner(of: socket)?.processID == 71)
    #expect(other.owner(of: socket)?.command == "envoy")
    #expect(all.owners.keys.sorted() == [100])
    // One walk through the processes finds the owners of all namespaces.
    #expect(door.log.calls.filter { $0 == "/proc/812/fd" }.count == 1)
  }

  @Test("is not looked for in namespaces that there was no time for, and they say so")
  func noTime() throws {
    var door = door
    door.links["/proc/70/ns/net"] = "net:[2]"
    door.files["/proc/70/comm"] = "pause\n"
    let table = try #require(ProcessTable.read(from: door).value)
    let other = try #require(NamespaceSockets.read(table, from: door, secondsLimit: 0).first)
    #expect(
      other.sockets.tables[.tcp6]
        == .failed(.file("/proc/70/net/tcp6"), .timeLimit(seconds: 0)))
    #expect(!door.log.calls.contains { $0.hasPrefix("/proc/70/net") })
  }

  @Test("has limits for each worker, and their control group read once")
  func limits() async throws {
    var door = door
    door.files["/proc/net/tcp"] =
      "sl local_address\n0: 00000000:0050 00000000:0000 0A 0:0 00:0 0 0 0 100\n"
    for process in [812, 813, 814] {
      door.files["/proc/\(process)/status"] =
        "State:\tS\nPPid:\t\(process == 812 ? 1 : 812)\nFDSize:\t64\n"
    }
    for number in 10..<60 { door.links["/proc/813/fd/\(number)"] = "/dev/null" }
    let range = try #require(AddressPrefix(.v4(0), length: 0))
    let facts = await HostFacts.read(from: door, learningFrom: [range], probeSources: [])
    #expect(facts.limits.keys.sorted() == [812, 813, 814])
    #expect(facts.limits[813]?.descriptors.value?.open == .exactly(51))
    #expect(facts.limits[812]?.descriptors.value?.open == .exactly(1))
    // Once for the unit, once for the quota.
    #expect(
      door.log.calls.filter { $0.hasSuffix("/cgroup") } == ["/proc/812/cgroup", "/proc/812/cgroup"])
  }
}
