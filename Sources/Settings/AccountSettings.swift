package import LoadBalancer

/// What the settings file says of the account and the instance.
package struct AccountSettings: Sendable, Hashable {
  package var networkAccountType: Setting<NetworkAccountType>?
  /// Mbit/s.
  package var publicBandwidth: Setting<Int>?

  package init() {}

  /// What is said, each with its line.
  ///
  /// - Parameter file: the settings file's name.
  package func facts(file: String?) -> CloudFacts {
    var facts = CloudFacts()
    facts.accountType = networkAccountType.map {
      CloudFact($0.value, from: $0.origin.words(file: file))
    }
    facts.publicBandwidthMegabits = publicBandwidth.map {
      CloudFact($0.value, from: $0.origin.words(file: file))
    }
    return facts
  }
}

extension AccountSettings {
  /// Every key of the account.
  static let keys: [SettingsKey<AccountSettings>] = [
    .scalar(
      "networkAccountType", \.networkAccountType, .choice(NetworkAccountType.allCases),
      standard: "unknown", example: "STANDARD",
      "What \"tccli vpc DescribeNetworkAccountType\" says: STANDARD is bill-by-IP; LEGACY is "
        + "bill-by-CVM, where a real server of a public CLB needs public bandwidth of its own."),
    .scalar(
      "publicBandwidth", \.publicBandwidth, .whole(CloudFacts.sensibleMegabits, "Mbit/s"),
      standard: "unknown",
      example: "10",
      "The instance's InternetMaxBandwidthOut, as \"tccli cvm DescribeInstances\" says it; 0 is none."
    ),
  ]
}
