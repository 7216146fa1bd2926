import Addressing
import Checker
import Collectors
import Host
import LoadBalancer
import Probes
import TestSupport
import Testing

@Suite("The checker")
struct ScenarioTests {
  @Test("names the cause, and nothing else fails", arguments: Scenario.all)
  func names(_ scenario: Scenario) async throws {
    let diagnosis = try await scenario.diagnose()
    let raised = diagnosis.findings.filter { $0.severity != .info }.map(\.id.rawValue)
    #expect(raised == scenario.raises)
    #expect(diagnosis.verdict == scenario.verdict)
    #expect(diagnosis.targets.map(\.verdict) == [scenario.verdict])
  }

  @Test("has a host for every finding that a check declares")
  func everyFinding() async throws {
    var raised: Set<String> = []
    for scenario in Scenario.all {
      raised.formUnion(try await scenario.diagnose().findings.map(\.id.rawValue))
    }
    let declared = Checker.allChecks.flatMap { $0.declaration.findings.map(\.id.rawValue) }
    #expect(declared.filter { !raised.contains($0) } == [])
    #expect(Set(declared).count == declared.count)
  }

  @Test("raises each finding with a layer and a severity that its check declares")
  func declaredSeverities() async throws {
    let declared = Dictionary(
      uniqueKeysWithValues: Checker.allChecks.flatMap { $0.declaration.findings }
        .map { ($0.id, $0) })
    for scenario in Scenario.all {
      for finding in try await scenario.diagnose().findings where finding.cause == nil {
        let declaration = try #require(declared[finding.id])
        #expect(declaration.severities.contains(finding.severity), "\(finding.id)")
        #expect(declaration.layer == finding.layer)
      }
    }
  }

  @Test("gives the same diagnosis for the same facts")
  func pure() async throws {
    for scenario in Scenario.all {
      #expect(try await scenario.diagnose() == (try await scenario.diagnose()))
    }
  }

  @Test("hangs what follows on the cause, with no remedy of its own")
  func consequences() async throws {
    let scenario = Scenario(
      "refused because nothing listens", raises: ["listening-socket.missing"], .fail,
      outcome: .refused
    ) { $0.sockets = [] }
    let diagnosis = try await scenario.diagnose()
    let refused = try #require(diagnosis.findings.first { $0.id.rawValue == "application.refused" })
    #expect(refused.cause?.rawValue == "listening-socket.missing")
    #expect(refused.severity == .info && refused.remedies.isEmpty)
    let hop = try #require(diagnosis.targets.first?.path.first { $0.hop == "application" })
    #expect(hop.cause == refused.cause && hop.verdict != .pass)
  }

  @Test("gives every failure evidence or a reason, and something to do")
  func useful() async throws {
    for scenario in Scenario.all {
      for finding in try await scenario.diagnose().findings where finding.severity == .fail {
        #expect(!finding.evidence.isEmpty, "\(finding.id)")
        #expect(!finding.remedies.isEmpty, "\(finding.id)")
      }
    }
  }
}

extension Scenario {
  static let all: [Scenario] =
    healthy + address + packetFilter + routing + listeningSocket + kernel + application + checkTypes
    + load + bandwidth + unknown + healthCheck + clients

  private static let healthy: [Scenario] = [
    Scenario("healthy", raises: [], .pass),
    Scenario("healthy on its private address alone", raises: [], .pass) {
      $0.sockets = [FakeSocket("10.0.0.5", 80)]
    },
    Scenario("healthy on a dual-stack socket", raises: [], .pass) {
      $0.sockets = [FakeSocket("::", 80)]
    },
    Scenario("healthy on a mapped address", raises: [], .pass) {
      $0.sockets = [FakeSocket("::ffff:10.0.0.5", 80)]
    },
    Scenario("healthy on IPv6", raises: [], .pass, address: "fd00:5::5") {
      $0.sources = [AddressPrefix(.v6(0xFD64 << 112), length: 64)].compactMap(\.self)
      $0.sockets = [FakeSocket("::", 80)]
      $0.sockets[0].isIPv6Only = true
    },
    Scenario("healthy on the mapped address of every IPv4 address", raises: [], .pass) {
      $0.sockets = [FakeSocket("::ffff:0.0.0.0", 80)]
    },
    Scenario(
      "healthy on a socket of which nobody says whether it takes IPv4, and that took it",
      raises: [], .pass
    ) {
      $0.sockets = [FakeSocket("::", 80)]
      $0.sockets[0].saysIPv6Only = false
    },
    Scenario("healthy beside a loopback socket on the same port", raises: [], .pass) {
      $0.sockets = [FakeSocket("127.0.0.1", 80, inode: 1), FakeSocket("10.0.0.5", 80, inode: 2)]
    },
    Scenario("404 within the mask", raises: [], .pass, outcome: .status(404)),
    Scenario("TCP", raises: [], .pass, transport: .tcp, outcome: .connected),
    Scenario("an accept queue that is exactly at its limit", raises: [], .pass) {
      $0.sockets[0].waiting = 1
      $0.sockets[0].limit = 1
    },
    Scenario("a kernel without pressure, with some load", raises: [], .pass) {
      $0.files["/proc/pressure/cpu"] = .some(nil)
      $0.files["/proc/loadavg"] = "3.00 3.00 3.00 1/100 4000\n"
    },
    Scenario("tcp_tw_recycle without timestamps", raises: [], .pass) {
      $0.files["/proc/sys/net/ipv4/tcp_tw_recycle"] = "1\n"
      $0.files["/proc/sys/net/ipv4/tcp_timestamps"] = "0\n"
    },
    Scenario("one address of the probes' range held here", raises: [], .pass) {
      $0.interfaces[2].addresses.append("100.101.102.103/32")
    },
    Scenario("queues that overflowed some day", raises: [], .pass) {
      $0.files["/proc/net/netstat"] = "TcpExt: ListenOverflows TCPReqQFullDrop\nTcpExt: 7 3\n"
    },
  ]

  private static let address: [Scenario] = [
    Scenario(
      "an address that is elsewhere", raises: ["address.not-on-host"], .fail, outcome: .refused,
      host: { $0.interfaces[1].addresses = ["10.0.0.9/24"] }),
    Scenario(
      "an address that is the host's own by a local route alone, for which no route was asked",
      raises: ["routing.no-route-back"], .unknown
    ) {
      $0.interfaces.removeLast()
      $0.interfaces[1].addresses = ["10.0.0.9/24"]
      $0.routes = [
        FakeRoute("default", via: "10.0.0.1", by: 2), FakeRoute("10.0.0.0/24", by: 2),
        FakeRoute("10.0.0.5/32", by: 1, table: 255, type: 2),
      ]
    },
    Scenario(
      "an address that duplicate address detection has not passed",
      raises: ["address.not-ready"], .fail, address: "fd00:5::5", outcome: .refused
    ) {
      $0.sources = [AddressPrefix(.v6(0xFD64 << 112), length: 64)].compactMap(\.self)
      $0.sockets = [FakeSocket("::", 80)]
      $0.interfaces[1].isTentative = true
    },
    Scenario("a program that sees packets first", raises: ["address.xdp-program"], .unknown) {
      $0.interfaces[1].program = 17
    },
    Scenario("an interface that is down", raises: ["address.interface-down"], .fail) {
      $0.interfaces[1].flags = 0x1002
    },
    Scenario(
      "an interface without a carrier, whose address the kernel still answers for",
      raises: ["address.interface-down"], .warn
    ) { $0.interfaces[1].flags = 0x1003 },
  ]

  private static let listeningSocket: [Scenario] = [
    Scenario(
      "no listener", raises: ["listening-socket.missing"], .fail, outcome: .refused,
      host: { $0.sockets = [] }),
    Scenario(
      "another port", raises: ["listening-socket.other-port"], .fail, outcome: .refused,
      host: { $0.sockets = [FakeSocket("0.0.0.0", 8080)] }),
    Scenario(
      "loopback only", raises: ["listening-socket.loopback-only"], .fail, outcome: .refused,
      host: { $0.sockets = [FakeSocket("127.0.0.1", 80)] }),
    Scenario(
      "another address", raises: ["listening-socket.other-address"], .fail, outcome: .refused,
      host: { $0.sockets = [FakeSocket("10.1.0.6", 80)] }),
    Scenario(
      "IPv4 only for an IPv6 target", raises: ["listening-socket.other-address"], .fail,
      address: "fd00:5::5", outcome: .refused,
      host: { $0.sources = [AddressPrefix(.v6(0xFD64 << 112), length: 64)].compactMap(\.self) }),
    Scenario(
      "IPv6 only", raises: ["listening-socket.ipv6-only"], .fail, outcome: .refused,
      host: {
        $0.sockets = [FakeSocket("::", 80)]
        $0.sockets[0].isIPv6Only = true
      }),
    Scenario(
      "another device", raises: ["listening-socket.other-device"], .fail, outcome: .refused,
      host: { $0.sockets[0].device = 3 }),
    Scenario(
      "another namespace", raises: ["listening-socket.other-namespace"], .fail, outcome: .refused,
      host: {
        $0.sockets = []
        $0.otherNamespace = [FakeSocket("0.0.0.0", 80)]
      }),
    Scenario(
      "only SSH listens", raises: ["listening-socket.missing"], .fail, outcome: .refused,
      host: {
        $0.sockets = [FakeSocket("0.0.0.0", 22)]
        $0.files["/proc/812/comm"] = "sshd\n"
      }),
  ]

  private static let kernel: [Scenario] = [
    Scenario(
      "an accept queue over its limit", raises: ["accept-queue.overflowing"], .fail,
      outcome: .timedOut(.connecting, bytes: 0),
      host: {
        $0.sockets[0].waiting = 6
        $0.sockets[0].limit = 5
      }),
    Scenario("an accept queue near its limit", raises: ["accept-queue.nearly-full"], .warn) {
      $0.sockets[0].waiting = 410
    },
    Scenario("a full conntrack table", raises: ["conntrack.table-full"], .fail) {
      $0.files["/proc/sys/net/netfilter/nf_conntrack_count"] = "65536\n"
      $0.files["/proc/sys/net/netfilter/nf_conntrack_max"] = "65536\n"
    },
    Scenario("a crowded conntrack table", raises: ["conntrack.nearly-full"], .warn) {
      $0.files["/proc/sys/net/netfilter/nf_conntrack_count"] = "60000\n"
      $0.files["/proc/sys/net/netfilter/nf_conntrack_max"] = "65536\n"
    },
    Scenario(
      "tcp_tw_recycle with timestamps", raises: ["tcp.tw-recycle-with-timestamps"], .warn
    ) { $0.files["/proc/sys/net/ipv4/tcp_tw_recycle"] = "1\n" },
    Scenario(
      "tcp_tw_recycle that dropped SYNs", raises: ["tcp.tw-recycle-with-timestamps"], .warn
    ) {
      $0.files["/proc/sys/net/ipv4/tcp_tw_recycle"] = "1\n"
      $0.files["/proc/net/netstat"] = "TcpExt: PAWSPassive ListenOverflows\nTcpExt: 12 0\n"
    },
  ]
}
