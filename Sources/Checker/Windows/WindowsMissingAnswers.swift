import Host
import Windows

/// What the files of a Windows capture leave open.
enum WindowsMissingAnswers {
  /// A sentence for each, in a fixed order.
  static func sentences(_ facts: WindowsFacts) -> [String] {
    var sentences: [String] = []
    func note<Value>(_ file: CaptureFile, _ reading: Reading<Value>) {
      guard let reason = reading.reasonMissing else { return }
      if case .failed(_, .notInCapture) = reading, !file.isRequired { return }
      sentences.append("\(reason); it is made by: \(file.command)")
    }
    note(.sockets, facts.sockets)
    if facts.registry.value == nil {
      note(.profiles, facts.profiles)
      note(.rules, facts.rules)
    }
    note(.registry, facts.registry)
    note(.activeProfiles, facts.activeProfiles)
    note(.configuration, facts.configuration)
    note(.responses, facts.responses)
    note(.processes, facts.processes)
    note(.processPaths, facts.processPaths)
    note(.services, facts.services)
    note(.version, facts.version)
    return sentences + limits
  }

  /// What no file of such a capture shows.
  private static let limits = [
    "filters of other products than Windows Firewall (antivirus, VPN, whatever else uses the Windows "
      + "Filtering Platform), and IPsec policies: no file shows them",
    "a group policy may override what netsh lists: Get-NetFirewallProfile -PolicyStore ActiveStore "
      + "shows what is in force",
    "how full accept queues are, routes, load: not in these files",
  ]
}
