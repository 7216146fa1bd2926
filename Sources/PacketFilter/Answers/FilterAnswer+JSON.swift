import Addressing

extension FilterAnswer {
  /// The answers as one line of JSON, `{"answers": [ … ]}`, as the command line promises it.
  package static func jsonLine(_ answers: [FilterAnswer]) -> String {
    "{\"answers\": [\(answers.map(\.json).joined(separator: ", "))]}"
  }

  private var json: String {
    var members = [
      "\"sources\": [\(sources.prefixes.map { JSONText.quoted($0.description) }.joined(separator: ", "))]",
      "\"verdict\": \(JSONText.quoted(verdict.rawValue))",
    ]
    func add(_ name: String, _ value: String?) {
      if let value { members.append("\"\(name)\": \(JSONText.quoted(value))") }
    }
    add("with", with)
    add("to", to)
    add("direction", direction.rawValue)
    add("rule", rule)
    add("place", place)
    if !because.isEmpty {
      members.append("\"because\": [\(because.map(JSONText.quoted).joined(separator: ", "))]")
    }
    if let countedPackets { members.append("\"packets\": \(countedPackets)") }
    return "{\(members.joined(separator: ", "))}"
  }
}

/// Writes JSON strings.
enum JSONText {
  /// The text in quotes, with everything escaped that JSON or a terminal would take for more than text.
  static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
    return isPlain ? "\"\(text)\"" : escaped(text)
  }

  private static func escaped(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if isHarmless(scalar) {
          result.unicodeScalars.append(scalar)
        } else {
          let hex = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        }
      }
    }
    return result + "\""
  }

  /// Control characters, and those that turn the direction of writing, are not.
  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
      && !(0x200B...0x200F).contains(scalar.value) && !(0x2028...0x202E).contains(scalar.value)
      && !(0x2066...0x2069).contains(scalar.value) && scalar.value != 0x061C
  }
}
