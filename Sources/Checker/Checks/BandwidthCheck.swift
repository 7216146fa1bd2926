import Collectors
import LoadBalancer

/// Whether the account asks this host for public bandwidth of its own, and whether it has any to spare.
///
/// The host itself cannot tell: documents of the cloud API or settings say what the account and the instance
/// have. Source of the rule: https://www.tencentcloud.com/document/product/214/3394 .
package enum BandwidthCheck: Check {
  package static func examine(_ question: CheckQuestion) -> HopOutcome {
    let rule = BandwidthRule(question.target, question.cloud)
    guard case .paidByInstance(let cap) = rule.judgement,
      let interface = question.facts.arrival(of: question.target.address)?.name,
      let use = BandwidthUse(interface, question.transmitRates, cap)
    else { return rule.outcome }
    guard use.reaches(question.thresholds.publicBandwidth) else {
      return .independent(HopOutcome(rule.sufficient(cap, use)))
    }
    return .independent(HopOutcome(use.finding(rule)))
  }
}
