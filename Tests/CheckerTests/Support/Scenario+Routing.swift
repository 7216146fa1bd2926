import Addressing
import Checker
import Host
import LoadBalancer
import Probes

extension Scenario {
  static let routing: [Scenario] = strict + unrouted + captured + found + unknownWays

  /// Hosts whose reverse-path filter drops what another interface owns.
  private static let strict: [Scenario] = [
    Scenario(
      "strict, and another interface owns all sources", raises: ["routing.reverse-path-filter"],
      .fail, outcome: .timedOut(.connecting, bytes: 0),
      host: { $0.routes.append(FakeRoute("100.64.0.0/10", by: 3)) }),
    Scenario(
      "strict on the interface alone", raises: ["routing.reverse-path-filter"], .fail,
      outcome: .timedOut(.connecting, bytes: 0),
      host: {
        $0.files["/proc/sys/net/ipv4/conf/all/rp_filter"] = "0\n"
        $0.files["/proc/sys/net/ipv4/conf/eth0/rp_filter"] = "1\n"
        $0.routes.append(FakeRoute("100.64.0.0/10", by: 3))
      }),
    Scenario(
      "strict, and another interface owns some sources", raises: ["routing.reverse-path-filter"],
      .warn
    ) { $0.routes.append(FakeRoute("100.64.0.0/16", by: 3)) },
    Scenario(
      "strict on a second interface without a table of its own",
      raises: ["routing.reverse-path-filter"], .fail, address: "10.1.0.6",
      outcome: .timedOut(.connecting, bytes: 0)),
    Scenario(
      "strict, and the narrow source of a target has another way",
      raises: ["routing.reverse-path-filter"], .fail, outcome: .timedOut(.connecting, bytes: 0),
      host: {
        $0.sources = AddressPrefix(parsing: "10.1.0.100").map { [$0] } ?? []
      }),
    Scenario(
      "some sources without a way and the others dropped",
      raises: ["routing.no-route-back", "routing.reverse-path-filter"], .fail,
      outcome: .timedOut(.connecting, bytes: 0),
      host: {
        $0.routes.append(FakeRoute("100.64.0.0/10", by: 3))
        $0.routes.append(FakeRoute("100.64.0.0/11", type: 7))
      }),
  ]

  private static let unrouted: [Scenario] = [
    Scenario(
      "no default route", raises: ["routing.no-route-back"], .fail,
      outcome: .timedOut(.connecting, bytes: 0),
      host: { $0.routes.removeAll { $0.destination.length == 0 } }),
    Scenario(
      "sources that a blackhole takes", raises: ["routing.no-route-back"], .fail,
      outcome: .timedOut(.connecting, bytes: 0),
      host: { $0.routes.append(FakeRoute("100.64.0.0/10", type: 6)) }),
    Scenario("some sources that are unreachable", raises: ["routing.no-route-back"], .warn) {
      $0.routes.append(FakeRoute("100.80.0.0/16", type: 7))
    },
    Scenario("some sources that are prohibited", raises: ["routing.no-route-back"], .warn) {
      $0.routes.append(FakeRoute("100.80.0.0/16", type: 8))
    },
    Scenario(
      "no IPv6 route back to an IPv6 source", raises: ["routing.no-route-back"], .fail,
      address: "fd00:5::5", outcome: .timedOut(.connecting, bytes: 0),
      host: {
        $0.sockets = [FakeSocket("::", 80)]
        $0.sources = AddressPrefix(parsing: "2001:db8::/32").map { [$0] } ?? []
        $0.routes.removeAll { $0.destination.length == 0 }
      }),
  ]

  /// Hosts that take every probe, and answer some by another interface.
  private static let captured: [Scenario] = [
    Scenario(
      "loose, and another interface owns all sources", raises: ["routing.sources-captured"], .warn
    ) {
      $0.files["/proc/sys/net/ipv4/conf/eth0/rp_filter"] = "2\n"
      $0.routes.append(FakeRoute("100.64.0.0/10", by: 3))
    },
    Scenario(
      "no filter, and a join network owns some sources", raises: ["routing.sources-captured"], .warn
    ) {
      $0.files["/proc/sys/net/ipv4/conf/all/rp_filter"] = "0\n"
      $0.routes.append(FakeRoute("100.64.0.0/16", by: 3))
    },
    Scenario(
      "no filter, and a hundred peers of a VPN are in a table of their own",
      raises: ["routing.sources-captured", "routing.sources-captured"], .warn
    ) {
      $0.files["/proc/sys/net/ipv4/conf/all/rp_filter"] = "0\n"
      $0.rules = [FakeRule(from: "10.0.0.5", table: 52)]
      $0.routes += (0..<100).map { FakeRoute("100.100.\($0).7", by: 3, table: 52) }
    },
    Scenario(
      "no filter, and a rule sends answers to some sources elsewhere",
      raises: ["routing.sources-captured"], .warn
    ) {
      $0.files["/proc/sys/net/ipv4/conf/all/rp_filter"] = "0\n"
      $0.rules = [FakeRule(from: "10.0.0.5", to: "100.96.0.0/12", table: 52)]
      $0.routes.append(FakeRoute("0.0.0.0/0", by: 3, table: 52))
    },
    Scenario("two ways at once", raises: ["routing.sources-captured"], .warn) {
      $0.routes.append(FakeRoute("100.64.0.0/10", via: "10.0.0.1", by: 2, 3))
    },
    Scenario(
      "IPv6, which knows no filter", raises: ["routing.sources-captured"], .warn,
      address: "fd00:5::5"
    ) {
      $0.sockets = [FakeSocket("::", 80)]
      $0.sources = AddressPrefix(parsing: "2001:db8::/32").map { [$0] } ?? []
      $0.routes.append(FakeRoute("2001:db8::/32", by: 3))
    },
  ]

  private static let found: [Scenario] = [
    Scenario("a second interface with a table of its own", raises: [], .pass, address: "10.1.0.6") {
      $0.rules = [FakeRule(from: "10.1.0.6", table: 100)]
      $0.routes.append(FakeRoute("default", via: "10.1.0.1", by: 3, table: 100))
    },
    Scenario("a route to the sources by the right interface", raises: [], .pass) {
      $0.routes.append(FakeRoute("100.64.0.0/10", via: "10.0.0.1", by: 2))
    },
    Scenario("an IPv6 source and its default route", raises: [], .pass, address: "fd00:5::5") {
      $0.sockets = [FakeSocket("::", 80)]
      $0.sources = AddressPrefix(parsing: "2001:db8::/32").map { [$0] } ?? []
    },
    Scenario(
      "an address on lo of a host with one interface", raises: [], .pass, address: "10.9.9.9"
    ) {
      $0.interfaces.removeLast()
      $0.interfaces[0].addresses.append("10.9.9.9/32")
    },
  ]

  private static let unknownWays: [Scenario] = [
    Scenario("routes that are refused", raises: ["routing.no-route-back"], .unknown) {
      $0.refusedQuestions = ["rtnetlink(7) IPv4 routes"]
    },
    Scenario("rules that are refused", raises: ["routing.no-route-back"], .unknown) {
      $0.refusedQuestions = ["rtnetlink(7) IPv4 rules"]
    },
    Scenario(
      "another way, and an rp_filter that is nonsense",
      raises: ["routing.sources-captured", "routing.reverse-path-filter"], .warn
    ) {
      $0.files["/proc/sys/net/ipv4/conf/eth0/rp_filter"] = "many\n"
      $0.routes.append(FakeRoute("100.64.0.0/10", by: 3))
    },
    Scenario(
      "an address on lo of a host with two interfaces", raises: ["routing.reverse-path-filter"],
      .unknown, address: "10.9.9.9"
    ) { $0.interfaces[0].addresses.append("10.9.9.9/32") },
    Scenario(
      "an address on a dummy interface beside two others",
      raises: ["routing.reverse-path-filter"], .unknown, address: "10.9.9.9"
    ) {
      $0.interfaces.append(
        FakeInterface(
          index: 4, name: "dummy0", flags: 0x1_0083, addresses: ["10.9.9.9/32"], kind: "dummy"))
    },
    Scenario("an interface of a VRF", raises: ["routing.no-route-back"], .unknown) {
      $0.interfaces[1].master = 4
      $0.interfaces.append(
        FakeInterface(index: 4, name: "blue", flags: 0x1_0041, addresses: [], kind: "vrf"))
    },
    Scenario(
      "forty routes to some sources, all by the right interface",
      raises: ["routing.sources-captured"], .unknown
    ) { host in
      host.routes += (0..<40).map { FakeRoute("100.100.\($0).7", via: "10.0.0.1", by: 2) }
    },
  ]
}
