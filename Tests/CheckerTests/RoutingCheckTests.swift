import Addressing
import Checker
import Testing

@Suite("The routing check")
struct RoutingCheckTests {
  /// A host with the remedy of its first routing finding.
  struct Repair: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var summary: String
    var evidence: String
    var commands: [[String]]
    var undo: [String]
    var verify: String
    var address = "10.0.0.5"
    var host: @Sendable (inout FakeHost) -> Void
  }

  @Test("names the route, and what to type on this host", arguments: allRepairs)
  func repairs(_ repair: Repair) async throws {
    let scenario = Scenario(
      repair.testDescription, raises: [], .fail, address: repair.address, host: repair.host)
    let diagnosis = try await scenario.diagnose()
    let finding = try #require(diagnosis.findings.first { $0.id.hop == "routing" })
    #expect(finding.summary == repair.summary)
    #expect(finding.evidence.first?.text == repair.evidence)
    #expect(finding.remedies.map(\.commands) == repair.commands)
    #expect(finding.remedies.first?.undo == repair.undo)
    #expect(finding.remedies.first?.verify == repair.verify)
  }

  private static let loosen = [
    "sysctl -w net.ipv4.conf.eth0.rp_filter=2",
    "echo 'net.ipv4.conf.eth0.rp_filter = 2' >> /etc/sysctl.d/99-zz-clb.conf",
    "grep -rnF net.ipv4.conf.eth0.rp_filter /etc/sysctl.conf /etc/sysctl.d",
  ]

  private static let allRepairs = [
    Repair(
      testDescription: "a VPN that owns the sources",
      summary: "rp_filter 1 on eth0 drops probes from 100.64.0.0/10: the way back is by eth1",
      evidence: "100.64.0.0/10 dev eth1 table 52",
      commands: [
        [
          "ip route replace default via 10.0.0.1 dev eth0 table 100",
          "ip rule add from 10.0.0.5 to 100.64.0.0/10 lookup 100",
        ], loosen,
      ],
      undo: [
        "ip rule del from 10.0.0.5 to 100.64.0.0/10 lookup 100",
        "ip route del default via 10.0.0.1 dev eth0 table 100",
      ], verify: "ip route get 100.64.0.0 from 10.0.0.5",
      host: {
        $0.rules = [FakeRule(from: "10.0.0.5", table: 52)]
        $0.routes.append(FakeRoute("100.64.0.0/10", by: 3, table: 52))
      }),
    Repair(
      testDescription: "a second interface whose gateway a table names",
      summary: "answers to 100.64.0.0/10 leave by eth0, and probes come in by eth1",
      evidence: "default via 10.0.0.1 dev eth0",
      commands: [
        [
          "ip route replace default via 10.1.0.1 dev eth1 table 101",
          "ip rule add from 10.1.0.6 lookup 101",
        ]
      ],
      undo: [
        "ip rule del from 10.1.0.6 lookup 101",
        "ip route del default via 10.1.0.1 dev eth1 table 101",
      ], verify: "ip route get 100.64.0.0 from 10.1.0.6", address: "10.1.0.6",
      host: {
        $0.files["/proc/sys/net/ipv4/conf/all/rp_filter"] = "0\n"
        $0.routes.append(FakeRoute("default", via: "10.1.0.1", by: 3, table: 100))
      }),
    Repair(
      testDescription: "a second interface whose gateway nothing names",
      summary: "answers to 100.64.0.0/10 leave by eth0, and probes come in by eth1",
      evidence: "default via 10.0.0.1 dev eth0", commands: [[]], undo: [],
      verify: "ip route get 100.64.0.0 from 10.1.0.6", address: "10.1.0.6",
      host: { $0.files["/proc/sys/net/ipv4/conf/all/rp_filter"] = "0\n" }),
    Repair(
      testDescription: "a rule that sends the sources alone to another default route",
      summary: "answers to 100.64.0.0/10 leave by eth1, and probes come in by eth0",
      evidence: "default dev eth1 table 52",
      commands: [
        [
          "ip route replace default via 10.0.0.1 dev eth0 table 100",
          "ip rule add from 10.0.0.5 to 100.64.0.0/10 lookup 100",
        ]
      ],
      undo: [
        "ip rule del from 10.0.0.5 to 100.64.0.0/10 lookup 100",
        "ip route del default via 10.0.0.1 dev eth0 table 100",
      ], verify: "ip route get 100.64.0.0 from 10.0.0.5",
      host: {
        $0.files["/proc/sys/net/ipv4/conf/all/rp_filter"] = "0\n"
        $0.rules = [FakeRule(from: "10.0.0.5", to: "100.64.0.0/10", table: 52)]
        $0.routes.append(FakeRoute("0.0.0.0/0", by: 3, table: 52))
      }),
    Repair(
      testDescription: "no default route, and a gateway for other networks",
      summary: "no route leads from 10.0.0.5 back to 100.64.0.0/10, so rp_filter drops probes from "
        + "there",
      evidence: "100.64.0.0 from 10.0.0.5: no route",
      commands: [["ip route replace 100.64.0.0/10 via 10.0.0.9 dev eth0"]],
      undo: ["ip route del 100.64.0.0/10 via 10.0.0.9 dev eth0"],
      verify: "ip route get 100.64.0.0 from 10.0.0.5",
      host: {
        $0.routes.removeAll { $0.destination.length == 0 }
        $0.routes.append(FakeRoute("10.0.0.0/8", via: "10.0.0.9", by: 2))
      }),
    Repair(
      testDescription: "some of the sources, by a gateway that is on no network of the interface",
      summary: "answers to 100.64.0.0/16, 100.80.0.0/16 leave by eth1, and probes come in by eth0",
      evidence: "100.64.0.0/16 dev eth1",
      commands: [
        [
          "ip route replace default via 169.254.1.1 dev eth0 onlink table 100",
          "ip rule add from 10.0.0.5 to 100.64.0.0/10 lookup 100",
        ]
      ],
      undo: [
        "ip rule del from 10.0.0.5 to 100.64.0.0/10 lookup 100",
        "ip route del default via 169.254.1.1 dev eth0 onlink table 100",
      ], verify: "ip route get 100.64.0.0 from 10.0.0.5",
      host: {
        $0.files["/proc/sys/net/ipv4/conf/all/rp_filter"] = "0\n"
        $0.routes[0] = FakeRoute("default", via: "169.254.1.1", by: 2)
        $0.interfaces[1].addresses[0] = "10.0.0.5/32"
        $0.routes.append(FakeRoute("100.64.0.0/16", by: 3))
        $0.routes.append(FakeRoute("100.80.0.0/16", by: 3))
      }),
  ]

  @Test("writes no command with an interface's name that a shell would run")
  func hostileName() async throws {
    let scenario = Scenario("hostile", raises: [], .fail) {
      $0.interfaces[1].name = "a;reboot"
      $0.files["/proc/sys/net/ipv4/conf/a;reboot/rp_filter"] = "1\n"
      $0.routes.append(FakeRoute("100.64.0.0/10", by: 3))
    }
    let findings = try await scenario.diagnose().findings.filter { $0.id.hop == "routing" }
    #expect(findings.map(\.id.rawValue) == ["routing.reverse-path-filter"])
    #expect(findings.flatMap(\.remedies).flatMap(\.commands) == [])
  }

  @Test("says little of a healthy host")
  func healthy() async throws {
    let path = try #require(
      try await Scenario("healthy", raises: [], .pass).diagnose().targets.first?.path)
    let hop = try #require(path.first { $0.hop == "routing" })
    #expect(hop.summary == "answers leave by eth0, as probes come in")
    #expect(
      path.map(\.hop).prefix(5) == [
        "address", "conntrack", "packet-filter", "routing", "listening-socket",
      ])
  }

  @Test("says nothing of a target that is not on this host, of loopback, or of another family")
  func notOnTheWay() async throws {
    for address in ["10.7.7.7", "127.0.0.1"] {
      let scenario = Scenario(address, raises: [], .pass, address: address)
      let path = try #require(try await scenario.diagnose().targets.first?.path)
      #expect(!path.contains { $0.hop == "routing" }, "\(address)")
    }
  }

  @Test("tells how often the filter dropped, as evidence")
  func counted() async throws {
    let scenario = Scenario("counted", raises: [], .fail) {
      $0.routes.append(FakeRoute("100.64.0.0/10", by: 3))
      $0.files["/proc/net/netstat"] =
        "TcpExt: ListenOverflows IPReversePathFilter\nTcpExt: 0 17\n"
    }
    let finding = try #require(
      try await scenario.diagnose().findings.first { $0.id.hop == "routing" })
    #expect(
      finding.evidence.map(\.text) == [
        "100.64.0.0/10 dev eth1", "1", "TcpExt.IPReversePathFilter 17",
      ])
    #expect(finding.evidence[1].source == "/proc/sys/net/ipv4/conf/all/rp_filter")
  }
}
