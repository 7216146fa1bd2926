import Addressing
import Host
import Testing
import Windows

@Suite("The firewall in the registry")
struct FirewallRegistryTests {
  private static let rules = [
    "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=80|LPort2_10=8000-8080|App=System|"
      + "RA4=100.64.0.0/255.192.0.0|RA4=LocalSubnet|Name=@FirewallAPI.dll,-1|Desc=@x|Edge=TRUE|",
    "v2.30|Action=Block|Active=FALSE|Dir=In|Protocol=1|Profile=Domain|Profile=Public|ICMP4=8:*|Name=ping|",
    "v2.30|Action=Allow|Active=TRUE|Dir=In|Name=@{App_1.0}|LUOwn=S-1-5-21|AppPkgId=S-1-15-2-1|",
    "v2.30|Action=Allow|Active=TRUE|Dir=Out|Protocol=17|RPort=53|Svc=dnscache|Platform=2:6:2|Name=dns|",
  ]

  static func text(_ rules: [String] = rules, shielded: Bool = false) -> String {
    let root = "HKEY_LOCAL_MACHINE\\SYSTEM\\Parameters\\FirewallPolicy"
    let profile =
      "    EnableFirewall    REG_DWORD    0x1\n    DisableNotifications    REG_DWORD    0x1\n"
    let values = rules.enumerated().map { "    {rule-\($0.offset)}    REG_SZ    \($0.element)\n" }
    return "\n\(root)\\DomainProfile\n\(profile)    DefaultInboundAction    REG_DWORD    0x0\n"
      + "\n\(root)\\FirewallRules\n\(values.joined())\n\(root)\\PublicProfile\n"
      + "    EnableFirewall    REG_DWORD    0x0\n\n\(root)\\StandardProfile\n\(profile)"
      + (shielded ? "    DoNotAllowExceptions    REG_DWORD    0x1\n" : "")
      + "\n\(root)\\StandardProfile\\Logging\n    LogFileSize    REG_DWORD    0x1000\n\n"
  }

  @Test("is read whole: profiles with their policies, rules with every field")
  func whole() throws {
    let registry = try FirewallRegistry(parsing: Sample.text(Self.text(shielded: true)))
    #expect(registry.profiles.map(\.kind) == [.domain, .private, .public])
    #expect(registry.profiles.map(\.isOn) == [true, true, false])
    #expect(registry.profiles.map(\.inbound) == [.allow, .blockAlways, .block])
    let web = registry.rules[0]
    #expect(web.identifier == "{rule-0}" && web.program == "System" && web.transport == .tcp)
    #expect(web.localPorts.count == 2 && web.remoteAddresses.last == .keyword("LocalSubnet"))
    #expect(web.profiles.count == 3 && web.unknownFields.isEmpty)
    let ping = registry.rules[1]
    #expect(
      ping.messages == [.init(type: 8, code: nil)] && !ping.isEnabled && ping.action == .block)
    #expect(ping.profiles == [.domain, .public])
    #expect(registry.rules[2].package == .certain)
    #expect(registry.rules[3].service == "dnscache" && registry.rules[3].direction == .outbound)
    #expect(registry.rules[3].unknownFields == ["Platform=2:6:2"])
  }

  @Test("that was cut anywhere before the last key is refused")
  func cut() throws {
    let text = Self.text()
    let end = try #require(text.firstRange(of: "\\StandardProfile\\Logging")).lowerBound
    for count in 0..<text[..<end].utf8.count {
      #expect(throws: ParseFailure.self, "\(count) bytes") {
        try FirewallRegistry(
          parsing: ConsoleText(decoding: Array(text.utf8.prefix(count)) + Array("\n".utf8)))
      }
    }
  }

  @Test(
    "refuses what is no rule",
    arguments: [
      "Action=Allow|", "v2.30|Action=Allow|Active=TRUE|Dir=In",
      "v2.30|Action=Maybe|Active=TRUE|Dir=In|",
      "v2.30|Active=TRUE|Dir=In|", "v2.30|Action=Allow|Active=TRUE|Dir=In|Protocol=999|",
      "v2.30|Action=Allow|Active=TRUE|Dir=In|LPort=80000|",
      "v2.30|Action=Allow|Active=TRUE|Dir=In|x|",
      "v2.30|Action=Allow|Active=TRUE|Dir=In|ICMP4=8|",
      "v2.30|Action=Allow|Active=TRUE|Dir=In|RA4=x/y|",
    ])
  func broken(rule: String) throws {
    let failure = #expect(throws: ParseFailure.self) {
      try FirewallRegistry(parsing: Sample.text(Self.text([rule])))
    }
    #expect(failure?.line == 8)
  }

  @Test("gives way to netsh where a group policy adds rules, and to nobody where profiles differ")
  func groupPolicy() throws {
    var facts = WindowsFacts([:])
    let registry = try FirewallRegistry(parsing: Sample.text(Self.text()))
    facts.registry = .value(registry, from: .file("registry"))
    #expect(facts.firewall?.rules == registry.rules)
    var listed = try Sample.rules(Sample.rule())
    facts.rules = .value(FirewallRuleListing(rules: listed), from: .file("rules"))
    #expect(facts.firewall?.rules == registry.rules)
    listed[0].isFromGroupPolicy = true
    facts.rules = .value(FirewallRuleListing(rules: listed), from: .file("rules"))
    #expect(facts.firewall?.rules == listed)
    var profiles = registry.profiles
    facts.profiles = .value(FirewallProfileListing(profiles: profiles), from: .file("profiles"))
    #expect(facts.firewallConflict == nil && facts.firewall != nil)
    profiles[0].isOn = false
    facts.profiles = .value(FirewallProfileListing(profiles: profiles), from: .file("profiles"))
    #expect(facts.firewallConflict?.contains("Domain") == true && facts.firewall == nil)
  }

  @Test("does not take a rule of an app package for one of everybody")
  func packages() throws {
    let registry = try FirewallRegistry(parsing: Sample.text(Self.text([Self.rules[2]])))
    let firewall = WindowsFirewall(profiles: EvaluatorTests.profiles(), rules: registry.rules)
    #expect(firewall.answers(to: try EvaluatorTests.question()).map(\.verdict) == [.blocked])
    let package = WindowsProcess(
      id: 7, name: "app.exe", path: "C:\\Program Files\\WindowsApps\\App_1.0\\app.exe")
    let question = try EvaluatorTests.question(receiver: .process(package))
    #expect(firewall.answers(to: question).map(\.verdict) == [.undecided])
  }
}
