import Addressing
import Checker
import LoadBalancer

/// One target in the JSON report.
struct WireTarget: Codable, Hashable {
  var name: String
  var `protocol`: String
  var address: String
  var port: Int
  @Nullable var servicePort: Int?
  @Nullable var listener: Listener?
  @Nullable var reportedState: String?
  var sources: [String]
  var verdict: String
  @Nullable var since: String?
  @Nullable var change: String?
  var healthCheck: Check
  var path: [Hop]

  init(_ diagnosis: TargetDiagnosis, _ standing: Standing?) {
    let target = diagnosis.target
    name = target.name
    `protocol` = target.transport.rawValue
    address = target.address.description
    port = Int(target.port)
    _servicePort = Nullable(target.servicePort.map(Int.init))
    _listener = Nullable(target.listener.map(Listener.init))
    _reportedState = Nullable(target.reportedState?.rawValue)
    sources = target.sources.map(\.description)
    verdict = diagnosis.verdict.rawValue
    _since = Nullable(standing?.since.rfc3339)
    _change = Nullable(standing?.change.rawValue)
    healthCheck = Check(target)
    path = diagnosis.path.map(Hop.init)
  }

  /// The CLB's listener or rule.
  struct Listener: Codable, Hashable {
    @Nullable var loadBalancerID: String?
    var listenerID: String
    @Nullable var locationID: String?
    var `protocol`: String
    var port: Int
    @Nullable var domain: String?
    @Nullable var url: String?
    @Nullable var region: String?

    init(_ listener: ListenerReference) {
      _loadBalancerID = Nullable(listener.loadBalancerID)
      listenerID = listener.listenerID
      _locationID = Nullable(listener.locationID)
      `protocol` = listener.listenerProtocol.rawValue
      port = Int(listener.listenerPort)
      _domain = Nullable(listener.domain)
      _url = Nullable(listener.url)
      _region = Nullable(listener.region)
    }
  }

  /// The check's parameters; those of HTTP are `null` for other targets.
  struct Check: Codable, Hashable {
    var healthSwitch: Int
    var checkType: String
    var timeOut: Int
    var intervalTime: Int
    var healthNum: Int
    var unHealthNum: Int
    @Nullable var httpCode: Int?
    @Nullable var httpCheckPath: String?
    @Nullable var httpCheckDomain: String?
    @Nullable var httpCheckMethod: String?
    @Nullable var httpVersion: String?
    @Nullable var contextType: String?
    @Nullable var sendContext: String?
    @Nullable var recvContext: String?
    @Nullable var extendedCode: String?
    @Nullable var sourceIpType: Int?
    var assumed: [String]

    init(_ target: Target) {
      let check = target.healthCheck
      let isHTTP = target.transport.isHTTP
      healthSwitch = check.isEnabled ? 1 : 0
      checkType = target.checkType.rawValue
      timeOut = check.timeOut
      intervalTime = check.intervalTime
      healthNum = check.healthNum
      unHealthNum = check.unHealthNum
      _httpCode = Nullable(isHTTP ? check.httpCode.rawValue : nil)
      _httpCheckPath = Nullable(target.transport.hasPath ? check.httpCheckPath : nil)
      _httpCheckDomain = Nullable(target.transport.hasPath ? check.httpCheckDomain : nil)
      _httpCheckMethod = Nullable(isHTTP ? check.httpCheckMethod.rawValue : nil)
      _httpVersion = Nullable(isHTTP ? check.httpVersion.rawValue : nil)
      _contextType = Nullable(check.custom?.contextType.rawValue)
      _sendContext = Nullable(check.custom.map { $0.written($0.send) })
      _recvContext = Nullable(check.custom.map { $0.written($0.receive) })
      _extendedCode = Nullable(target.transport.isGRPC ? check.extendedCode.description : nil)
      _sourceIpType = Nullable(check.sourceIPType?.rawValue)
      assumed = HealthCheck.Parameter.allCases
        .filter { check.assumed.contains($0) && $0.applies(to: target.checkType) }
        .compactMap { parameter in
          parameter.isOfHTTP && !isHTTP ? nil : parameter.wireName
        }
    }
  }

  struct Hop: Codable, Hashable {
    var hop: String
    var verdict: String
    var summary: String
    @Nullable var cause: String?
    @Nullable var skip: String?

    init(_ diagnosis: HopDiagnosis) {
      hop = diagnosis.hop
      verdict = diagnosis.verdict.rawValue
      summary = diagnosis.summary
      _cause = Nullable(diagnosis.cause?.rawValue)
      _skip = Nullable(diagnosis.skip)
    }
  }
}

extension HealthCheck.Parameter {
  fileprivate var isOfHTTP: Bool { rawValue.hasPrefix("Http") }

  /// The member of `healthCheck` that holds the parameter; `nil` for those that others hold.
  fileprivate var wireName: String? {
    guard self != .checkPort, let first = rawValue.first else { return nil }
    return first.lowercased() + rawValue.dropFirst()
  }
}
