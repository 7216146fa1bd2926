import Addressing
import PacketFilter
import Testing

/// A ruleset, a question and the answers that the kernel gives.
struct Row: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let listings: FilterListings
  let asked: String
  let interface: String
  let expected: [String]

  init(
    _ name: String, _ listings: FilterListings,
    _ asked: String = "100.64.0.10 -> 10.0.0.5:80/tcp", by interface: String = "eth0",
    _ expected: String...
  ) {
    testDescription = name
    self.listings = listings
    self.asked = asked
    self.interface = interface
    self.expected = expected
  }

  func check() {
    let found = answers(listings, Asked(asked, by: interface)).map(\.brief)
    #expect(found == expected)
  }
}

@Suite("iptables rules mean what the kernel does")
struct IptablesSemanticsTests {
  @Test("verdicts, chains and policies", arguments: chains)
  func checkChains(_ row: Row) { row.check() }

  static let chains: [Row] = [
    Row("no rule at all", .legacy(iptables()), "100.64.0.10: accept"),
    Row(
      "a policy applies at the chain's end", .legacy(iptables(policies: ["INPUT": "DROP"])),
      "100.64.0.10: drop"),
    Row(
      "return in a base chain means the policy",
      .legacy(iptables("-A INPUT -j RETURN", "-A INPUT -j ACCEPT", policies: ["INPUT": "DROP"])),
      "100.64.0.10: drop"),
    Row(
      "after a jump the next rule runs",
      .legacy(iptables("-A INPUT -j k", "-A INPUT -j DROP", "-A k -p udp -j ACCEPT")),
      "100.64.0.10: drop"),
    Row(
      "after a goto the caller's caller goes on: here the policy",
      .legacy(iptables("-A INPUT -g k", "-A INPUT -j DROP", "-A k -p udp -j ACCEPT")),
      "100.64.0.10: accept"),
    Row(
      "a goto inside a jumped chain comes back behind the jump",
      .legacy(
        iptables("-A INPUT -j k", "-A INPUT -j DROP", "-A k -g m", "-A k -j ACCEPT", "-A m -p udp")),
      "100.64.0.10: drop"),
    Row(
      "accept ends one table only",
      .legacy(iptables("-A INPUT -j ACCEPT"), iptables("-A INPUT -j DROP", table: "security")),
      "100.64.0.10: drop"),
    Row(
      "the rule of Tailscale that eats health checks",
      .legacy(
        iptables(
          "-A INPUT -j ts-input", "-A ts-input -s 100.115.92.0/23 ! -i tailscale0 -j RETURN",
          "-A ts-input -s 100.64.0.0/10 ! -i tailscale0 -j DROP")),
      "100.0.0.0/8 -> 10.0.0.5:80/tcp",
      "100.0.0.0/10, 100.115.92.0/23, 100.128.0.0/9: accept",
      "100.64.0.0/11, 100.96.0.0/12, 100.112.0.0/15, 100.114.0.0/16, 100.115.0.0/18, "
        + "100.115.64.0/20, 100.115.80.0/21, 100.115.88.0/22, 100.115.94.0/23, 100.115.96.0/19, "
        + "100.115.128.0/17, 100.116.0.0/14, 100.120.0.0/13: drop"),
    Row(
      "a chain that calls itself is no verdict",
      .legacy(iptables("-A INPUT -j k", "-A k -j k")),
      "100.64.0.10: undecided because chains that call each other without end, as k"),
    Row(
      "a jump to a chain that is not listed is no verdict",
      .legacy(iptables("-A INPUT -j gone", "-A INPUT -j DROP")),
      "100.64.0.10: undecided because gone, neither a chain nor a known target"),
  ]

  @Test("matches", arguments: matches)
  func checkMatches(_ row: Row) { row.check() }

  static let matches: [Row] = [
    Row(
      "a mask with gaps",
      .legacy(iptables("-A INPUT -s 100.0.0.10/255.0.0.255 -j DROP")),
      "100.64.0.8/30 -> 10.0.0.5:80/tcp",
      "100.64.0.8/31, 100.64.0.11: accept", "100.64.0.10: drop"),
    Row(
      "an old negation behind the option", .legacy(iptables("-A INPUT -s ! 100.64.0.0/10 -j DROP")),
      "100.64.0.10: accept"),
    Row(
      "an interface with a plus is a prefix", .legacy(iptables("-A INPUT -i eth+ -j DROP")),
      "100.64.0.10: drop"),
    Row(
      "a fragment rule takes no whole packet", .legacy(iptables("-A INPUT -f -j DROP")),
      "100.64.0.10: accept"),
    Row(
      "multiport takes either port",
      .legacy(iptables("-A INPUT -p tcp -m multiport --ports 22,80:90 -j DROP")),
      "100.64.0.10: drop"),
    Row(
      "a first packet is new, its answer established",
      .legacy(
        iptables(
          "-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT",
          "-A INPUT -m conntrack --ctstate NEW -p tcp --dport 80 -j ACCEPT",
          "-A OUTPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT",
          policies: ["INPUT": "DROP", "OUTPUT": "DROP"])),
      "100.64.0.10: accept"),
    Row(
      "without a rule for the answer the client sees silence",
      .legacy(
        iptables(
          "-A INPUT -p tcp --dport 80 -j ACCEPT", policies: ["INPUT": "DROP", "OUTPUT": "DROP"])),
      "100.64.0.10: drop (reply)"),
    Row(
      "an address range",
      .legacy(iptables("-A INPUT -m iprange --src-range 100.64.0.9-100.64.0.10 -j DROP")),
      "100.64.0.8/30 -> 10.0.0.5:80/tcp", "100.64.0.8, 100.64.0.11: accept",
      "100.64.0.9, 100.64.0.10: drop"),
    Row(
      "an address of this host is local, whatever interface it is on",
      .legacy(iptables("-A INPUT -m addrtype ! --dst-type LOCAL -j DROP")), "100.64.0.10: accept"),
    Row(
      "a packet from outside has no owner",
      .legacy(iptables("-A INPUT -m owner --uid-owner 0 -j DROP")),
      "100.64.0.10: accept"),
    Row(
      "recent that only notes the source always holds",
      .legacy(iptables("-A INPUT -m recent --set --name x --rsource -j DROP")), "100.64.0.10: drop"),
    Row(
      "a type of ICMP", .legacy(iptables("-A INPUT -p icmp -m icmp --icmp-type 8 -j DROP")),
      "100.64.0.10 -> 10.0.0.5/icmp", "100.64.0.10: drop"),
    Row(
      "quoted comments do not end a rule",
      .legacy(iptables("-A INPUT -m comment --comment \"a \\\"b\\\" -j ACCEPT\" -p tcp -j DROP")),
      "100.64.0.10: drop"),
    Row(
      "marks are set and matched under masks",
      .legacy(
        iptables("-A PREROUTING -j MARK --set-xmark 0x4000/0x4000", table: "mangle"),
        iptables("-A INPUT -m mark --mark 0x4000/0xc000 -j DROP")),
      "100.64.0.10: drop"),
    Row(
      "what is not known is named",
      .legacy(iptables("-A INPUT -m frobnicate --level 3 -j DROP")),
      "100.64.0.10: undecided because frobnicate"),
    Row(
      "and does not matter where nothing depends on it",
      .legacy(
        iptables(
          "-A INPUT -m frobnicate --level 3 -j LOG", "-A INPUT -m limit --limit 1/s -j k",
          "-A k -j LOG")),
      "100.64.0.10: accept"),
    Row(
      "a limit in front of accept leaves it open",
      .legacy(iptables("-A INPUT -m limit --limit 1/s -j ACCEPT", policies: ["INPUT": "DROP"])),
      "100.64.0.10: depends because limit"),
    Row(
      "and decides where both ways end alike",
      .legacy(iptables("-A INPUT -m limit --limit 1/s -j DROP", policies: ["INPUT": "DROP"])),
      "100.64.0.10: drop"),
  ]

  @Test("refusals, tracking and translation", arguments: ways)
  func checkWays(_ row: Row) { row.check() }

  static let ways: [Row] = [
    Row(
      "reject names its error", .legacy(iptables("-A INPUT -j REJECT")),
      "100.64.0.10: reject icmp-port-unreachable"),
    Row(
      "a reset", .legacy(iptables("-A INPUT -p tcp -j REJECT --reject-with tcp-reset")),
      "100.64.0.10: reject tcp-reset"),
    Row(
      "the refusal is related, so an output that wants established drops it",
      .legacy(
        iptables(
          "-A INPUT -j REJECT", "-A OUTPUT -m state --state ESTABLISHED -j ACCEPT",
          policies: ["OUTPUT": "DROP"])),
      "100.64.0.10: drop (reply)"),
    Row(
      "an untracked packet is not new",
      .legacy(
        iptables("-A PREROUTING -j CT --notrack", table: "raw"),
        iptables("-A INPUT -m state --state NEW -j ACCEPT", policies: ["INPUT": "DROP"])),
      "100.64.0.10: drop"),
    Row(
      "its answer is invalid for TCP",
      .legacy(
        iptables("-A PREROUTING -j NOTRACK", table: "raw"),
        iptables("-A OUTPUT -m state --state INVALID -j DROP")),
      "100.64.0.10: drop (reply)"),
    Row(
      "and new for UDP",
      .legacy(
        iptables("-A PREROUTING -j NOTRACK", table: "raw"),
        iptables("-A OUTPUT -m state --state INVALID -j DROP")),
      "100.64.0.10 -> 10.0.0.5:53/udp", "100.64.0.10: accept"),
    Row(
      "Docker publishes a port: the forward chain decides",
      .legacy(
        iptables(
          "-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER",
          "-A DOCKER ! -i docker0 -p tcp --dport 80 -j DNAT --to-destination 10.1.0.9:8080",
          table: "nat"),
        iptables(
          "-A FORWARD -d 10.1.0.9/32 -o eth1 -p tcp --dport 8080 -j ACCEPT",
          policies: ["INPUT": "DROP", "FORWARD": "DROP"])),
      "100.64.0.10: forward to 10.1.0.9:8080"),
    Row(
      "a redirect stays on this host",
      .legacy(
        iptables("-A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 8080", table: "nat"),
        iptables("-A INPUT -p tcp --dport 80 -j DROP")),
      "100.64.0.10: accept to 10.0.0.5:8080"),
    Row(
      "the state DNAT holds behind a translation",
      .legacy(
        iptables("-A PREROUTING -p tcp -j REDIRECT --to-ports 8080", table: "nat"),
        iptables("-A INPUT -m conntrack --ctstate DNAT -j DROP")),
      "100.64.0.10: drop"),
    Row(
      "a translation to the same place is none",
      .legacy(
        iptables("-A PREROUTING -p tcp -j REDIRECT", table: "nat"),
        iptables("-A INPUT -m conntrack --ctstate DNAT -j DROP")),
      "100.64.0.10: accept"),
    Row(
      "a refusal belongs to its connection before any hook",
      .legacy(
        iptables("-A OUTPUT -m state --state RELATED -j DROP", table: "raw"),
        iptables("-A INPUT -j REJECT")),
      "100.64.0.10: drop (reply)"),
    Row(
      "a reset for an answer may itself be refused to the client",
      .legacy(
        iptables(
          "-A OUTPUT -p tcp -j REJECT --reject-with tcp-reset", "-A INPUT -i lo -j REJECT")),
      "100.64.0.10: undecided because refusal of an answer"),
    Row(
      "one of several backends is not told",
      .legacy(
        iptables(
          "-A PREROUTING -m statistic --mode random --probability 0.5 -j DNAT --to-destination 10.1.0.8",
          "-A PREROUTING -j DNAT --to-destination 10.1.0.9", table: "nat")),
      "100.64.0.10: depends because statistic"),
    Row(
      "a translation to 127.0.0.0/8 is not routed",
      .legacy(iptables("-A PREROUTING -j DNAT --to-destination 127.0.0.1", table: "nat")),
      "100.64.0.10: drop"),
    Row(
      "forwarding", .legacy(iptables(policies: ["INPUT": "DROP"])),
      "100.64.0.10 -> 10.1.0.9:80/tcp",
      "100.64.0.10: forward to 10.1.0.9:80"),
    Row(
      "the kernel takes no packet from its own address", .legacy(iptables()),
      "10.0.0.4/31 -> 10.0.0.5:80/tcp",
      "10.0.0.4: accept", "10.0.0.5: drop"),
    Row(
      "source ports that a rule asks for",
      .legacy(iptables("-A INPUT -p tcp --sport 2000 -j DROP")),
      "100.64.0.10: depends because source-port"),
    Row(
      "IPv6",
      .legacy6(iptables("-A INPUT -s fd00::/8 -j REJECT --reject-with icmp6-adm-prohibited")),
      "fd00:5::77 -> [fd00:5::5]:80/tcp", "fd00:5::77: reject icmp6-adm-prohibited"),
    Row(
      "IPv4 rules do not see IPv6", .legacy(iptables("-A INPUT -j DROP")),
      "fd00:5::77 -> [fd00:5::5]:80/tcp", "fd00:5::77: accept"),
  ]

  @Test("sets of ipset", arguments: sets)
  func checkSets(_ row: Row) { row.check() }

  static let sets: [Row] = [
    Row(
      "networks with an exception",
      .legacy(iptables("-A INPUT -m set --match-set s src -j DROP")).with(
        ipset: "create s hash:net family inet\nadd s 100.64.0.0/24\nadd s 100.64.0.8/30 nomatch\n"),
      "100.64.0.0/28 -> 10.0.0.5:80/tcp", "100.64.0.0/29, 100.64.0.12/30: drop",
      "100.64.0.8/30: accept"),
    Row(
      "addresses behind other blanks than the line before",
      .legacy(iptables("-A INPUT -m set --match-set s src -j DROP")).with(
        ipset: "create s hash:ip family inet\nadd s 100.64.0.1\nadd  s  100.64.0.2\n"
          + "add s 100.64.0.4 timeout 5\nadd s 100.64.0.8\n"),
      "100.64.0.0/28 -> 10.0.0.5:80/tcp",
      "100.64.0.0, 100.64.0.3, 100.64.0.5, 100.64.0.6/31, 100.64.0.9, 100.64.0.10/31, "
        + "100.64.0.12/30: accept", "100.64.0.1, 100.64.0.2, 100.64.0.4, 100.64.0.8: drop"),
    Row(
      "address and port, the port with its protocol",
      .legacy(iptables("-A INPUT -m set --match-set s src,dst -j DROP")).with(
        ipset:
          "create s hash:ip,port family inet\nadd s 100.64.0.10,tcp:80\nadd s 100.64.0.11,udp:80\n"),
      "100.64.0.10/31 -> 10.0.0.5:80/tcp", "100.64.0.10: drop", "100.64.0.11: accept"),
    Row(
      "a negated set",
      .legacy(iptables("-A INPUT -m set ! --match-set s src -j DROP")).with(
        ipset: "create s hash:ip family inet\nadd s 100.64.0.10\n"),
      "100.64.0.10/31 -> 10.0.0.5:80/tcp", "100.64.0.10: accept", "100.64.0.11: drop"),
    Row(
      "a set that is not listed",
      .legacy(iptables("-A INPUT -m set --match-set s src -j DROP")),
      "100.64.0.10: undecided because set s, which is not in the listing of ipset"),
    Row(
      "a set that rules add to",
      .legacy(
        iptables("-A INPUT -m set --match-set s src -j DROP", "-A FORWARD -j SET --add-set s src")
      ).with(ipset: "create s hash:ip family inet timeout 60\n"),
      "100.64.0.10: depends because set s"),
  ]
}
