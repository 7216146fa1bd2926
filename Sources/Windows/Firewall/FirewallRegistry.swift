package import Host

/// Windows Firewall as the registry has it: `reg query …\FirewallPolicy /s`.
///
/// Source: [MS-GPFAS] section 2.2, https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-gpfas/
package struct FirewallRegistry: Sendable, Hashable {
  package var profiles: [FirewallProfile]
  package var rules: [FirewallRule]

  /// Parses the whole output.
  ///
  /// reg writes no end mark. Keys come in the order of their names, `FirewallRules` before
  /// `StandardProfile`, so with a key below the latter all before it is there.
  ///
  /// - Throws: the first line that is not of the form of a key or a value, or the last of a cut file.
  package init(parsing text: ConsoleText) throws(ParseFailure) {
    profiles = []
    rules = []
    var key = ""
    var values: [FirewallProfile.Kind: [String: RegistryValue]] = [:]
    for line in text.isWhole ? text.lines[...] : text.lines.dropLast() where !line.isBlank {
      if line.text.hasPrefix("HKEY_LOCAL_MACHINE\\") {
        key = Self.relative(line.text)
        continue
      }
      guard line.text.hasPrefix("    ") else {
        throw ParseFailure(
          line: line.number, found: line.text,
          expected: "a key, or a value with four blanks before it")
      }
      if key == "FirewallRules" {
        rules.append(try FirewallRule(parsing: RegistryValue(parsing: line), line: line))
      } else if let kind = Self.profiles[key] {
        let value = try RegistryValue(parsing: line)
        values[kind, default: [:]][value.name] = value
      }
    }
    guard key.hasPrefix("StandardProfile\\"), values.count == Self.profiles.count else {
      throw .cut(text, expected: "keys to those below StandardProfile")
    }
    for kind in FirewallProfile.Kind.allCases {
      profiles.append(try FirewallProfile(kind, values[kind] ?? [:]))
    }
  }

  /// "Standard" is what is called private since Windows Vista.
  private static let profiles: [String: FirewallProfile.Kind] = [
    "DomainProfile": .domain, "StandardProfile": .private, "PublicProfile": .public,
  ]

  private static func relative(_ key: String) -> String {
    let root = "\\FirewallPolicy\\"
    return key.firstRange(of: root).map { String(key[$0.upperBound...]) } ?? ""
  }
}

/// `    EnableFirewall    REG_DWORD    0x1`.
struct RegistryValue: Hashable {
  let name: String
  let type: String
  let data: String
  let line: ConsoleText.Line

  init(parsing line: ConsoleText.Line) throws(ParseFailure) {
    let parts = line.trimmed.split(
      separator: "    ", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].hasPrefix("REG_") else {
      throw ParseFailure(
        line: line.number, found: line.text, expected: "a value's name, type and data")
    }
    name = String(parts[0])
    type = String(parts[1])
    data = String(parts[2])
    self.line = line
  }

  /// The number of a `REG_DWORD`, which is written in hexadecimal.
  var number: UInt32? {
    type == "REG_DWORD" && data.hasPrefix("0x") ? UInt32(data.dropFirst(2), radix: 16) : nil
  }
}

extension FirewallProfile {
  /// A profile from the values of its key; what is not there has the value that Windows takes then.
  fileprivate init(
    _ kind: Kind, _ values: [String: RegistryValue]
  ) throws(ParseFailure) {
    func flag(_ name: String) throws(ParseFailure) -> Bool? {
      guard let value = values[name] else { return nil }
      guard let number = value.number, number < 2 else {
        throw ParseFailure(
          line: value.line.number, found: value.line.text, expected: "REG_DWORD 0x0 or 0x1")
      }
      return number == 1
    }
    guard let isOn = try flag("EnableFirewall") else {
      throw ParseFailure(
        found: "\(kind.rawValue): \(values.count) values", expected: "EnableFirewall among them")
    }
    let blocks = try flag("DefaultInboundAction") ?? true
    let isShielded = try flag("DoNotAllowExceptions") ?? false
    let blocksOut = try flag("DefaultOutboundAction") ?? false
    let names = ["EnableFirewall", "DefaultInboundAction", "DoNotAllowExceptions"]
    self.init(
      kind, isOn: isOn, inbound: isShielded ? .blockAlways : (blocks ? .block : .allow),
      outbound: blocksOut ? "BlockOutbound" : "AllowOutbound",
      lines: "\(kind.rawValue)\n"
        + names.compactMap { values[$0]?.line.text }.joined(separator: "\n"))
  }
}
