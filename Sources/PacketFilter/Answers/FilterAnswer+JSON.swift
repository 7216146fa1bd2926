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
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.properties.isBidiControl {
          let hex = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
