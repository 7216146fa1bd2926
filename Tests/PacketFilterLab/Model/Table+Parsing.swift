extension Table {
  /// Reads one table of iptables-save's form, so that its rules can be taken apart.
  init(parsingRestore text: String, _ variant: Dialect.Variant, _ family: Family) {
    var name = ""
    var chains: [Chain] = []
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      switch line.first {
      case "*": name = String(line.dropFirst())
      case ":":
        let policy = words.count > 1 ? Chain.Policy(rawValue: words[1].lowercased()) : nil
        chains.append(Chain(name: String(words[0].dropFirst()), policy: policy))
      case "-" where words.count > 2:
        let rule = Rule(parsingRestore: Array(words.dropFirst(2)))
        if let index = chains.firstIndex(where: { $0.name == words[1] }) {
          chains[index].rules.append(rule)
        }
      default: break
      }
    }
    let users = Set(chains.filter { $0.policy == nil }.map(\.name))
    for chain in chains.indices {
      for rule in chains[chain].rules.indices {
        chains[chain].rules[rule].targets.removeAll { !users.contains($0) }
      }
    }
    self.init(dialect: .iptables(variant, family), name: name, chains: chains)
  }
}

extension Rule {
  private static let beginnings: Set<Substring> = ["-s", "-d", "-i", "-o", "-p", "-m"]

  /// Splits a rule where a match begins, and where its target does.
  fileprivate init(parsingRestore words: [Substring]) {
    let target = words.firstIndex { $0 == "-j" || $0 == "-g" } ?? words.endIndex
    var clauses: [[Substring]] = []
    for word in words[..<target] {
      let isNegated = clauses.last == ["!"]
      if clauses.isEmpty || word == "!" || Self.beginnings.contains(word) && !isNegated {
        clauses.append([word])
      } else {
        clauses[clauses.count - 1].append(word)
      }
    }
    let action = words[target...]
    self.init(
      clauses: clauses.map { Clause($0.joined(separator: " ")) },
      action: action.isEmpty ? nil : Clause(action.joined(separator: " ")),
      targets: action.dropFirst().prefix(1).map(String.init))
  }
}
