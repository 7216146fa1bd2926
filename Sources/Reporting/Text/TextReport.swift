import Checker
import LoadBalancer

/// The report as text for people, at most 80 columns wide.
///
/// Only a command that cannot be broken without becoming another one is ever wider. What the host
/// wrote is escaped as `HostText` says.
package struct TextReport {
  /// Columns of every terminal.
  package static let columns = 80

  let report: Report
  var writer: LineWriter

  /// The whole report; the last line is the verdict's.
  package static func render(_ report: Report, style: TextStyle) -> String {
    var text = TextReport(
      report: report, writer: LineWriter(width: columns, style: style))
    text.writeHeading()
    text.writeTargetOrigin()
    for target in report.diagnosis.targets { text.write(target) }
    text.writeFindings()
    text.writeResolved()
    text.writeToDoLists()
    text.writeMissing()
    text.writeVerdict()
    return text.writer.text
  }

  private mutating func writeHeading() {
    let host = report.host
    var names = [host.privateAddresses.joined(separator: ", ")]
    names += [host.instance, host.distribution, host.system].compactMap { $0 }
    let details = names.filter { !$0.isEmpty }.joined(separator: "; ")
    writer.title(
      "clb-agent \(report.agentVersion) on \(host.hostname ?? "an unnamed host")"
        + (details.isEmpty ? "" : " (\(details))")
        + ", \(report.takenAt.rfc3339Seconds), took \(report.durationMilliseconds) ms")
    for note in report.note { writer.paragraph(note, label: [Span("Note: ")]) }
  }

  private mutating func writeTargetOrigin() {
    guard let first = report.diagnosis.targets.first else {
      writer.paragraph("Targets: none. \(report.diagnosis.targetOrigin.absence). Name one:")
      writer.command("clb-agent inspect --target tcp://ADDRESS:PORT", indent: 2)
      return
    }
    guard report.diagnosis.targetOrigin.isGuess else {
      writer.paragraph("Targets: \(report.diagnosis.targetOrigin.sentence).")
      return
    }
    writer.paragraph(
      "Targets: \(report.diagnosis.targetOrigin.sentence). To name them yourself, once for each:")
    writer.command(
      "clb-agent inspect --target \(ShellQuoting.quoted(first.target.name))", indent: 2)
  }

  private mutating func writeMissing() {
    let missing = report.diagnosis.missing
    guard !missing.isEmpty else { return }
    writer.heading("Not known")
    for sentence in missing { writer.paragraph(sentence, indent: 2, label: [Span("- ")]) }
  }

  private mutating func writeVerdict() {
    let verdict = report.diagnosis.verdict
    writer.blank()
    writer.line([
      Span("verdict: "), Span(verdict.word, verdict.tone),
      Span(" (exit status \(verdict.exitStatus))"),
    ])
  }
}

extension ReportHost {
  /// `ins-9z8y7x6w in ap-guangzhou`; `nil` where neither is known.
  fileprivate var instance: String? {
    guard let instanceID else { return region }
    return region.map { "\(instanceID) in \($0)" } ?? instanceID
  }

  /// `Linux 6.1.0-18-amd64`; `nil` for a Linux whose release is not known.
  fileprivate var system: String? {
    let name = operatingSystem.rawValue
    return kernel.map { "\(name) \($0)" } ?? (operatingSystem == .linux ? nil : name)
  }
}

extension TargetOrigin {
  /// How the targets came to be, without a full stop.
  fileprivate var sentence: String {
    switch self {
    case .named: "named on the command line"
    case .settings: "named by the settings file"
    case .listeners: "named by the documents of the CLB's listeners"
    case .traffic: "learned from connections of the load balancer's own addresses"
    case .listeningSockets: "every TCP socket that is reachable from outside, as none was named"
    }
  }

  /// Why there is no target, without a full stop.
  fileprivate var absence: String {
    switch self {
    case .named: "None was named"
    case .settings: "The settings file names none"
    case .listeners: "The documents of the CLB's listeners have none of this host"
    case .traffic: "No connection of the load balancer's own addresses was seen"
    case .listeningSockets: "No TCP socket that is reachable from outside was seen"
    }
  }

  /// Whether the agent chose the targets, so that they may be the wrong ones.
  fileprivate var isGuess: Bool { !isNamed }
}
