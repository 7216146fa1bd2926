package import Checker

/// The catalogue in `Docs/checks`: a page for each check, and their index.
package enum CheckPage {
  /// What the page's file is called: `packet-filter.md`.
  package static func fileName(of check: CheckDeclaration) -> String { "\(check.name).md" }

  /// The whole page, ending in a line feed.
  package static func markdown(of check: CheckDeclaration) -> String {
    var sections = [
      generatedMark, "# \(check.name)", check.summary, "## Why a probe can end here",
      trimmed(check.reason),
    ]
    if !check.reads.isEmpty { sections += ["## What it reads", bullets(check.reads)] }
    if !check.findings.isEmpty { sections.append("## Findings") }
    sections += check.findings.map(section)
    if !check.sources.isEmpty { sections += ["## Sources", bullets(check.sources)] }
    return sections.joined(separator: "\n\n") + "\n"
  }

  /// The index, in the order given: the order in which a probe passes the hops.
  package static func index(of checks: [CheckDeclaration]) -> String {
    let rows = checks.map { check in
      let ids = check.findings.map { "[`\($0.id)`](\(fileName(of: check))#\(anchor(of: $0)))" }
      let link = "[\(check.name)](\(fileName(of: check)))"
      return "| \(link) | \(cell(check.summary)) | \(ids.joined(separator: "<br>")) |"
    }
    let table = ["| Check | What it asks | Findings |", "|---|---|---|"] + rows
    let sections = [
      generatedMark, "# Checks",
      "In the order in which a probe passes them. `clb-agent explain CHECK` prints the same.",
      table.joined(separator: "\n"),
    ]
    return sections.joined(separator: "\n\n") + "\n"
  }

  private static let generatedMark =
    "<!-- Generated from the declarations in Sources/Checker/Checks; edit those instead. -->"

  private static func section(of finding: FindingDeclaration) -> String {
    let severities = finding.severities.map { "`\($0.rawValue)`" }.joined(separator: " or ")
    return [
      "### \(finding.id)", "Severity: \(severities). To-do list: \(finding.layer.title).",
      finding.meaning, "**To do:** \(finding.remedy)",
    ].joined(separator: "\n\n")
  }

  /// The anchor that GitHub makes of the finding's heading: small letters, no dots.
  private static func anchor(of finding: FindingDeclaration) -> String {
    finding.id.rawValue.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "-" }
  }

  private static func bullets(_ items: [String]) -> String {
    items.map { "- \($0)" }.joined(separator: "\n")
  }

  /// Text inside a table, where a bar would end the cell.
  private static func cell(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  private static func trimmed(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let isBlank = { (line: Substring) in line.allSatisfy { $0 == " " } }
    let body = lines.drop(while: isBlank)
    let end = body.lastIndex { !isBlank($0) }.map { body.index(after: $0) } ?? body.startIndex
    return body[..<end].joined(separator: "\n")
  }
}
