import Addressing
import Host
import TestSupport
import Testing

@testable import Collectors

/// A capture is anyone's file: whatever numbers stand in it, the agent must not trap.
@Suite("A hostile capture")
struct HostileCaptureTests {
  private static let absurd = [
    "0", "-1", "9223372036854775807", "-9223372036854775808", "18446744073709551615",
    "99999999999999999999999", "4294967296", "65536", "1e308", "FFFFFFFF", "ffffffffffffffff",
  ]

  @Test("of absurd numbers and damaged messages gives facts, and never a trap", arguments: 1...40)
  func facts(seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    let bytes = try CapturedHost.debian12.bytes("/web-1.capture")
    let entries = try CaptureContents(parsing: bytes).entries
    let door = ReplayingDoor(entries.map { Self.damaged($0, &generator) })
    let range = try #require(AddressPrefix(parsing: "100.64.0.0/10"))
    let facts = await HostFacts.read(from: door, learningFrom: [range], probeSources: [range])
    for socket in facts.sockets.all { _ = socket.fit(.v4(0x0A00_0005)) }
    for process in facts.limits.values {
      for group in process.throttling.value ?? [] { _ = group.throttledShare }
    }
    _ = facts.processorTimes.value?.stealShare()
    _ = facts.privateAddresses
  }

  @Test("cannot answer with descriptors that nobody asked for")
  func strangeNumbers() throws {
    let links = [Int.max: "socket:[100]", 700: "socket:[100]", -1: "socket:[100]"]
    let fd = "/proc/7/fd"
    let entries: [CaptureEntry] = [
      .directory("/proc", .value(["7", "-3", "0", "+7"], from: .file("/proc"))),
      .file("/proc/7/comm", .standard, .value(Array("x\n".utf8), from: .file("/proc/7/comm"))),
      .numberedLinks(fd, 0..<32, .value([:], from: .file(fd))),
      .numberedLinks(fd, 32..<Int(Int32.max), .value(links, from: .file(fd))),
    ]
    let door = ReplayingDoor(entries)
    let table = try #require(ProcessTable.read(from: door).value)
    #expect(table.commands == [7: "x"])
    #expect(table.holders(of: [100], from: door)[100]?.map(\.processID) == [7])
  }

  @Test("with a control group of very many levels is read in no time", .timeLimit(.minutes(5)))
  func deepGroup() throws {
    let path = String(repeating: "/a", count: 400_000)
    let door = FakeDoor(files: ["/proc/7/cgroup": "0::\(path)\n"])
    #expect(CPUThrottling.read(ofProcess: 7, from: door).value == [])
  }

  /// One number in three made absurd, one byte in fifty of a message changed.
  private static func damaged(
    _ entry: CaptureEntry, _ generator: inout SeededGenerator
  ) -> CaptureEntry {
    switch entry {
    case .file(let path, let limit, .value(let bytes, let source)):
      let text = damaged(String(decoding: bytes, as: UTF8.self), &generator)
      return .file(path, limit, .value(Array(text.utf8), from: source))
    case .netlink(let question, .value(let messages, let source)):
      let changed = messages.map { message in
        NetlinkMessage(
          type: message.type,
          payload: message.payload.map { byte in
            Int.random(in: 0..<50, using: &generator) == 0
              ? UInt8.random(in: 0...255, using: &generator) : byte
          })
      }
      return .netlink(question, .value(changed, from: source))
    default: return entry
    }
  }

  private static func damaged(_ text: String, _ generator: inout SeededGenerator) -> String {
    var result = ""
    var number = ""
    for character in text + "\n" {
      if character.isHexDigit {
        number.append(character)
        continue
      }
      let isChanged = !number.isEmpty && Int.random(in: 0..<3, using: &generator) == 0
      result += isChanged ? absurd.randomElement(using: &generator) ?? "" : number
      result.append(character)
      number = ""
    }
    return result
  }
}
