extension BandwidthCheck {
  package static let declaration = CheckDeclaration(
    name: "bandwidth",
    summary: "Does the account ask this host for public bandwidth, and is there any to spare?",
    reason: """
      Tencent Cloud has two types of account. With bill-by-IP (STANDARD, all accounts since June 2020) \
      public bandwidth belongs to the CLB. With bill-by-CVM (LEGACY, the traditional account) it \
      belongs to the real server: behind a public CLB one with 0 Mbit/s is "Unhealthy", though \
      everything on the host is well. A public IP is not needed, only bandwidth. Internal CLBs need \
      none, and an IPv6 CLB has a bandwidth package.

      Nothing of this can be seen on the host. It comes from the documents of `--listeners`, or from \
      `account` in the settings. Without them the report says once that it is not known, and no verdict \
      changes; of a CLB that documents call public, it is unknown.

      How much is in use is measured where a cap above 0 counts. On a CVM public traffic leaves by the \
      private interface with all other traffic, so what that interface sends is an upper bound.
      """,
    reads: [
      "`tccli vpc DescribeNetworkAccountType`", "`tccli cvm DescribeInstances`",
      "`tccli clb DescribeLoadBalancers`", "/proc/net/dev (twice)",
      "the metadata service (the instance's id and region)",
    ],
    findings: [
      FindingDeclaration(
        id: FindingID(rawValue: "bandwidth.none-on-traditional-account"), layer: .bandwidth,
        severities: [.fail, .warn, .unknown],
        meaning: "the account is billed by CVM, and this real server of a public CLB has no public "
          + "bandwidth",
        remedy: "give the instance public bandwidth, or upgrade the account to bill-by-IP"),
      FindingDeclaration(
        id: FindingID(rawValue: "bandwidth.account-type-unknown"), layer: .bandwidth,
        severities: [.unknown, .info],
        meaning: "nobody said whether the account is billed by IP or by CVM",
        remedy: "ask with `tccli vpc DescribeNetworkAccountType`, and give the answer to "
          + "`--listeners` or the settings"),
      FindingDeclaration(
        id: FindingID(rawValue: "bandwidth.saturated"), layer: .bandwidth,
        severities: [.warn, .info],
        meaning: "the host sends at least nine tenths of its public bandwidth, or as much as the "
          + "settings say",
        remedy: "raise the instance's public bandwidth, or send less"),
    ],
    sources: [
      "https://www.tencentcloud.com/document/product/214/38451",
      "https://www.tencentcloud.com/document/product/214/3394",
      "https://www.tencentcloud.com/document/product/684/15246",
    ])
}
