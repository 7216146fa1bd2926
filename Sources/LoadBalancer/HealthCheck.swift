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
  package var assumed: Set<Parameter> = Set(Parameter.allCases)

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

  /// Parameters that a default can hide.
  package enum Parameter: String, Sendable, Hashable, Codable, CaseIterable {
    case timeOut = "TimeOut"
    case httpCode = "HttpCode"
    case httpCheckDomain = "HttpCheckDomain"
    case httpCheckMethod = "HttpCheckMethod"
    case httpVersion = "HttpVersion"
  }
}

/// The request method of an HTTP check; CLB knows no other.
package enum HTTPCheckMethod: String, Sendable, Hashable, Codable, CaseIterable {
  case head = "HEAD"
  case get = "GET"
}

/// The HTTP version of an HTTP check.
package enum HTTPVersion: String, Sendable, Hashable, Codable, CaseIterable {
  case http10 = "HTTP/1.0"
  case http11 = "HTTP/1.1"
}

/// The bit mask `HttpCode`: which classes of status mean "healthy".
package struct HTTPCode: OptionSet, Sendable, Hashable, Codable {
  /// 1–31: the sum of 1 for 1xx, 2 for 2xx, 4 for 3xx, 8 for 4xx, 16 for 5xx.
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let informational = HTTPCode(rawValue: 1)
  package static let successful = HTTPCode(rawValue: 2)
  package static let redirection = HTTPCode(rawValue: 4)
  package static let clientError = HTTPCode(rawValue: 8)
  package static let serverError = HTTPCode(rawValue: 16)

  /// 1xx to 4xx, what the console ticks for a new rule.
  ///
  /// The API's own default is 31, every class; under it no status is ever unhealthy, so assuming it
  /// would hide a server that answers 503.
  package static let consoleDefault: HTTPCode = [
    .informational, .successful, .redirection, .clientError,
  ]

  /// Parses a number from 1 to 31, or classes separated by commas: `2xx,3xx`.
  package init?(parsing text: some StringProtocol) {
    if let number = Int(text) {
      guard (1...31).contains(number) else { return nil }
      self.init(rawValue: number)
      return
    }
    var mask: HTTPCode = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      let lowercased = word.lowercased()
      guard lowercased.utf8.count == 3, lowercased.hasSuffix("xx"), let digit = lowercased.first,
        let statusClass = digit.wholeNumberValue, (1...5).contains(statusClass)
      else { return nil }
      mask.insert(HTTPCode(rawValue: 1 << (statusClass - 1)))
    }
    self = mask
  }

  /// Whether the class of this status, 100–599, is in the mask.
  package func accepts(status: Int) -> Bool {
    guard (100...599).contains(status) else { return false }
    return contains(HTTPCode(rawValue: 1 << (status / 100 - 1)))
  }
}

extension HTTPCode: CustomStringConvertible {
  /// The classes in the mask: `1xx-4xx`, or `2xx,5xx`.
  package var description: String {
    let classes = (1...5).filter { contains(HTTPCode(rawValue: 1 << ($0 - 1))) }
    guard let first = classes.first, let last = classes.last else { return "none" }
    if classes.count > 1, classes.count == last - first + 1 { return "\(first)xx-\(last)xx" }
    return classes.map { "\($0)xx" }.joined(separator: ",")
  }
}
