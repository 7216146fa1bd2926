/// The health-check parameters of one CLB listener or rule, named as the API's `HealthCheck`.
///
/// Source: `HealthCheck` of the CLB API, https://cloud.tencent.com/document/product/214/30694 ;
/// defaults and ranges, https://www.tencentcloud.com/document/product/214/39251 .
package struct HealthCheck: Sendable, Hashable, Codable {
  /// `HealthSwitch`: without a check every real server gets traffic.
  package var isEnabled = true
  /// Whole seconds until a probe without an answer has failed: 2–60.
  package var timeOut = 2
  /// Seconds between two probes of one prober: 2–300.
  package var intervalTime = 5
  /// Consecutive successes after which the real server is "Healthy": 2–10.
  package var healthNum = 3
  /// Consecutive failures after which the real server is "Unhealthy": 2–10.
  package var unHealthNum = 3
  /// The status classes that count as healthy.
  package var httpCode = HTTPCode.consoleDefault
  /// The check path, with its query, starting with `/`.
  package var httpCheckPath = "/"
  /// The check domain, sent as `Host`; `nil` sends the address.
  package var httpCheckDomain: String?
  package var httpCheckMethod = HTTPCheckMethod.head
  package var httpVersion = HTTPVersion.http11
  /// The gRPC status codes that are healthy.
  package var extendedCode = GRPCCodes.standard
  /// What a CUSTOM check exchanges; `nil` where the check is not CUSTOM.
  package var custom: CustomCheck?
  /// Where probes come from; `nil` where nobody said.
  package var sourceIPType: SourceIPType?
  /// The parameters that nobody named, so that this value holds a default the listener may not have.
  package var assumed: Set<Parameter> = Parameter.withDefaults

  package init() {}

  /// Whether probes of both send the same and wait as long; what they call healthy may differ.
  package func asksTheSame(as other: HealthCheck) -> Bool {
    timeOut == other.timeOut && httpCheckPath == other.httpCheckPath
      && httpCheckDomain == other.httpCheckDomain && httpCheckMethod == other.httpCheckMethod
      && httpVersion == other.httpVersion && custom == other.custom
  }

  /// Whether the times are those that CLB takes; a value from a file can be anything.
  package var hasLegalTimes: Bool {
    (2...60).contains(timeOut) && (2...300).contains(intervalTime) && (2...10).contains(unHealthNum)
      && (2...10).contains(healthNum)
  }

  /// Whether the times can be reckoned with, legal or not.
  package var hasSensibleTimes: Bool {
    [timeOut, intervalTime].allSatisfy(Self.sensibleSeconds.contains)
      && [healthNum, unHealthNum].allSatisfy(Self.sensibleCounts.contains)
  }

  /// Whether CLB takes it for a check domain: 1–80 letters, digits, `-` and `.`, in either case.
  package static func isDomain(_ text: some StringProtocol) -> Bool {
    (1...80).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
          true
        default: false
        }
      }
  }

  /// Seconds that a document may name, legal or not; anything beyond is a mistake in the document.
  package static let sensibleSeconds = 0...3600
  /// Consecutive results that a document may name, legal or not.
  package static let sensibleCounts = 0...1000
}

extension HealthCheck {
  /// Decodes a check; members that older captures lack keep their defaults.
  package init(from decoder: any Decoder) throws {
    self.init()
    let values = try decoder.container(keyedBy: CodingKeys.self)
    func take<Value: Decodable>(
      _ key: CodingKeys, into member: inout Value
    ) throws {
      member = try values.decodeIfPresent(Value.self, forKey: key) ?? member
    }
    try take(.isEnabled, into: &isEnabled)
    try take(.timeOut, into: &timeOut)
    try take(.intervalTime, into: &intervalTime)
    try take(.healthNum, into: &healthNum)
    try take(.unHealthNum, into: &unHealthNum)
    try take(.httpCode, into: &httpCode)
    try take(.httpCheckPath, into: &httpCheckPath)
    try take(.httpCheckMethod, into: &httpCheckMethod)
    try take(.httpVersion, into: &httpVersion)
    try take(.extendedCode, into: &extendedCode)
    try take(.assumed, into: &assumed)
    httpCheckDomain = try values.decodeIfPresent(String.self, forKey: .httpCheckDomain)
    custom = try values.decodeIfPresent(CustomCheck.self, forKey: .custom)
    sourceIPType = try values.decodeIfPresent(SourceIPType.self, forKey: .sourceIPType)
  }
}
