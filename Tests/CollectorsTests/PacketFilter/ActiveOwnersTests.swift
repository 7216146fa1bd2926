import Collectors
import Host
import Testing

@Suite("Owners of packet-filter rules")
struct ActiveOwnersTests {
  static func owners(legacy: String = "", nft: String = "") -> ActiveOwners {
    let nothing = Reading<[UInt8]>.value([], from: .file("/proc/modules"))
    let listings = PacketFilterListings(
      legacyIPv4: .value(Array(legacy.utf8), from: .command(["iptables-save"])),
      legacyIPv6: nothing, nftables: .value(Array(nft.utf8), from: .command(["nft"])),
      compatibleIPv4: nothing, compatibleIPv6: nothing)
    return ActiveOwners(listings.outlines)
  }

  @Test(
    "are told by their chains",
    arguments: [
      ("ts-input", .tailscale), ("DOCKER-USER", .docker), ("DOCKER", .docker),
      ("f2b-sshd", .fail2ban),
      ("fail2ban-ssh", .fail2ban), ("KUBE-SERVICES", .kubernetes), ("cali-INPUT", .kubernetes),
      ("CILIUM_INPUT", .kubernetes), ("ufw-before-input", .ufw), ("ufw6-user-input", .ufw),
      ("IN_public", .firewalld), ("INPUT_ZONES", .firewalld),
      ("YJ-FIREWALL-INPUT", .tencentHostSecurity), ("LIBVIRT_INP", .libvirt),
      ("NETAVARK_FORWARD", .podman), ("mychain", nil), ("ts-inputs", nil), ("dockers", nil),
    ] as [(String, PacketFilterOwner?)])
  func chains(name: String, owner: PacketFilterOwner?) {
    let owners = Self.owners(
      legacy: "*filter\n:INPUT ACCEPT [0:0]\n:\(name) - [0:0]\n-A INPUT -j \(name)\nCOMMIT\n")
    #expect(owners.owners.map(\.owner) == [owner ?? .handWritten])
    #expect(
      owners.owners.first?.evidence
        == (owner == nil ? "-A INPUT -j \(name)" : ":\(name) - [0:0]"))
    #expect(owners.owners.first?.source == .command(["iptables-save"]))
  }

  @Test(
    "are told by their tables",
    arguments: [
      ("firewalld", .firewalld), ("docker-bridges", .docker), ("kube-proxy", .kubernetes),
      ("f2b-table", .fail2ban),
    ] as [(String, PacketFilterOwner)])
  func tables(name: String, owner: PacketFilterOwner) {
    let owners = Self.owners(
      nft: #"{"nftables": [{"table": {"family": "inet", "name": "\#(name)"}}]}"#)
    #expect(
      owners.owners == [
        .init(owner: owner, evidence: "table inet \(name)", source: .command(["nft"]))
      ])
  }

  @Test("are hands where a policy alone does not accept, and no one where there is nothing")
  func hands() {
    #expect(Self.owners().owners.isEmpty)
    #expect(Self.owners(legacy: "*raw\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n").owners.isEmpty)
    #expect(
      Self.owners(legacy: "*raw\n:OUTPUT DROP [0:0]\nCOMMIT\n")[.handWritten]?.evidence
        == ":OUTPUT DROP [0:0]")
  }

  @Test("of a real host are each named once")
  func realHost() throws {
    let host = CapturedHost.debian12
    let owners = ActiveOwners(
      PacketFilterListings(
        legacyIPv4: .value(
          try host.bytes("/commands/iptables-legacy-save.txt"), from: .command(["iptables-save"])),
        legacyIPv6: .value(
          try host.bytes("/commands/ip6tables-legacy-save.txt"), from: .command(["ip6tables-save"])),
        nftables: .value(try host.bytes("/commands/nft.json"), from: .command(["nft"])),
        compatibleIPv4: .value(
          try host.bytes("/commands/iptables-nft-save.txt"), from: .command(["nft-save"])),
        compatibleIPv6: .value([], from: .command(["nft"]))
      ).outlines)
    #expect(owners.owners.map(\.owner) == [.tailscale, .handWritten])
    #expect(owners[.tailscale]?.evidence == "chain ip filter ts-input")
    #expect(owners[.handWritten]?.source == .command(["iptables-save"]))
  }
}
