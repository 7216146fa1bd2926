package import LoadBalancer
package import Windows

extension Checker {
  /// Judges all targets of a Windows host, from the files of a capture.
  ///
  /// Hops that such files say nothing of, or that Windows has not, are left out of the path.
  package func diagnose(
    _ targets: [Target], origin: TargetOrigin, facts: WindowsFacts,
    cloud: CloudFacts = CloudFacts()
  ) -> Diagnosis {
    diagnose(targets, origin: origin, missing: WindowsMissingAnswers.sentences(facts)) { target in
      let question = WindowsQuestion(target: target, facts: facts)
      return { check in
        switch check {
        case is AddressCheck.Type: WindowsAddressHop.examine(question)
        case is PacketFilterCheck.Type: WindowsFirewallHop.examine(question)
        case is PingCheck.Type: WindowsFirewallHop.examinePing(question)
        case is ListeningSocketCheck.Type: WindowsSocketHop.examine(question)
        case is ApplicationCheck.Type: WindowsApplicationHop.examine(question)
        case is BandwidthCheck.Type: BandwidthRule(target, cloud).outcome
        case is HealthCheckCheck.Type:
          HealthCheckCheck.examine(ParameterQuestion(target: target))
        default: .notOnTheWay
        }
      }
    }
  }
}
