import Windows

/// Words of netsh commands that cmd and PowerShell read alike.
enum NetshCommand {
  /// `name="Web inbound"`; `nil` for a value that no quoting carries through both shells.
  ///
  /// Inside double quotes cmd replaces `%NAME%` and, if told so, `!NAME!`; PowerShell replaces `$name`
  /// and takes the backtick and any kind of curly quote for syntax; a backslash before the closing
  /// quote hides it from netsh. "all" and "?" mean something else to netsh than a rule's name.
  static func name(_ value: String) -> String? {
    let isSafe = value.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "\"", "%", "!", "$", "`", "^": false
      case " "..."~": true
      default: scalar.properties.isAlphabetic
      }
    }
    guard isSafe, !value.isEmpty, value.last != "\\", value.first != " ", value.last != " ",
      !["all", "?"].contains(value.lowercased())
    else { return nil }
    return "name=\"\(value)\""
  }

  /// `'{0B9E…}'`, as PowerShell takes it inside a command in double quotes; `nil` for what it would not.
  static func identifier(_ value: String) -> String? {
    let isSafe = value.utf8.allSatisfy { byte in
      byte.isLetterOrDigit || "{}-_. ()".utf8.contains(byte)
    }
    return isSafe && !value.isEmpty ? "'\(value)'" : nil
  }

  /// What selects a rule among those of its name; `nil` where its name cannot be typed safely.
  static func selection(_ rule: FirewallRule) -> String? {
    guard let name = name(rule.name) else { return nil }
    let selectors = [
      ("protocol", "Protocol"), ("localport", "LocalPort"), ("remoteip", "RemoteIP"),
    ]
    let words = selectors.compactMap { word, label -> String? in
      guard let value = rule.field(label), isPlain(value), rule.messages.isEmpty else { return nil }
      return "\(word)=\(value.lowercased() == "any" ? "any" : value)"
    }
    return ([name, "dir=in"] + words).joined(separator: " ")
  }

  /// Whether a value needs no quotes in either shell; a comma would make a list in PowerShell.
  private static func isPlain(_ value: String) -> Bool {
    !value.isEmpty
      && value.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ":"),
          UInt8(ascii: "/"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}

extension FirewallRule {
  /// A field's value as it stands in the file, where it stands on one line.
  func field(_ label: String) -> String? {
    let lines = text.split(separator: "\n")
    guard let index = lines.firstIndex(where: { $0.hasPrefix("\(label):") }) else { return nil }
    if lines.indices.contains(index + 1), lines[index + 1].first == " " { return nil }
    return String(lines[index].dropFirst(label.count + 1).drop { $0 == " " })
  }

  /// Whether a command that selects the other rule changes this one too.
  func isSelected(with other: FirewallRule) -> Bool {
    name == other.name && direction == other.direction
      && ["Protocol", "LocalPort", "RemoteIP"].allSatisfy { field($0) == other.field($0) }
  }
}
