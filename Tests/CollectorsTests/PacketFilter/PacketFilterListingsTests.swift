import Collectors
import Host
import TestSupport
import Testing

@Suite("Packet filter listings")
struct PacketFilterListingsTests {
  static let nft = ["nft", "-j", "list", "ruleset"]
  static let accepting = "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n"
  static let emptyNFT = #"{"nftables": [{"metainfo": {"version": "1.0.6"}}]}"#
  static let filterNFT = """
    {"nftables": [{"table": {"family": "ip", "name": "filter"}},
    {"chain": {"family": "ip", "table": "filter", "name": "INPUT", "hook": "input", "prio": 0}},
    {"rule": {"family": "ip", "table": "filter", "chain": "INPUT", "expr": [
    {"xt": {"type": "match", "name": "set"}}, {"drop": null}]}}]}
    """

  static func commands(in door: FakeDoor) -> [String] {
    door.log.calls.filter { !$0.hasPrefix("/") }
  }

  @Test("of a host without rules take one command")
  func empty() async {
    let door = FakeDoor(
      files: ["/proc/net/ip_tables_names": ""], commands: [Self.nft: .output(Self.emptyNFT)])
    let listings = await PacketFilterListings.read(from: door)
    #expect(Self.commands(in: door) == ["nft -j list ruleset"])
    #expect(listings.outlines.presence == .nothing)
    #expect(listings.legacyIPv4 == .value([], from: .file("/proc/net/ip_tables_names")))
    #expect(listings.legacyIPv6 == .value([], from: .file("/proc/net/ip6_tables_names")))
    #expect(listings.compatibleIPv4.value == [])
    #expect(listings.sets == nil)
  }

  @Test("of a host where nf_tables is not loaded take no command, for one would load it")
  func notLoaded() async throws {
    let door = CapturedHost.centOS7.door
    #expect(KernelModule.nfTables.evidenceOfAbsence(from: door) == .file("/proc/modules"))
    let listings = await PacketFilterListings.read(from: door)
    #expect(listings.nftables == .value([], from: .file("/proc/modules")))
    #expect(listings.compatibleIPv6 == .value([], from: .file("/proc/modules")))
  }

  @Test(
    "ask nf_tables where it is loaded, built in, or cannot be told",
    arguments: [
      FakeDoor(),
      FakeDoor(files: ["/proc/modules": "nf_tables 1 0 - Live 0x0\n"]),
      FakeDoor(files: ["/proc/modules": "x 1 0 - Live 0x0\n"]),
      FakeDoor(files: ["/proc/modules": "x 1\n", "/proc/sys/kernel/osrelease": "6.1.0-9\n"]),
      FakeDoor(files: [
        "/proc/modules": "x 1\n", "/proc/sys/kernel/osrelease": "6.1.0-9\n",
        "/lib/modules/6.1.0-9/modules.builtin": "kernel/net/netfilter/nf_tables.ko\n",
      ]),
    ])
  func asked(_ host: FakeDoor) async {
    var door = host
    door.commands = [Self.nft: .output(Self.emptyNFT)]
    let listings = await PacketFilterListings.read(from: door)
    #expect(listings.nftables.source == .command(Self.nft))
  }

  @Test("of both kinds of rules are all read, and sets where a rule looks at one")
  func both() async {
    let door = FakeDoor(
      files: ["/proc/net/ip_tables_names": "filter\n", "/proc/net/ip6_tables_names": "filter\n"],
      commands: [
        Self.nft: .output(Self.filterNFT), ["iptables-legacy-save"]: .output(Self.accepting),
        ["ip6tables-legacy-save"]: .output(Self.accepting),
        ["iptables-nft-save"]: .output(Self.accepting), ["ipset", "save"]: .output("create s\n"),
      ])
    let listings = await PacketFilterListings.read(from: door)
    #expect(
      Self.commands(in: door).sorted() == [
        "ip6tables-legacy-save", "ipset save", "iptables-legacy-save", "iptables-nft-save",
        "nft -j list ruleset",
      ])
    #expect(listings.sets?.value == Array("create s\n".utf8))
    #expect(listings.outlines.presence == .something)
    #expect(listings.legacyIPv4.value == Array(Self.accepting.utf8))
  }

  @Test(
    "take the tool without a kind in its name where it is of that kind",
    arguments: [
      ("iptables v1.4.21\n", true, false), ("iptables v1.8.7 (legacy)\n", true, false),
      ("iptables v1.8.4 (nf_tables)\n", false, true),
    ])
  func oneTool(version: String, isLegacy: Bool, isNFT: Bool) async {
    let door = FakeDoor(
      files: ["/proc/net/ip_tables_names": "filter\n"],
      commands: [
        Self.nft: .output(Self.filterNFT), ["iptables", "--version"]: .output(version),
        ["iptables-save"]: .output(Self.accepting),
      ])
    let listings = await PacketFilterListings.read(from: door)
    #expect((listings.legacyIPv4.source == .command(["iptables-save"])) == isLegacy)
    #expect((listings.legacyIPv4 == .absent(.command(["iptables-legacy-save"]))) == !isLegacy)
    #expect((listings.compatibleIPv4.source == .command(["iptables-save"])) == isNFT)
    #expect((listings.compatibleIPv4 == .absent(.command(["iptables-nft-save"]))) == !isNFT)
  }

  @Test("say that rules may be there whose tool is missing")
  func noTool() async {
    let door = FakeDoor(files: ["/proc/net/ip_tables_names": "filter\n"])
    let listings = await PacketFilterListings.read(from: door)
    #expect(
      listings.outlines.presence
        == .unknown([
          "iptables-legacy-save does not exist on this host",
          "nft -j list ruleset does not exist on this host",
        ]))
  }

  @Test("without the tool nft are nothing where the kernel itself says that there is no table")
  func noTables() async {
    let question = TableDump.request
    var door = FakeDoor(replies: [question.question: .value([], from: question.source)])
    let empty = await PacketFilterListings.read(from: door)
    #expect(empty.nftables == .value([], from: question.source))
    #expect(empty.outlines.presence == .nothing)
    #expect(Self.commands(in: door) == ["nft -j list ruleset", question.question])
    let table = NetlinkMessage(type: 0x0A00, payload: [2, 0, 0, 0])
    door.replies = [question.question: .value([table], from: question.source)]
    let listings = await PacketFilterListings.read(from: door)
    #expect(listings.nftables == .absent(.command(Self.nft)))
  }

  @Test(
    "tell a refusal from a failure",
    arguments: [
      (
        "Operation not permitted (you must be root)\nnetlink: Error: cache initialization failed\n",
        true
      ),
      (
        "iptables v1.4.21: can't initialize table `filter': Permission denied (you must be root)\n",
        true
      ),
      ("netlink: Error: cache initialization failed: No buffer space available\n", false),
    ])
  func refusals(said: String, isRefusal: Bool) async {
    let door = FakeDoor(commands: [Self.nft: .output(status: 1, standardError: said)])
    let listings = await PacketFilterListings.read(from: door)
    if isRefusal {
      #expect(listings.nftables.reasonMissing?.contains("CAP_NET_ADMIN") == true)
    } else {
      let line = String(said.dropLast())
      #expect(listings.nftables == .failed(.command(Self.nft), .exitStatus(1, line)))
    }
    #expect(listings.outlines.presence != .nothing)
  }

  @Test("name the raw socket where nf_tables could be listed and legacy rules not")
  func rawSocket() async {
    let refusal = Reading.output(
      status: 1, standardError: "iptables-save: Permission denied (you must be root)\n")
    var door = FakeDoor(
      files: ["/proc/net/ip_tables_names": "filter\n"],
      commands: [
        Self.nft: .output(Self.emptyNFT),
        ["iptables-legacy-save"]: refusal,
      ])
    var listings = await PacketFilterListings.read(from: door)
    #expect(listings.legacyIPv4 == .denied(.command(["iptables-legacy-save"]), needs: .netRaw))
    door.commands[Self.nft] = refusal
    listings = await PacketFilterListings.read(from: door)
    #expect(listings.legacyIPv4 == .denied(.command(["iptables-legacy-save"]), needs: .netAdmin))
    door.failures["/proc/net/ip_tables_names"] = .denied(.sysPtrace)
    listings = await PacketFilterListings.read(from: door)
    #expect(
      listings.legacyIPv4
        == .denied(.file("/proc/net/ip_tables_names"), needs: .dacReadSearch))
  }

  @Test("do not take the silence of nft for an empty ruleset", arguments: ["", " ", "{}"])
  func silence(_ text: String) async {
    let door = FakeDoor(commands: [Self.nft: .output(text)])
    let listings = await PacketFilterListings.read(from: door)
    guard case .unknown(let reasons) = listings.outlines.presence else {
      Issue.record("\(listings.outlines.presence)")
      return
    }
    #expect(reasons.count == 1)
    #expect(reasons.first?.hasPrefix("nft -j list ruleset: ") == true)
  }

  @Test("find rules though some could not be read")
  func partly() {
    let listings = PacketFilterListings(
      legacyIPv4: .value(
        Array("*raw\n:PREROUTING DROP [0:0]\nCOMMIT\n".utf8), from: .command(["x"])),
      legacyIPv6: .absent(.command(["y"])), nftables: .absent(.command(["z"])),
      compatibleIPv4: .absent(.command(["z"])), compatibleIPv6: .absent(.command(["z"])))
    #expect(listings.outlines.presence == .something)
    #expect(listings.outlines.redirection == nil)
  }

  @Test("are unknown where one is not understood")
  func unparsable() {
    let empty = Reading<[UInt8]>.value([], from: .command(["x"]))
    let listings = PacketFilterListings(
      legacyIPv4: .value(Array("*raw\n".utf8), from: .command(["x"])), legacyIPv6: empty,
      nftables: empty, compatibleIPv4: empty, compatibleIPv6: empty)
    #expect(
      listings.outlines.presence
        == .unknown(["x: line 1: \"\": expected COMMIT behind the table's rules"]))
  }
}
