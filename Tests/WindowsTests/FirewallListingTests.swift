import Addressing
import Host
import Testing
import Windows

@Suite("netsh advfirewall")
struct FirewallListingTests {
  @Test("profiles are read with their state and policy")
  func profiles() throws {
    let listing = try FirewallProfileListing(
      parsing: Sample.text("some-sources", .profiles), expecting: FirewallProfile.Kind.allCases)
    #expect(listing.profiles.map(\.kind) == [.domain, .private, .public])
    #expect(listing.profiles.map(\.isOn) == [false, true, true])
    #expect(listing.profiles.allSatisfy { $0.inbound == .block && $0.outbound == "AllowOutbound" })
    let active = try FirewallProfileListing(parsing: Sample.text("some-sources", .activeProfiles))
    #expect(active.profiles.map(\.kind) == [.public])
  }

  private static let block = """

    Domain Profile Settings:
    ----------------------------------------------------------------------
    State                                 ON
    Firewall Policy                       BlockInboundAlways,AllowOutbound
    LocalFirewallRules                    Disable

    """

  @Test("a policy that asks no rules, and one that leaves this host's rules out")
  func policies() throws {
    let listing = try FirewallProfileListing(parsing: Sample.text(Self.block + "Ok.\n\n"))
    #expect(listing.profiles.first?.inbound == .blockAlways)
    #expect(listing.profiles.first?.ignoresLocalRules == true)
  }

  struct Translated: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let line: Int
  }

  static let translatedProfiles = [
    Translated(
      testDescription: "German",
      text: "\nDomänenprofil-Einstellungen:\n---\nStatus   EIN\n\nOK.\n", line: 2),
    Translated(
      testDescription: "French",
      text: "\nParamètres Profil de domaine :\n---\nÉtat   Actif\n\nOk.\n", line: 2),
    Translated(
      testDescription: "Japanese", text: "\nドメイン プロファイル 設定:\n---\n状態   オン\n\nOK\n", line: 2),
    Translated(
      testDescription: "a translated state", text: block.replacing(" ON", with: " EIN") + "Ok.\n",
      line: 4),
    Translated(
      testDescription: "a translated label",
      text: block.replacing("Firewall Policy", with: "Firewallrichtlinie") + "Ok.\n", line: 7),
  ]

  @Test("profiles of another language are refused, with a way round", arguments: translatedProfiles)
  func refusesProfiles(_ sample: Translated) throws {
    let failure = #expect(throws: ParseFailure.self) {
      try FirewallProfileListing(parsing: Sample.text(sample.text))
    }
    #expect(failure?.line == sample.line)
    #expect(failure?.expected.contains("chcp 437") == true)
  }

  static let translatedRules = [
    Translated(
      testDescription: "German", text: "\nRegelname:   Web\n---\nAktiviert:   Ja\nOK.\n", line: 2),
    Translated(
      testDescription: "French", text: "\nNom de la règle :   Web\n---\nActivé :   Oui\nOk.\n",
      line: 2),
    Translated(testDescription: "Chinese", text: "\n规则名称:   Web\n---\n已启用:   是\n确定。\n", line: 2),
    Translated(testDescription: "Japanese", text: "\n規則名:   Web\n---\n有効:   はい\nOK\n", line: 2),
    Translated(
      testDescription: "English labels with German words",
      text: Sample.rule(["Enabled": "Ja"]) + "\nOk.\n", line: 4),
    Translated(
      testDescription: "an English rule with a German one behind it",
      text: Sample.rule() + "\nRegelname:   Web\n---\nOk.\n", line: 20),
  ]

  @Test("rules of another language are refused, with a way round", arguments: translatedRules)
  func refusesRules(_ sample: Translated) throws {
    let failure = #expect(throws: ParseFailure.self) {
      try FirewallRuleListing(parsing: Sample.text(sample.text))
    }
    #expect(failure?.line == sample.line)
    #expect(failure?.expected.contains("chcp 437") == true)
  }

  @Test("rules are read with every field")
  func rules() throws {
    let rules = try FirewallRuleListing(parsing: Sample.text("healthy", .rules)).rules
    #expect(rules.count == 7)
    let web = try #require(rules.first)
    #expect(web.name == "World Wide Web Services (HTTP Traffic-In)")
    #expect(web.program == "System" && web.service == nil && web.interfaceTypes.isEmpty)
    #expect(web.localPorts == [.ports(PortRange(80))] && web.transport == .tcp)
    #expect(!web.needsAuthentication && !web.isFromGroupPolicy && web.unknownFields.isEmpty)
    #expect(rules[1].service == "TermService")
    #expect(rules[2].messages == [.init(type: 8, code: nil)] && !rules[2].isEnabled)
    #expect(rules[2].profiles == [.domain])
    #expect(rules[4].remoteAddresses == [.keyword("LocalSubnet")])
    #expect(rules[5].localPorts == [.keyword("RPC")])
    #expect(rules[6].direction == .outbound)
  }

  @Test("addresses are read as prefixes, masks, ranges and words")
  func addresses() throws {
    let list = "10.0.0.5,10.1.0.0/16,10.2.0.0/255.255.0.0,10.3.0.1-10.3.0.9,fe80::/64,LocalSubnet"
    let rule = try #require(try Sample.rules(Sample.rule(["RemoteIP": list])).first)
    let sets = rule.remoteAddresses.compactMap { term -> String? in
      if case .addresses(let set) = term { return set.description }
      return nil
    }
    #expect(
      sets == [
        "10.0.0.5", "10.1.0.0/16", "10.2.0.0/16", "10.3.0.1, 10.3.0.2/31, 10.3.0.4/30, 10.3.0.8/31",
        "fe80::/64",
      ])
    #expect(rule.remoteAddresses.last == .keyword("LocalSubnet"))
  }

  @Test("ports are read as numbers, ranges and words")
  func ports() throws {
    let rule = try #require(
      try Sample.rules(Sample.rule(["LocalPort": "80,8000-8080,RPC-EPMap"])).first)
    #expect(
      rule.localPorts == [
        .ports(PortRange(80)), PortRange(8000, 8080).map { .ports($0) } ?? .any,
        .keyword("RPC-EPMap"),
      ])
  }

  struct Broken: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let line: Int?
  }

  @Test(
    "what is no rule is refused, with its line",
    arguments: [
      Broken(
        testDescription: "a name with a line end and a field of its own",
        text: Sample.rule(name: "x\nAction:  Allow") + "\nOk.\n", line: 3),
      Broken(
        testDescription: "a field twice",
        text: Sample.rule(["Grouping": "x\nEnabled:  No"]) + "\nOk.\n", line: 8),
      Broken(
        testDescription: "a port beyond 65535",
        text: Sample.rule(["LocalPort": "80000"]) + "\nOk.\n",
        line: 11),
      Broken(
        testDescription: "a range that runs backwards",
        text: Sample.rule(["RemoteIP": "10.0.0.9-10.0.0.1"]) + "\nOk.\n", line: 9),
      Broken(
        testDescription: "a mask with a hole",
        text: Sample.rule(["RemoteIP": "10.0.0.0/255.0.255.0"]) + "\nOk.\n", line: 9),
      Broken(testDescription: "no end", text: Sample.rule(), line: 17),
      Broken(testDescription: "nothing", text: "", line: nil),
      Broken(testDescription: "blank lines alone", text: "\n\n", line: 2),
    ])
  func broken(_ sample: Broken) throws {
    let failure = #expect(throws: ParseFailure.self) {
      try FirewallRuleListing(parsing: Sample.text(sample.text))
    }
    #expect(failure?.line == sample.line)
  }

  @Test("a description may span lines, and a field that is not known is kept")
  func leniency() throws {
    let text = Sample.rule(["Grouping": "g\nRmtcomputergrp:  D:(A;;CC;;;S-1-5-32)"]).replacing(
      "Enabled:", with: "Description:   lets\nall of\nus in\nEnabled:")
    let rule = try #require(try Sample.rules(text).first)
    #expect(rule.unknownFields == ["Rmtcomputergrp:  D:(A;;CC;;;S-1-5-32)"])
    #expect(rule.isEnabled)
  }

  @Test("no rule at all is a listing too")
  func none() throws {
    let text = try Sample.text("\nNo rules match the specified criteria.\n\n")
    #expect(try FirewallRuleListing(parsing: text).rules.isEmpty)
  }
}
