package import Checker

/// What `explain` prints: a check or a finding in words, for a terminal.
///
/// Only an address or another word that is wider than the terminal is wider than `width`.
package enum Explanation {
  /// The whole check: what it asks, why, what it reads, and its findings.
  package static func text(of check: CheckDeclaration, width: Int) -> String {
    var writer = LineWriter(width: width, longWords: .keep)
    writer.paragraph(check.summary, label: [Span("\(check.name): ")])
    writer.heading("Why a probe can end here")
    writer.markdown(check.reason, indent: 2)
    writer.list(check.reads, title: "What it reads")
    if !check.findings.isEmpty { writer.heading("Findings") }
    for (index, finding) in check.findings.enumerated() {
      if index > 0 { writer.blank() }
      writer.write(finding, indent: 2)
    }
    writer.list(check.sources, title: "Sources")
    return writer.text
  }

  /// One finding, with the reason of the check that raises it.
  package static func text(
    of finding: FindingDeclaration, in check: CheckDeclaration, width: Int
  ) -> String {
    var writer = LineWriter(width: width, longWords: .keep)
    writer.write(finding, indent: 0)
    writer.heading("Raised by the check \(check.name)")
    writer.paragraph(check.summary, indent: 2)
    writer.heading("Why a probe can end here")
    writer.markdown(check.reason, indent: 2)
    writer.list(check.reads, title: "What the check reads")
    writer.list(check.sources, title: "Sources")
    return writer.text
  }

  /// Every check in the order given, with the ids of its findings.
  package static func index(of checks: [CheckDeclaration], width: Int) -> String {
    var writer = LineWriter(width: width, longWords: .keep)
    let columns = checks.map { DisplayWidth.columns(of: $0.name) }.max() ?? 0
    for check in checks {
      let padding = columns - DisplayWidth.columns(of: check.name) + 2
      writer.paragraph(
        check.summary,
        label: [Span(check.name), Span(String(repeating: " ", count: padding))])
      for finding in check.findings { writer.paragraph(finding.id.rawValue, indent: 4) }
    }
    return writer.text
  }
}

extension LineWriter {
  fileprivate mutating func write(_ finding: FindingDeclaration, indent: Int) {
    let severities = finding.severities.map(\.rawValue).joined(separator: " or ")
    paragraph("\(finding.id) (\(severities); \(finding.layer.title))", indent: indent)
    paragraph(finding.meaning, indent: indent + 4)
    paragraph(finding.remedy, indent: indent + 4, label: [Span("To do: ")])
  }

  fileprivate mutating func list(_ items: [String], title: String) {
    guard !items.isEmpty else { return }
    heading(title)
    for item in items { paragraph(item, indent: 2, label: [Span("- ")]) }
  }

  fileprivate mutating func markdown(_ text: String, indent: Int) {
    for block in MarkdownBlock.blocks(of: text) {
      switch block {
      case .paragraph(let words): paragraph(words, indent: indent)
      case .item(let mark, let words): paragraph(words, indent: indent, label: [Span("\(mark) ")])
      case .code(let line): unbroken(line, indent: indent + 4)
      case .gap: blank()
      }
    }
  }
}
