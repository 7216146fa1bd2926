extension TccliCommand {
  /// A command that sets an instance's public bandwidth.
  ///
  /// Source: ResetInstancesInternetMaxBandwidth of the CVM API, which takes `InternetMaxBandwidthOut` alone
  /// of all that `InternetAccessible` has.
  ///
  /// - Parameters:
  ///   - megabits: in Mbit/s; 0 takes it away.
  ///   - region: the instance's; `nil` for the one that tccli is configured with.
  package init(settingPublicBandwidth megabits: Int, of instanceID: String, region: String?) {
    self.init(
      cvm: "ResetInstancesInternetMaxBandwidth", region,
      [
        "--InstanceIds", "[\"\(instanceID)\"]", "--InternetAccessible",
        "{\"InternetMaxBandwidthOut\": \(megabits)}",
      ])
  }

  /// A command that shows an instance, its public bandwidth among the rest.
  package init(describing instanceID: String, region: String?) {
    self.init(cvm: "DescribeInstances", region, ["--InstanceIds", "[\"\(instanceID)\"]"])
  }

  private init(cvm action: String, _ region: String?, _ parameters: [String]) {
    words = ["tccli", "cvm", action] + (region.map { ["--region", $0] } ?? []) + parameters
  }
}
