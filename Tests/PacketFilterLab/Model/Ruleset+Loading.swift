/// One command that loads a part of a ruleset.
struct LoadStep: Sendable, Hashable, Encodable {
  var words: [String]
  var input: String

  /// The step as a person types it.
  var shellText: String { "\(words.joined(separator: " ")) <<'END'\n\(input)END\n" }

  /// Reads the steps of a text that `shellText` wrote.
  static func parsing(_ text: String) -> [LoadStep] {
    text.split(separator: "END\n").compactMap { step in
      let parts = step.split(separator: " <<'END'\n", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      return LoadStep(
        words: parts[0].split(separator: " ").map(String.init), input: String(parts[1]))
    }
  }
}

extension Ruleset {
  /// What loads the ruleset into an empty host, in order.
  var loadSteps: [LoadStep] {
    let sets = ipSets.map(\.restoreText).joined()
    let first = sets.isEmpty ? [] : [LoadStep(words: ["ipset", "restore"], input: sets)]
    return first + tables.map { LoadStep(words: $0.dialect.loader, input: $0.loadText) }
  }
}

extension IPSet {
  fileprivate var restoreText: String {
    "create \(name) \(type)\n" + elements.map { "add \(name) \($0)\n" }.joined()
  }
}

extension Dialect {
  fileprivate var loader: [String] {
    switch self {
    case .iptables(let variant, let family):
      ["\(family == .ipv4 ? "iptables" : "ip6tables")-\(variant.rawValue)-restore"]
    case .nftables: ["nft", "-f", "-"]
    }
  }
}

extension Table {
  fileprivate var loadText: String {
    switch dialect {
    case .iptables: restoreText
    case .nftables(let family): nftText(family: family)
    }
  }

  private var restoreText: String {
    let chainLines = chains.map { ":\($0.name) \($0.policy?.rawValue.uppercased() ?? "-") [0:0]\n" }
    let ruleLines = chains.flatMap { chain in chain.rules.map { "-A \(chain.name) \($0.text)\n" } }
    return "*\(name)\n" + (chainLines + ruleLines).joined() + "COMMIT\n"
  }

  private func nftText(family: String) -> String {
    let flags = isDormant ? "  flags dormant\n" : ""
    let body = sets.map(\.nftText).joined() + chains.map(\.nftText).joined()
    return "table \(family) \(name) {\n\(flags)\(body)}\n"
  }
}

extension Rule {
  var text: String {
    (clauses.map(\.text) + (action.map { [$0.text] } ?? [])).joined(separator: " ")
  }
}

extension NamedSet {
  fileprivate var nftText: String {
    let declared = declarations.map { "    \($0)\n" }.joined()
    let content =
      elements.isEmpty ? "" : "    elements = { \(elements.joined(separator: ", ")) }\n"
    return "  \(kind.rawValue) \(name) {\n\(declared)\(content)  }\n"
  }
}

extension Chain {
  fileprivate var nftText: String {
    var lines: [String] = []
    if let hook {
      let device = hook.device.map { " device \($0)" } ?? ""
      lines.append("type \(hook.type) hook \(hook.name)\(device) priority \(hook.priority)")
      if let policy { lines.append("policy \(policy.rawValue)") }
    }
    lines += rules.map(\.text)
    return "  chain \(name) {\n" + lines.map { "    \($0)\n" }.joined() + "  }\n"
  }
}
