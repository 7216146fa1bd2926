import Addressing
import Testing
import Windows

@Suite("The evaluator of Windows Firewall")
struct EvaluatorTests {
  private typealias Kind = FirewallProfile.Kind

  static let server = WindowsProcess(
    id: 900, name: "nginx.exe", path: "C:\\nginx\\nginx.exe", services: ["nginx"])

  static func question(
    _ sources: String = "100.64.0.0/10", port: UInt16 = 80,
    receiver: FirewallSurroundings.Receiver = .process(server),
    packet: FirewallQuestion.Packet? = nil
  ) throws -> FirewallQuestion {
    FirewallQuestion(
      sources: AddressSet(try #require(AddressPrefix(parsing: sources))),
      destination: try #require(IPAddress(parsing: "10.0.8.5")), packet: packet ?? .tcp(port: port),
      surroundings: FirewallSurroundings(
        receiver: receiver,
        localSubnets: AddressSet(try #require(AddressPrefix(parsing: "10.0.8.0/22"))),
        interfaceType: "LAN"))
  }

  static func profiles(_ inbound: FirewallProfile.InboundPolicy = .block) -> [FirewallProfile] {
    FirewallProfile.Kind.allCases.map { FirewallProfile($0, isOn: true, inbound: inbound) }
  }

  /// A rule's fields and what becomes of all the sources by it alone.
  struct Single: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let fields: [String: String]
    let verdict: FirewallAnswer.Verdict

    init(_ description: String, _ fields: [String: String], _ verdict: FirewallAnswer.Verdict) {
      testDescription = description
      self.fields = fields
      self.verdict = verdict
    }
  }

  static let singles = [
    Single("a rule for everyone", [:], .passes),
    Single("the range itself", ["RemoteIP": "100.64.0.0/10"], .passes),
    Single("the range as a mask", ["RemoteIP": "100.64.0.0/255.192.0.0"], .passes),
    Single("other sources", ["RemoteIP": "10.0.0.0/8"], .blocked),
    Single("the local subnet, which is another", ["RemoteIP": "LocalSubnet"], .blocked),
    Single("a word that Windows resolves", ["RemoteIP": "DefaultGateway"], .undecided),
    Single("IPv6 alone", ["RemoteIP": "fd00::/8"], .blocked),
    Single("a disabled rule", ["Enabled": "No"], .blocked),
    Single("an outbound rule", ["Direction": "Out"], .blocked),
    Single("UDP", ["Protocol": "UDP"], .blocked),
    Single("any protocol, without ports", ["Protocol": "Any", "LocalPort": "Any"], .passes),
    Single("a protocol that nobody knows", ["Protocol": "QUUX"], .undecided),
    Single("another port", ["LocalPort": "443"], .blocked),
    Single("a range with the port", ["LocalPort": "79-81"], .passes),
    Single("RPC, which never gives out port 80", ["LocalPort": "RPC"], .blocked),
    Single("a word for ports that nobody knows", ["LocalPort": "Quux"], .undecided),
    Single("some remote ports", ["RemotePort": "5000-6000"], .undecided),
    Single("all remote ports that are not reserved", ["RemotePort": "1024-65535"], .passes),
    Single("its own address", ["LocalIP": "10.0.8.5"], .passes),
    Single("another address of the host", ["LocalIP": "10.0.12.9"], .blocked),
    Single("its program", ["Program": "C:\\nginx\\nginx.exe"], .passes),
    Single("another program", ["Program": "C:\\apache\\httpd.exe"], .blocked),
    Single("its program in another folder", ["Program": "D:\\nginx\\nginx.exe"], .blocked),
    Single("its service", ["Program": "Any\nService:  nginx"], .passes),
    Single("another service", ["Program": "Any\nService:  W3SVC"], .blocked),
    Single("its kind of adapter", ["InterfaceTypes": "LAN,RAS"], .passes),
    Single("another kind of adapter", ["InterfaceTypes": "Wireless"], .blocked),
    Single("only who is authenticated", ["Security": "Authenticate"], .blocked),
    Single("allow bypass", ["Action": "Bypass"], .blocked),
    Single("a field that nobody knows", ["Program": "Any\nPlatform:  10.0"], .undecided),
    Single(
      "what looks as a rule of an app package",
      ["Grouping": "Your account", "Protocol": "Any", "LocalPort": "Any"], .undecided),
    Single("one profile of three", ["Profiles": "Domain"], .undecided),
  ]

  @Test("decides by one rule that allows", arguments: singles)
  func single(_ sample: Single) throws {
    let rules = try Sample.rules(Sample.rule(sample.fields))
    let firewall = WindowsFirewall(profiles: Self.profiles(), rules: rules)
    let answers = firewall.answers(to: try Self.question())
    #expect(answers.map(\.verdict) == [sample.verdict])
  }

  @Test("leaves open what a listing without verbose does not show")
  func notVerbose() throws {
    let text = Sample.rule().split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("InterfaceTypes") && !$0.hasPrefix("Security") }
    let rules = try Sample.rules(text.joined(separator: "\n"))
    let firewall = WindowsFirewall(profiles: Self.profiles(), rules: rules)
    #expect(firewall.answers(to: try Self.question()).map(\.verdict) == [.undecided])
    #expect(firewall.answers(to: try Self.question(port: 81)).map(\.verdict) == [.blocked])
  }

  @Test("lets block beat allow, in whatever order they stand, and only for the sources of both")
  func blockBeatsAllow() throws {
    let allow = Sample.rule()
    let block = Sample.rule(["RemoteIP": "100.65.0.0/16", "Action": "Block"], name: "Scanners")
    for rules in [try Sample.rules(allow, block), try Sample.rules(block, allow)] {
      let answers = WindowsFirewall(profiles: Self.profiles(), rules: rules)
        .answers(to: try Self.question("100.64.0.0/14"))
      #expect(answers.map(\.verdict) == [.passes, .blocked])
      #expect(
        answers.map(\.sources.description) == ["100.64.0.0/16, 100.66.0.0/15", "100.65.0.0/16"])
    }
  }

  @Test("asks no rule where all is blocked, or the profile is off, or what is let in anyway")
  func policies() throws {
    let rules = try Sample.rules(Sample.rule())
    let question = try Self.question()
    let always = WindowsFirewall(profiles: Self.profiles(.blockAlways), rules: rules)
    #expect(always.answers(to: question).map(\.verdict) == [.blocked])
    let open = WindowsFirewall(profiles: Self.profiles(.allow), rules: [])
    #expect(open.answers(to: question).map(\.verdict) == [.passes])
    var off = Self.profiles(.blockAlways)
    for index in off.indices { off[index].isOn = false }
    #expect(
      WindowsFirewall(profiles: off, rules: []).answers(to: question).map(\.verdict) == [.passes])
  }

  @Test("decides by the active profile where it is known, and not where profiles differ")
  func active() throws {
    let rules = try Sample.rules(Sample.rule(["Profiles": "Domain,Private"]))
    var firewall = WindowsFirewall(profiles: Self.profiles(), rules: rules)
    let question = try Self.question()
    #expect(firewall.answers(to: question).map(\.verdict) == [.undecided])
    firewall.active = [.domain]
    #expect(firewall.answers(to: question).map(\.verdict) == [.passes])
    firewall.active = [.public]
    #expect(firewall.answers(to: question).map(\.verdict) == [.blocked])
    firewall.active = [.domain, .public]
    #expect(firewall.answers(to: question).map(\.verdict) == [.undecided])
    firewall.profiles[2].isOn = false
    #expect(firewall.answers(to: question).map(\.verdict) == [.passes])
  }

  @Test("leaves open whose program waits, where nobody knows or nobody waits")
  func receivers() throws {
    let rules = try Sample.rules(Sample.rule(["Program": "System"]))
    let firewall = WindowsFirewall(profiles: Self.profiles(), rules: rules)
    for receiver in [FirewallSurroundings.Receiver.unknown, .nobody] {
      let answers = firewall.answers(to: try Self.question(receiver: receiver))
      #expect(answers.map(\.verdict) == [.undecided])
    }
    let kernel = WindowsProcess(id: 4, name: "System")
    #expect(
      firewall.answers(to: try Self.question(receiver: .process(kernel))).map(\.verdict)
        == [.passes])
  }

  @Test("lets an echo request in by a rule for it, and by none for another message")
  func echo() throws {
    let question = try Self.question(packet: .echoRequest)
    let messages = [
      ("8       Any", FirewallAnswer.Verdict.passes), ("8       0", .passes),
      ("Any     Any", .passes), ("3       4", .blocked),
    ]
    for (message, verdict) in messages {
      let fields = [
        "Protocol": "ICMPv4\n\(String(repeating: " ", count: 38))Type    Code\n"
          + String(repeating: " ", count: 38) + message
      ]
      let rules = try Sample.rules(Sample.rule(fields))
      let firewall = WindowsFirewall(profiles: Self.profiles(), rules: rules)
      #expect(firewall.answers(to: question).map(\.verdict) == [verdict], "\(message)")
    }
  }

  @Test("leaves open what a group policy may have switched off")
  func groupPolicy() throws {
    var profiles = Self.profiles()
    for index in profiles.indices { profiles[index].ignoresLocalRules = true }
    var rules = try Sample.rules(Sample.rule())
    let question = try Self.question()
    #expect(
      WindowsFirewall(profiles: profiles, rules: rules).answers(to: question).map(\.verdict)
        == [.undecided])
    rules[0].isFromGroupPolicy = true
    #expect(
      WindowsFirewall(profiles: profiles, rules: rules).answers(to: question).map(\.verdict)
        == [.passes])
  }
}
