import Addressing
import LoadBalancer

extension BandwidthRule {
  /// Mbit/s that the remedy names: enough for a check, and cheap; billing by traffic caps the rate alone.
  private static let suggestedMegabits = 10

  func noBandwidth(isPublic: Bool) -> Finding {
    let consequence =
      isPublic
      ? "so the public CLB cannot use it"
      : "so a public CLB could not use it; no document says whether this one is public"
    return BandwidthCheck.declaration.finding(
      "none-on-traditional-account", isPublic ? .fail : .warn,
      "\(instance) has no public bandwidth and the account is billed by CVM (LEGACY), \(consequence)",
      evidence: evidence, remedies: [raise(to: Self.suggestedMegabits), upgrade])
  }

  var instanceUnknown: Finding {
    BandwidthCheck.declaration.finding(
      "none-on-traditional-account", .unknown,
      "whether \(instance) has public bandwidth is unknown; the account is billed by CVM (LEGACY), so "
        + "behind a public CLB it needs some",
      evidence: evidence,
      remedies: [
        Remedy(
          summary: "ask what the instance has, and give the answer to --listeners",
          commands: [describe])
      ])
  }

  func accountUnknown(isPublic: Bool) -> Finding {
    let question = "tccli vpc DescribeNetworkAccountType"
    guard isPublic else {
      return BandwidthCheck.declaration.finding(
        "account-type-unknown", .info,
        "the account's type is not known: if it is billed by CVM (LEGACY), a real server of a public CLB "
          + "needs public bandwidth; \(question) tells")
    }
    let cap = cloud.publicBandwidthMegabits.map { ", which has \($0.value) Mbit/s," } ?? ""
    return BandwidthCheck.declaration.finding(
      "account-type-unknown", .unknown,
      "whether \(instance)\(cap) needs public bandwidth is unknown: the CLB is public, and nobody said "
        + "the account's type",
      evidence: evidence,
      remedies: [
        Remedy(
          summary:
            "ask for the account's type, and give the answer to --listeners; STANDARD needs no "
            + "bandwidth of the real server's own, LEGACY does",
          commands: [question, describe])
      ])
  }

  /// Raises what the instance has, where its id is known; says so where it is not.
  func raise(to megabits: Int) -> Remedy {
    let now = cloud.publicBandwidthMegabits?.value ?? 0
    func set(_ megabits: Int) -> [String] {
      guard let id = cloud.instanceID else { return [] }
      return [TccliCommand(settingPublicBandwidth: megabits, of: id, region: region).shellText]
    }
    return Remedy(
      summary: "raise the public bandwidth of \(instance) from \(now) to \(megabits) Mbit/s; it "
        + "costs money by the instance's own billing, and no public IP is needed",
      commands: set(megabits), undo: set(now), verify: describe)
  }

  private var upgrade: Remedy {
    Remedy(
      summary:
        "upgrade the account to bill-by-IP in the console, where bandwidth is the CLB's own; "
        + "there is no way back")
  }

  /// Shows the instance; where its id is not known, by the address that the CLB probes.
  private var describe: String {
    if let id = cloud.instanceID { return TccliCommand(describing: id, region: region).shellText }
    let region = region.map { "--region \(shellQuoted($0)) " } ?? ""
    let filter = "[{\"Name\":\"private-ip-address\",\"Values\":[\"\(target.address)\"]}]"
    return "tccli cvm DescribeInstances \(region)--Filters \(shellQuoted(filter))"
  }
}
