import Addressing
package import PacketFilter

/// A trace as people read it: every rule that did something, in order, and what became of all.
package enum TraceText {
  /// The text, with a line feed at its end.
  package static func render(_ trace: FilterTrace) -> String {
    var lines: [String] = []
    var hook = ""
    for step in trace.steps {
      let title = step.hook.rawValue + (step.direction == .reply ? ", of what is sent back" : "")
      if title != hook { lines.append(title) }
      hook = title
      lines.append("  \(step.place ?? "rules"): \(verb(step.action)) \(words(step.sources))")
      if let rule = step.rule { lines.append("  | \(rule)") }
    }
    if lines.isEmpty { lines.append("no rule does anything to these packets") }
    lines.append("")
    for answer in trace.answers { lines += describe(answer) }
    return lines.map { HostText.terminal($0) + "\n" }.joined()
  }

  private static func verb(_ action: FilterStep.Action) -> String {
    switch action {
    case .accepts: "accepts"
    case .drops: "drops"
    case .refuses: "rejects"
    case .calls(let chain): "goes on in \(chain) with"
    case .translates: "translates addresses of"
    case .marks: "marks"
    case .leavesUntracked: "leaves untracked"
    case .isNotUnderstood: "is not understood, and may take"
    }
  }

  private static func describe(_ answer: FilterAnswer) -> [String] {
    let what = [
      answer.verdict.rawValue.uppercased(), answer.with.map { "with \($0)" },
      answer.to.map { "to \($0)" }, answer.direction == .reply ? "(of the answer)" : nil,
    ].compactMap(\.self).joined(separator: " ")
    var lines = ["\(words(answer.sources)): \(what)"]
    if let place = answer.place { lines.append("  by \(place)") }
    if let rule = answer.rule { lines.append("  | \(rule)") }
    if !answer.because.isEmpty {
      lines.append("  because of \(answer.because.joined(separator: ", "))")
    }
    return lines
  }

  private static func words(_ set: AddressSet) -> String { set.prefixes.listed(first: 8) }
}
