import Addressing

/// What CLB's documents allow and recommend for a target's check.
///
/// Source: `HealthCheck` of the CLB API; https://www.tencentcloud.com/document/product/214/39251 ,
/// https://cloud.tencent.com/document/product/214/50011 . IPv6: IntervalTime from 5.
package struct ParameterLimits: Sendable, Hashable {
  package static let timeOut = 2...60
  package static let counts = 2...10
  package static let httpCode = 1...31
  /// Characters; the documents differ between 80 and 200, so only beyond 200 is surely too long.
  package static let pathLength = 1...200
  package static let contextLength = 0...500

  package let intervalTime: ClosedRange<Int>
  /// The kinds of check that the listener can have.
  package let checkTypes: [CheckType]

  package init(_ target: Target) {
    let isIPv6 = target.address.family == .ipv6
    intervalTime = (isIPv6 ? 5 : 2)...300
    checkTypes = Self.checkTypes(of: target.listener?.listenerProtocol, isIPv6: isIPv6)
  }

  private static func checkTypes(
    of listener: ListenerProtocol?, isIPv6: Bool
  ) -> [CheckType] {
    switch listener {
    case .tcp: isIPv6 ? [.tcp] : [.tcp, .http, .custom]
    // The documents differ in whether an IPv6 listener may check a port.
    case .udp: isIPv6 ? [.ping] : [.ping, .custom]
    case .tcpSSL, .quic: [.tcp, .http]
    case .http: isIPv6 ? [.http, .tcp] : [.http, .grpc, .tcp]
    case .https: isIPv6 ? [.http, .https, .tcp] : [.http, .https, .grpc, .tcp]
    case nil: CheckType.allCases
    }
  }
}
