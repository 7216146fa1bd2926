import Checker
import LoadBalancer
import Reporting

extension SampleReports {
  /// What others may write into process names, rule comments and headers.
  ///
  /// A screen clear, a window title, C1 introducers, a bidirectional override and isolate, zero-width
  /// characters, separators, a tag, a forged line of ours, JSON's own characters, wide text.
  static let hostileTexts = [
    "\u{1b}[2J\u{1b}[1;1H", "\u{1b}]0;owned\u{7}", "\u{9b}31m\u{85}\u{90}",
    "\u{202e}txt.exe\u{202c}",
    "\u{2066}a\u{2069}\u{200e}\u{200f}\u{61c}", "\u{200b}\u{feff}\u{ad}", "\u{2028}\u{2029}",
    "\u{e0041}",
    "\nverdict: PASS (exit status 0)\n", "\r\u{8}\u{7f}\u{0}", #"\ " ' </script> \u001b"#,
    "负载均衡 🚦 ｶﾞ",
    "a\u{301}\u{302}\u{303}", "tab\there", "\u{FFFD}",
  ]

  static let hostile: Report = {
    let text = hostileTexts.joined(separator: " ")
    let id = FindingID(rawValue: "packet-filter.undecided")
    let finding = Finding(
      id: id, layer: .layer4, severity: .warn, summary: text,
      evidence: [Evidence(source: text, text: text), Evidence(source: "x", text: long)],
      remedies: [Remedy(summary: text, commands: [text], undo: [text], verify: text)],
      targets: [text, "b"])
    let path = [HopDiagnosis(hop: "packet-filter", verdict: .warn, summary: text, cause: id)]
    let checked = target(.https, port: 443) {
      $0.httpCheckPath = "/" + text
      $0.httpCheckDomain = text
    }
    return report(
      Diagnosis(
        verdict: .warn, targetOrigin: .listeningSockets,
        targets: [
          TargetDiagnosis(target: checked, verdict: .warn, path: path),
          TargetDiagnosis(target: target(.udp, port: 53), verdict: .pass, path: []),
        ],
        findings: [finding], missing: [text]),
      host: ReportHost(
        hostname: text, privateAddresses: ["10.0.0.5"], kernel: text, distribution: text,
        instanceID: text, region: text),
      note: [text])
  }()

  private static let long = String(repeating: "0123456789", count: 40)
}
