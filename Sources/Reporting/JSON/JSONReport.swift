import FoundationEssentials

/// The report as JSON, version 1: `Docs/report.md` and `Docs/report-v1.schema.json` describe it.
package enum JSONReport {
  /// One JSON document, members in alphabetical order, ending in a line feed.
  ///
  /// ASCII controls and hostile characters are escaped, so that it may be shown on a terminal.
  package static func render(_ report: Report) -> String {
    let document = encoded(report, [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
    return HostText.json(document: closingEmptyContainers(document)) + "\n"
  }

  /// The same document in one line, for files and receivers.
  package static func compact(_ report: Report) -> String {
    HostText.json(document: encoded(report, [.sortedKeys, .withoutEscapingSlashes])) + "\n"
  }

  private static func encoded(
    _ report: Report, _ formatting: JSONEncoder.OutputFormatting
  ) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting
    do {
      return String(decoding: try encoder.encode(WireReport(report)), as: UTF8.self)
    } catch {
      // Only a number that is not finite can be refused, and the wire format has none.
      preconditionFailure("the report cannot be encoded: \(error)")
    }
  }

  /// Writes `[]` where the encoder leaves an empty line between the brackets.
  ///
  /// An empty line stands nowhere else: line feeds inside strings are escaped.
  private static func closingEmptyContainers(_ document: String) -> String {
    var lines: [Substring] = []
    var isOpen = false
    for line in document.split(separator: "\n", omittingEmptySubsequences: false) {
      if isOpen, let last = lines.popLast() {
        lines.append(last + line.drop { $0 == " " })
        isOpen = false
      } else if line.isEmpty {
        isOpen = true
      } else {
        lines.append(line)
      }
    }
    return lines.joined(separator: "\n")
  }
}
