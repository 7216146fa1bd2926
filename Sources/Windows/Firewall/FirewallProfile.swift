package import Host

/// One of the three profiles of Windows Firewall; each network is in one of them.
package struct FirewallProfile: Sendable, Hashable {
  package var kind: Kind
  package var isOn: Bool
  package var inbound: InboundPolicy
  /// As it stands there: `AllowOutbound`.
  package var outbound: String
  /// Whether a group policy leaves out the rules that this host itself has.
  package var ignoresLocalRules: Bool
  /// The lines that say so, as they stand in the file.
  package var lines: String

  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case domain = "Domain"
    case `private` = "Private"
    case `public` = "Public"
  }

  /// What becomes of a packet that no rule takes.
  package enum InboundPolicy: String, Sendable, Hashable {
    case block = "BlockInbound"
    /// Rules that allow are not asked.
    case blockAlways = "BlockInboundAlways"
    case allow = "AllowInbound"
  }

  package init(
    _ kind: Kind, isOn: Bool, inbound: InboundPolicy, outbound: String = "AllowOutbound",
    ignoresLocalRules: Bool = false, lines: String = ""
  ) {
    self.kind = kind
    self.isOn = isOn
    self.inbound = inbound
    self.outbound = outbound
    self.ignoresLocalRules = ignoresLocalRules
    self.lines = lines
  }
}

/// The output of `netsh advfirewall show allprofiles`, or `show currentprofile`.
package struct FirewallProfileListing: Sendable, Hashable {
  package var profiles: [FirewallProfile]

  package init(profiles: [FirewallProfile]) { self.profiles = profiles }

  /// Parses the whole output, to the `Ok.` at its end.
  ///
  /// - Parameter kinds: those that must be there; none where the output has only the active ones.
  /// - Throws: the first line that is not as an English Windows writes it, or the last of a cut file.
  package init(
    parsing text: ConsoleText, expecting kinds: [FirewallProfile.Kind] = []
  ) throws(ParseFailure) {
    var reader = ProfileReader()
    for line in text.filled.dropLast() { try reader.take(line) }
    guard let last = text.filled.last else {
      throw .cut(text, expected: "the firewall's profiles")
    }
    guard last.trimmed == "Ok." else {
      try reader.take(last)
      throw .cut(text, expected: "\"Ok.\" at the end")
    }
    profiles = try reader.finish(last)
    let missing = kinds.filter { kind in !profiles.contains { $0.kind == kind } }
    guard missing.isEmpty, !profiles.isEmpty else {
      throw ParseFailure(
        line: last.number, found: "\(profiles.count) profiles",
        expected: "a block for each of Domain, Private and Public")
    }
  }
}

/// Reads block after block.
private struct ProfileReader {
  private var profiles: [FirewallProfile] = []
  private var kind: FirewallProfile.Kind?
  private var fields: [String: ConsoleText.Line] = [:]
  private static let wanted: Set<String> = ["State", "Firewall Policy", "LocalFirewallRules"]

  mutating func take(_ line: ConsoleText.Line) throws(ParseFailure) {
    if let heading = Self.heading(line) {
      if kind != nil { try endBlock(line) }
      kind = heading
      return
    }
    guard kind != nil else {
      throw .notEnglish(line, expected: "\"Domain Profile Settings:\"")
    }
    let (label, _) = Self.columns(line)
    guard Self.wanted.contains(label) else { return }
    guard fields.updateValue(line, forKey: label) == nil else {
      throw ParseFailure(
        line: line.number, found: String(line.trimmed), expected: "\(label) once in a block")
    }
  }

  mutating func finish(_ end: ConsoleText.Line) throws(ParseFailure) -> [FirewallProfile] {
    if kind != nil { try endBlock(end) }
    return profiles
  }

  private static func heading(_ line: ConsoleText.Line) -> FirewallProfile.Kind? {
    FirewallProfile.Kind.allCases.first { line.trimmed == "\($0.rawValue) Profile Settings:" }
  }

  /// Label and value stand in columns, with two blanks or more between.
  private static func columns(_ line: ConsoleText.Line) -> (label: String, value: String) {
    guard let gap = line.trimmed.firstRange(of: "  ") else { return (String(line.trimmed), "") }
    return (
      String(line.trimmed[..<gap.lowerBound]),
      String(trimmedBlanks(line.trimmed[gap.lowerBound...]))
    )
  }

  private mutating func endBlock(_ end: ConsoleText.Line) throws(ParseFailure) {
    guard let kind, let state = fields["State"], let policy = fields["Firewall Policy"] else {
      throw .notEnglish(end, expected: "\"State\" and \"Firewall Policy\" in the block before")
    }
    guard !profiles.contains(where: { $0.kind == kind }) else {
      throw ParseFailure(
        line: end.number, found: kind.rawValue, expected: "one block for each profile")
    }
    let words = Self.columns(policy).value.split(separator: ",").map { trimmedBlanks($0) }
    guard words.count == 2, let inbound = FirewallProfile.InboundPolicy(rawValue: String(words[0]))
    else {
      throw .notEnglish(policy, expected: "a policy as BlockInbound,AllowOutbound")
    }
    let locals = fields["LocalFirewallRules"].map { Self.columns($0).value } ?? ""
    profiles.append(
      FirewallProfile(
        kind, isOn: try Self.isOn(state), inbound: inbound, outbound: String(words[1]),
        ignoresLocalRules: locals == "Disable",
        lines: "\(kind.rawValue) Profile Settings:\n\(state.text)\n\(policy.text)"))
    fields = [:]
  }

  private static func isOn(_ line: ConsoleText.Line) throws(ParseFailure) -> Bool {
    switch columns(line).value {
    case "ON": return true
    case "OFF": return false
    default: throw .notEnglish(line, expected: "the state ON or OFF")
    }
  }
}
