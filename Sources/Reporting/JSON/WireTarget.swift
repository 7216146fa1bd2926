import Addressing
import Checker
import LoadBalancer

/// One target in the JSON report.
struct WireTarget: Codable, Hashable {
  var name: String
  var `protocol`: String
  var address: String
  var port: Int
  var sources: [String]
  var verdict: String
  var healthCheck: Check
  var path: [Hop]

  init(_ diagnosis: TargetDiagnosis) {
    let target = diagnosis.target
    name = target.name
    `protocol` = target.transport.rawValue
    address = target.address.description
    port = Int(target.port)
    sources = target.sources.map(\.description)
    verdict = diagnosis.verdict.rawValue
    healthCheck = Check(target)
    path = diagnosis.path.map(Hop.init)
  }

  /// The check's parameters; those of HTTP are `null` for other targets.
  struct Check: Codable, Hashable {
    var timeOut: Int
    var intervalTime: Int
    var unHealthNum: Int
    @Nullable var httpCode: Int?
    @Nullable var httpCheckPath: String?
    @Nullable var httpCheckDomain: String?
    @Nullable var httpCheckMethod: String?
    @Nullable var httpVersion: String?
    var assumed: [String]

    init(_ target: Target) {
      let check = target.healthCheck
      let isHTTP = target.transport.isHTTP
      timeOut = check.timeOut
      intervalTime = check.intervalTime
      unHealthNum = check.unHealthNum
      _httpCode = Nullable(isHTTP ? check.httpCode.rawValue : nil)
      _httpCheckPath = Nullable(isHTTP ? check.httpCheckPath : nil)
      _httpCheckDomain = Nullable(isHTTP ? check.httpCheckDomain : nil)
      _httpCheckMethod = Nullable(isHTTP ? check.httpCheckMethod.rawValue : nil)
      _httpVersion = Nullable(isHTTP ? check.httpVersion.rawValue : nil)
      let names = HealthCheck.Parameter.allCases.filter(check.assumed.contains)
      assumed = names.filter { isHTTP || !$0.isOfHTTP }.map(\.wireName)
    }
  }

  struct Hop: Codable, Hashable {
    var hop: String
    var verdict: String
    var summary: String
    @Nullable var cause: String?

    init(_ diagnosis: HopDiagnosis) {
      hop = diagnosis.hop
      verdict = diagnosis.verdict.rawValue
      summary = diagnosis.summary
      _cause = Nullable(diagnosis.cause?.rawValue)
    }
  }
}

extension HealthCheck.Parameter {
  fileprivate var isOfHTTP: Bool { self != .timeOut }

  /// The member of `healthCheck` that holds the parameter.
  fileprivate var wireName: String {
    switch self {
    case .timeOut: "timeOut"
    case .httpCode: "httpCode"
    case .httpCheckDomain: "httpCheckDomain"
    case .httpCheckMethod: "httpCheckMethod"
    case .httpVersion: "httpVersion"
    }
  }
}
