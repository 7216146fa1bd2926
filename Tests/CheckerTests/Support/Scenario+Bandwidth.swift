import Checker
import Collectors
import LoadBalancer
import Probes

extension Scenario {
  /// A healthy host in a cloud that is told of.
  private init(
    _ description: String, raises: [String], _ verdict: Verdict,
    account: NetworkAccountType?, bandwidth: Int? = nil,
    loadBalancer: CloudFacts.LoadBalancer? = nil, sending megabits: Int? = nil,
    address: String = "10.0.0.5", outcome: ProbeOutcome = .ok,
    host: (inout FakeHost) -> Void = { _ in }
  ) {
    self.init(description, raises: raises, verdict, address: address, outcome: outcome, host: host)
    var cloud = CloudFacts()
    cloud.metadata = InstanceMetadata(instanceID: "ins-9z8y7x6w")
    cloud.metadata?.region = "ap-guangzhou"
    cloud.accountType = account.map { CloudFact($0, from: "account.json") }
    cloud.publicBandwidthMegabits = bandwidth.map { CloudFact($0, from: "instances.json") }
    if let loadBalancer { cloud.loadBalancers = ["lb-a1b2c3d4": loadBalancer] }
    self.cloud = cloud
    transmitRates = megabits.flatMap {
      TransmitRates(milliseconds: 1000, bytes: ["eth0": $0 * 1_000_000 / 8, "lo": 1 << 40])
    }
  }

  private static let open = CloudFacts.LoadBalancer(kind: .open)
  private static let inner = CloudFacts.LoadBalancer(kind: .internal)
  private static let missing = "bandwidth.none-on-traditional-account"
  private static let untold = "bandwidth.account-type-unknown"
  private static let saturated = "bandwidth.saturated"

  static let bandwidth =
    traditionalAccount + unknownAccount + [
      Scenario(
        "public CLB, standard account without bandwidth", raises: [], .pass, account: .standard,
        bandwidth: 0, loadBalancer: open),
      Scenario(
        "public CLB, standard account, a full line", raises: [], .pass, account: .standard,
        bandwidth: 10, loadBalancer: open, sending: 10),
    ]

  private static let traditionalAccount = [
    Scenario(
      "public CLB, traditional account without bandwidth", raises: [missing], .fail,
      account: .legacy, bandwidth: 0, loadBalancer: open),
    Scenario(
      "the same, and nothing listens either: two causes",
      raises: [missing, "listening-socket.missing"], .fail, account: .legacy, bandwidth: 0,
      loadBalancer: open, outcome: .refused
    ) { $0.sockets = [] },
    Scenario(
      "a CLB of which nobody says whether it is public", raises: [missing], .warn, account: .legacy,
      bandwidth: 0),
    Scenario(
      "a public CLB, and nobody says the bandwidth", raises: [missing], .unknown, account: .legacy,
      loadBalancer: open),
    Scenario(
      "public CLB, traditional account with bandwidth", raises: [], .pass, account: .legacy,
      bandwidth: 1, loadBalancer: open),
    Scenario(
      "internal CLB, traditional account without bandwidth", raises: [], .pass, account: .legacy,
      bandwidth: 0, loadBalancer: inner),
    Scenario(
      "internal CLB, traditional account, a full line", raises: [], .pass, account: .legacy,
      bandwidth: 10, loadBalancer: inner, sending: 10),
    Scenario(
      "CLB with IPv6 VIPs alone", raises: [], .pass, account: .legacy, bandwidth: 0,
      loadBalancer: CloudFacts.LoadBalancer(kind: .open, isIPv6: true)),
    Scenario(
      "nine tenths of the bandwidth in use", raises: [saturated], .warn, account: .legacy,
      bandwidth: 10, loadBalancer: open, sending: 9),
    Scenario(
      "less than nine tenths of it", raises: [], .pass, account: .legacy, bandwidth: 10,
      loadBalancer: open, sending: 8),
  ]

  private static let unknownAccount = [
    Scenario("nothing is known", raises: [], .pass, account: nil),
    Scenario(
      "a public CLB, an account of unknown type", raises: [untold], .unknown, account: nil,
      loadBalancer: open),
    Scenario(
      "the same without bandwidth", raises: [untold], .unknown, account: nil, bandwidth: 0,
      loadBalancer: open),
    Scenario(
      "the same with bandwidth, which does for either type", raises: [], .pass, account: nil,
      bandwidth: 1, loadBalancer: open),
    Scenario(
      "the same with a full line, which may not matter", raises: [], .pass, account: nil,
      bandwidth: 10, loadBalancer: open, sending: 10),
    Scenario(
      "an internal CLB, an account of unknown type", raises: [], .pass, account: nil,
      loadBalancer: inner),
  ]
}
