import Collectors
import LoadBalancer

/// How much of the public bandwidth could be in use: what the interface sends.
///
/// On a CVM public traffic leaves by the private interface, together with all other traffic; so what the
/// interface sends is the most that the public part can be.
struct BandwidthUse {
  let interface: String
  let megabits: Double
  private let milliseconds: Int
  private let cap: Int

  /// - Returns: `nil` where the interface was not measured.
  init?(_ interface: String, _ rates: TransmitRates?, _ cap: CloudFact<Int>) {
    guard let rates, let megabits = rates.megabits(of: interface) else { return nil }
    self.interface = interface
    self.megabits = megabits
    milliseconds = rates.milliseconds
    self.cap = cap.value
  }

  func reaches(_ percent: Int) -> Bool { megabits * 100 >= Double(cap) * Double(percent) }

  /// `9.6 Mbit/s`.
  var words: String {
    let tenths = Int((megabits * 10).rounded())
    return tenths >= 1000 ? "\(tenths / 10) Mbit/s" : "\(tenths / 10).\(tenths % 10) Mbit/s"
  }

  /// A full line on an account that pays by CVM may drop answers; on one of unknown type it is worth knowing.
  func finding(_ rule: BandwidthRule) -> Finding {
    let isTraditional = rule.cloud.accountType?.value == .legacy
    let condition = isTraditional ? "" : " (it matters on an account that is billed by CVM)"
    return BandwidthCheck.declaration.finding(
      "saturated", isTraditional ? .warn : .info,
      "\(interface) sends \(words), and \(rule.instance) has \(cap) Mbit/s of public "
        + "bandwidth: as far as that traffic is public, it is cut off\(condition)",
      evidence: [
        Evidence(
          source: "/proc/net/dev, read twice",
          text: "\(interface) sent \(words) during \(milliseconds) ms")
      ] + rule.evidence,
      remedies: [rule.raise(to: cap * 2)])
  }
}
