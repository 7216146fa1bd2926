import Checker
import LoadBalancer

extension TextReport {
  /// Unicode scalars of an evidence line that are shown; JSON has all of it.
  private static let evidenceScalars = 300
  /// Lines of one piece of evidence that are shown.
  private static let evidenceLines = 12
  /// Depth from which consequences of consequences are no longer indented.
  private static let deepestIndent = 3

  mutating func writeFindings() {
    let trees = FindingTree.trees(of: report.diagnosis.findings)
    guard !trees.isEmpty else { return }
    writer.heading("Findings")
    for (index, tree) in trees.enumerated() {
      if index > 0 { writer.blank() }
      write(tree, depth: 0)
    }
  }

  private mutating func write(_ tree: FindingTree, depth: Int) {
    let finding = tree.finding
    let indent = 2 + 4 * min(depth, Self.deepestIndent)
    let word =
      finding.skip == nil ? Span(finding.severity.word, finding.severity.tone) : Span("SKIPPED")
    writer.paragraph(finding.id.rawValue, indent: indent, label: [word, Span("  ")])
    let inner = indent + 4
    writer.paragraph(finding.summary, indent: inner)
    if let standing = standing(of: finding) {
      writer.paragraph(standing.words, indent: inner, label: [Span("history: ")])
    }
    if let skip = finding.skip { writer.paragraph("skipped by \(skip)", indent: inner) }
    if let cause = tree.causeElsewhere {
      writer.paragraph("a consequence of \(cause)", indent: inner)
    }
    if report.diagnosis.targets.count > 1, !finding.targets.isEmpty {
      writer.paragraph(names(of: finding.targets), indent: inner, label: [Span("targets: ")])
    }
    for evidence in finding.evidence { write(evidence, indent: inner) }
    guard !tree.consequences.isEmpty else { return }
    writer.paragraph("and so:", indent: inner)
    for consequence in tree.consequences { write(consequence, depth: depth + 1) }
  }

  private func standing(of finding: Finding) -> Standing? {
    guard let changes = report.changes,
      let index = report.diagnosis.findings.firstIndex(of: finding),
      changes.findings.indices.contains(index)
    else { return nil }
    return changes.findings[index]
  }

  /// What the runs before found and this one did not.
  mutating func writeResolved() {
    let resolved = report.changes?.resolved ?? []
    guard !resolved.isEmpty else { return }
    writer.heading("Resolved since the last run")
    for finding in resolved {
      let targets = finding.targets.isEmpty ? "" : " for \(finding.targets.joined(separator: ", "))"
      writer.paragraph(
        "\(finding.id)\(targets), which was there since \(finding.since.rfc3339Seconds)", indent: 2,
        label: [Span("- ")])
    }
  }

  private func names(of targets: [String]) -> String {
    let all = report.diagnosis.targets.map(\.target.name)
    return all.allSatisfy(targets.contains) ? "all \(all.count)" : targets.joined(separator: ", ")
  }

  private mutating func write(_ evidence: Evidence, indent: Int) {
    writer.paragraph("from \(evidence.source):", indent: indent)
    // A line feed, alone or behind a carriage return, ends a line; any other control is shown.
    let lines = evidence.text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for line in lines.prefix(Self.evidenceLines) {
      writer.verbatim(HostText.cut(String(line), toScalars: Self.evidenceScalars), indent: indent)
    }
    let hidden = lines.count - Self.evidenceLines
    if hidden > 0 { writer.paragraph("… and \(hidden) more lines", indent: indent) }
  }
}
