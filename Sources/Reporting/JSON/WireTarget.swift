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

  /// The check's parameters; those of one kind of check are `null` for others.
  struct Check: Codable, Hashable {
    var checkType: String
    var timeOut: Int
    var intervalTime: Int
    var unHealthNum: Int
    @Nullable var httpCode: Int?
    @Nullable var httpCheckPath: String?
    @Nullable var httpCheckDomain: String?
    @Nullable var httpCheckMethod: String?
    @Nullable var httpVersion: String?
    @Nullable var extendedCode: String?
    @Nullable var contextType: String?
    /// In hexadecimal digits, whatever the type.
    @Nullable var sendContext: String?
    @Nullable var recvContext: String?
    var assumed: [String]

    init(_ target: Target) {
      let check = target.healthCheck
      let isHTTP = target.transport.isHTTP
      let isGRPC = target.transport.isGRPC
      let custom = target.checkType == .custom ? check.custom : nil
      checkType = target.checkType.rawValue
      timeOut = check.timeOut
      intervalTime = check.intervalTime
      unHealthNum = check.unHealthNum
      _httpCode = Nullable(isHTTP ? check.httpCode.rawValue : nil)
      _httpCheckPath = Nullable(target.transport.hasPath ? check.httpCheckPath : nil)
      _httpCheckDomain = Nullable(target.transport.hasPath ? check.httpCheckDomain : nil)
      _httpCheckMethod = Nullable(isHTTP ? check.httpCheckMethod.rawValue : nil)
      _httpVersion = Nullable(isHTTP ? check.httpVersion.rawValue : nil)
      _extendedCode = Nullable(isGRPC ? check.extendedCode.description : nil)
      _contextType = Nullable(custom?.contextType.rawValue)
      _sendContext = Nullable(custom?.send.hexadecimal)
      _recvContext = Nullable(custom?.receive.hexadecimal)
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

extension [UInt8] {
  fileprivate var hexadecimal: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
  }
}
