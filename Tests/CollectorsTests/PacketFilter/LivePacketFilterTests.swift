import Collectors
import Host
import Testing

@Suite(
  "Packet filter of a real kernel", .timeLimit(.minutes(5)),
  .enabled(if: NetworkNamespace.isPossible, "needs root, ip, nft, iptables and ipset"))
struct LivePacketFilterTests {
  @Test("without rules is nothing, and stays so by being read")
  func empty() async throws {
    try await NetworkNamespace.with("empty") { namespace in
      let modules = LiveDoor().readFile("/proc/modules", limit: .standard)
      let listings = await PacketFilterListings.read(from: namespace)
      #expect(listings.outlines.presence == .nothing)
      #expect(ActiveOwners(listings.outlines).owners.isEmpty)
      let names = namespace.readFile("/proc/net/ip_tables_names", limit: .standard)
      #expect((names.value ?? []).isEmpty, "a table was registered by asking")
      let nft = try await namespace.shell("nft list tables")
      #expect(nft.isEmpty)
      #expect(LiveDoor().readFile("/proc/modules", limit: .standard) == modules)
    }
  }

  @Test("with tables that accept is nothing")
  func accepting() async throws {
    try await NetworkNamespace.with("accepting") { namespace in
      try await namespace.shell(
        """
        iptables-legacy -t nat -S >/dev/null; ip6tables-legacy -t filter -S >/dev/null
        iptables-nft -N mine; iptables-nft -A mine -j DROP; iptables-nft -P INPUT ACCEPT
        nft add table inet t; nft 'add chain inet t c { type filter hook input priority 0; }'
        """)
      let listings = await PacketFilterListings.read(from: namespace)
      #expect(listings.outlines.presence == .nothing)
      #expect(listings.legacyIPv4.value?.isEmpty == false)
      #expect(listings.legacyIPv6.value?.isEmpty == false)
      #expect(listings.compatibleIPv4.value?.isEmpty == false)
      #expect(listings.compatibleIPv6.value?.isEmpty == true, "nft shows no table of it")
      #expect(listings.outlines.all.allSatisfy { $0.value != nil })
    }
  }

  struct Ruleset: Sendable, CustomTestStringConvertible {
    var testDescription: String { commands }
    var commands: String
    var owner = PacketFilterOwner.handWritten
    var redirects = false
  }

  @Test(
    "with any rule or policy is something",
    arguments: [
      Ruleset(commands: "iptables-legacy -P INPUT DROP"),
      Ruleset(commands: "ip6tables-legacy -A INPUT -j REJECT"),
      Ruleset(commands: "iptables-legacy -t raw -A PREROUTING -s 192.0.2.0/24 -j DROP"),
      Ruleset(
        commands:
          "iptables-legacy -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 81",
        redirects: true),
      Ruleset(
        commands: "iptables-nft -t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to 10.0.0.1",
        redirects: true),
      Ruleset(commands: "ip6tables-nft -P FORWARD DROP"),
      Ruleset(
        commands: "iptables-nft -N ts-input; iptables-nft -A INPUT -j ts-input", owner: .tailscale),
      Ruleset(
        commands:
          "iptables-legacy -N YJ-FIREWALL-INPUT; iptables-legacy -A INPUT -j YJ-FIREWALL-INPUT",
        owner: .tencentHostSecurity),
      Ruleset(
        commands: "nft add table inet t; "
          + "nft 'add chain inet t c { type filter hook prerouting priority -5; policy drop; }'"),
      Ruleset(
        commands: "nft add table ip t; "
          + "nft 'add chain ip t c { type nat hook prerouting priority -100; }'; "
          + "nft add rule ip t c tcp dport 80 redirect to :81",
        redirects: true),
      Ruleset(
        commands: "nft add table netdev t; ip link add clbt0 type veth peer name clbt1; "
          + "nft 'add chain netdev t c { type filter hook ingress device clbt0 priority 0; policy drop; }'"
      ),
    ])
  func something(_ row: Ruleset) async throws {
    try await NetworkNamespace.with("rules\(UInt32.random(in: 0...UInt32.max))") { namespace in
      try await namespace.shell(row.commands)
      let outlines = await PacketFilterListings.read(from: namespace).outlines
      #expect(outlines.presence == .something)
      #expect(outlines.all.allSatisfy { $0.value != nil })
      #expect((outlines.redirection != nil) == row.redirects)
      #expect(ActiveOwners(outlines).owners.map(\.owner) == [row.owner])
    }
  }

  @Test("has its sets read where a rule looks at one")
  func sets() async throws {
    try await NetworkNamespace.with("sets") { namespace in
      try await namespace.shell("ipset create blocked hash:net; ipset add blocked 192.0.2.0/24")
      #expect(await PacketFilterListings.read(from: namespace).sets == nil)
      try await namespace.shell("iptables-nft -A INPUT -m set --match-set blocked src -j DROP")
      let sets = try #require(await PacketFilterListings.read(from: namespace).sets?.value)
      #expect(String(decoding: sets, as: UTF8.self).contains("add blocked 192.0.2.0/24"))
    }
  }

  @Test("tells its tables as nft does")
  func tables() async throws {
    let live = LiveDoor()
    let listed = await live.run(Command("nft", ["list", "tables"]))
    let names = try #require(listed.value?.standardOutput)
    let lines = String(decoding: names, as: UTF8.self).split(separator: "\n")
    let messages = try #require(live.ask(TableDump.request).value)
    #expect(messages.count == lines.count)
  }

  @Test("is not called empty by someone who may not look")
  func unprivileged() async throws {
    try await NetworkNamespace.with("unprivileged") { namespace in
      let door = Unprivileged(namespace: namespace)
      let listings = await PacketFilterListings.read(from: door)
      guard case .denied(_, needs: .netAdmin) = listings.nftables else {
        Issue.record("\(listings.nftables)")
        return
      }
      #expect(listings.outlines.presence != .nothing)
    }
  }
}

/// A namespace whose commands run without any capability.
private struct Unprivileged: HostDoor {
  let namespace: NetworkNamespace

  func run(_ command: Command) async -> Reading<CommandOutput> {
    var bare = command
    bare.tool = "setpriv"
    bare.arguments =
      ["--reuid", "65534", "--regid", "65534", "--clear-groups", "--bounding-set", "-all"]
      + [command.tool] + command.arguments
    return await namespace.run(bare)
  }

  func readFile(_ path: String, limit: FileLimit) -> Reading<[UInt8]> {
    namespace.readFile(path, limit: limit)
  }
  func listDirectory(_ path: String) -> Reading<[String]> { namespace.listDirectory(path) }
  func readLink(_ path: String) -> Reading<String> { namespace.readLink(path) }
  func readNumberedLinks(
    _ directory: String, _ numbers: Range<Int>, to targets: Set<String>
  ) -> Reading<[Int: String]> {
    namespace.readNumberedLinks(directory, numbers, to: targets)
  }
  func countEntries(_ directory: String) -> Reading<Int> { namespace.countEntries(directory) }
  func ask(_ request: NetlinkRequest) -> Reading<[NetlinkMessage]> { namespace.ask(request) }
}
