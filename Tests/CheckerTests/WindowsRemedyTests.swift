import Addressing
import Checker
import Host
import LoadBalancer
import Testing
import Windows

@Suite("Remedies for Windows")
struct WindowsRemedyTests {
  private static func remedies(
    _ rules: [FirewallRule], inbound: FirewallProfile.InboundPolicy = .block
  ) throws -> [Remedy] {
    var facts = WindowsFacts([:])
    facts.profiles = .value(
      FirewallProfileListing(
        profiles: FirewallProfile.Kind.allCases.map {
          FirewallProfile($0, isOn: true, inbound: inbound)
        }), from: .file("profiles"))
    facts.rules = .value(FirewallRuleListing(rules: rules), from: .file("rules"))
    let target = Target(
      transport: .tcp, address: try #require(IPAddress(parsing: "10.0.8.5")), port: 80)
    let diagnosis = Checker().diagnose([target], origin: .named, facts: facts, cloud: .standard)
    return diagnosis.findings.filter { $0.id.hop == "packet-filter" }.flatMap(\.remedies)
  }

  private static func block(_ name: String, remoteIP: String = "Any") -> FirewallRule {
    var rule = FirewallRule(name: name, action: .block)
    rule.transport = .tcp
    rule.localPorts = [.ports(PortRange(80))]
    rule.remoteAddresses = remoteIP.split(separator: ",").compactMap { AddressTerm(parsing: $0) }
    rule.text =
      "Rule Name:   \(name)\nRemoteIP:   \(remoteIP)\nProtocol:   TCP\nLocalPort:   80\nAction:   Block"
    return rule
  }

  private static let everyone = FirewallRule(name: "everyone", action: .allow)

  @Test("turn a rule that blocks everyone off, by its own name, direction and scope")
  func disable() throws {
    let first = try #require(try Self.remedies([Self.everyone, Self.block("No web")]).first)
    #expect(
      first.commands == [
        "netsh advfirewall firewall set rule name=\"No web\" dir=in protocol=TCP localport=80 "
          + "remoteip=any new enable=no"
      ])
    #expect(first.undo.first?.hasSuffix("new enable=yes") == true)
  }

  @Test("take the sources out of a rule that blocks others too")
  func narrow() throws {
    let rule = Self.block("Scanners", remoteIP: "100.0.0.0/8")
    let first = try #require(try Self.remedies([Self.everyone, rule]).first)
    #expect(first.commands.count == 1)
    #expect(first.commands[0].contains("new remoteip=\"100.0.0.0/10,100.128.0.0/9\""))
    #expect(first.undo[0].contains("new remoteip=\"100.0.0.0/8\""))
  }

  @Test("say of several rules of one name that all of them change")
  func twins() throws {
    let rules = [Self.everyone, Self.block("No web"), Self.block("No web")]
    let first = try #require(try Self.remedies(rules).first)
    #expect(first.summary.contains("2 rules have this name and scope"))
    #expect(first.commands.count == 1)
  }

  @Test("let a profile that asks no rules ask them again, and then let the probes in")
  func always() throws {
    let first = try #require(try Self.remedies([], inbound: .blockAlways).first)
    #expect(first.commands.count == 4)
    #expect(
      first.commands[0]
        == "netsh advfirewall set domainprofile firewallpolicy \"blockinbound,allowoutbound\"")
    #expect(first.commands[1].contains("add rule name=\"CLB health check TCP 80\""))
    #expect(first.undo.count == 4)
  }

  @Test("take a name that no other rule has, for it is deleted by name")
  func freeName() throws {
    let taken = FirewallRule(name: "CLB health check TCP 80", action: .block)
    var off = taken
    off.isEnabled = false
    off.text = "Rule Name:"
    let first = try #require(try Self.remedies([off]).first)
    #expect(first.commands.first?.contains("name=\"CLB health check TCP 80 (2)\"") == true)
  }

  @Test("warn that clients have other addresses, unless they come in already")
  func clients() throws {
    #expect(try Self.remedies([]).first?.summary.contains("clients") == true)
    let rules = [Self.everyone, Self.block("Scanners", remoteIP: "100.64.0.0/10")]
    #expect(try Self.remedies(rules).first?.summary.contains("clients") == false)
  }

  @Test(
    "name no rule in a command whose name a shell would change",
    arguments: [
      "a\" & calc & \"", "%COMSPEC%", "$(calc)", "`calc`", "!x!", "line\nend", "“curly”", "back\\",
      "all", "ALL", "?", "", "\u{FFFD}\u{FFFD}", " blank", "caret^", "a\u{202E}b",
    ])
  func hostileNames(name: String) throws {
    let remedies = try Self.remedies([Self.everyone, Self.block(name)])
    for command in remedies.flatMap({ $0.commands + $0.undo + [$0.verify].compactMap(\.self) }) {
      #expect(!command.contains("set rule name="), "\(command)")
      #expect(name.isEmpty || name == "?" || name == "all" || !command.contains(name), "\(command)")
    }
    #expect(remedies.first?.commands == ["wf.msc"])
  }

  @Test(
    "name a rule whose name both shells take as it is",
    arguments: ["World Wide Web (HTTP)", "@{Contoso_1.0}", "Büro & Lager", "网站", "a|b <c> 'd'"])
  func harmlessNames(name: String) throws {
    let first = try #require(try Self.remedies([Self.everyone, Self.block(name)]).first)
    #expect(first.commands.first?.contains("set rule name=\"\(name)\" dir=in") == true)
  }

  @Test("change a rule from the registry by the name that only it has")
  func identifiers() throws {
    var rule = Self.block("@FirewallAPI.dll,-1")
    rule.identifier = "{0B9E-1}"
    let first = try #require(try Self.remedies([Self.everyone, rule]).first)
    #expect(
      first.commands == [
        "powershell -NoProfile -Command \"Set-NetFirewallRule -Name '{0B9E-1}' -Enabled False\""
      ])
    rule.identifier = "x' ; calc ; '"
    #expect(try Self.remedies([Self.everyone, rule]).first?.commands == ["wf.msc"])
  }

  @Test("leave a rule of a group policy to the group policy")
  func groupPolicy() throws {
    var rule = Self.block("No web")
    rule.isFromGroupPolicy = true
    #expect(try Self.remedies([Self.everyone, rule]).first?.commands == ["wf.msc"])
  }

  @Test("end with the test without a firewall, marked as what it is")
  func test() throws {
    let last = try #require(try Self.remedies([]).last)
    #expect(last.disruptive && last.undo == ["netsh advfirewall set allprofiles state on"])
  }
}
