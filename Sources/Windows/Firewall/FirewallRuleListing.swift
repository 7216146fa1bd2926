package import Host

/// The output of `netsh advfirewall firewall show rule name=all`, with or without `verbose`.
package struct FirewallRuleListing: Sendable, Hashable {
  package var rules: [FirewallRule]

  package init(rules: [FirewallRule]) { self.rules = rules }

  /// Parses the whole output, to the `Ok.` at its end.
  ///
  /// - Throws: the first line that is not as an English Windows writes it, or the last of a cut file. A
  ///   field that stands twice in a rule is refused too: a name or a description with a line end in it
  ///   could look like one.
  package init(parsing text: ConsoleText) throws(ParseFailure) {
    rules = []
    var block: RuleBlock?
    guard let last = text.filled.last else {
      throw .cut(text, expected: "the firewall's rules")
    }
    if text.filled.first?.trimmed == "No rules match the specified criteria." { return }
    for line in text.filled {
      if let name = RuleBlock.name(line) {
        if let block { rules.append(try block.rule()) }
        block = RuleBlock(name: name, line: line)
      } else if line == last, line.trimmed == "Ok." {
        break
      } else if block == nil {
        throw .notEnglish(line, expected: "\"Rule Name:\"")
      } else {
        try block?.take(line)
      }
    }
    guard last.trimmed == "Ok." else { throw .cut(text, expected: "\"Ok.\" at the end") }
    if let block { rules.append(try block.rule()) }
  }
}
