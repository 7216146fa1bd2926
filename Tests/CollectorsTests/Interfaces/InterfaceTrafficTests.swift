import Collectors
import Host
import TestSupport
import Testing

@Suite("The counters of interfaces")
struct InterfaceTrafficTests {
  private static let headings = """
    Inter-|   Receive                                                |  Transmit
     face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed

    """
  /// Debian 12, Linux 6.1.
  private static let file =
    headings + """
          lo:  123456     100    0    0    0     0          0         0   123456     100    0    0    0     0       0          0
        eth0:98765432  100000    0   12    0     0          0         0 12345678   90000    0    0    0     0       0          0
      eth0:1: 1 2 3 4 5 6 7 8 99 10 11 12 13 14 15 16 17

      """

  @Test("are the bytes sent, by interface")
  func whole() throws {
    let traffic = try InterfaceTraffic(parsing: Self.file)
    #expect(traffic.transmittedBytes == ["lo": 123_456, "eth0": 12_345_678, "eth0:1": 99])
    #expect(try InterfaceTraffic(parsing: "").transmittedBytes.isEmpty)
  }

  @Test(
    "are refused with their line where they are not of the form",
    arguments: [
      ("eth0 1 2 3", 3, "NAME: and its counters"), ("eth0: 1 2 3", 3, "16 counters"),
      ("eth0: 1 2 3 4 5 6 7 8 x 10 11 12 13 14 15 16", 3, "a count of bytes"),
      ("eth0: 1 2 3 4 5 6 7 8 -9 10 11 12 13 14 15 16", 3, "a count of bytes"),
    ])
  func malformed(_ line: String, _ number: Int, _ expected: String) {
    do throws(ParseFailure) {
      _ = try InterfaceTraffic(parsing: Self.headings + line)
      Issue.record("\(line) was taken")
    } catch {
      #expect(error.line == number && error.expected.hasPrefix(expected))
    }
  }

  @Test("cut anywhere are parsed or refused")
  func truncated() {
    for count in 0..<Self.file.utf8.count {
      _ = try? InterfaceTraffic(
        parsing: String(decoding: Self.file.utf8.prefix(count), as: UTF8.self))
    }
  }

  @Test("read twice are a rate, but for interfaces that began anew")
  func rates() throws {
    var (first, second) = (try InterfaceTraffic(parsing: ""), try InterfaceTraffic(parsing: ""))
    first.transmittedBytes = ["eth0": 1_000_000, "eth1": 500, "gone": 1]
    second.transmittedBytes = ["eth0": 1_250_000, "eth1": 400, "new": 1]
    let rates = try #require(TransmitRates(from: first, to: second, milliseconds: 200))
    #expect(rates.bytes == ["eth0": 250_000])
    #expect(rates.megabits(of: "eth0") == 10)
    #expect(rates.megabits(of: "eth1") == nil)
    #expect(TransmitRates(from: first, to: second, milliseconds: 199) == nil)
    #expect(TransmitRates(milliseconds: 1000, bytes: ["eth0": -1]) == nil)
  }

  @Test("are absent where the host has none")
  func absent() {
    #expect(InterfaceTraffic.read(from: FakeDoor()).value == nil)
  }
}
