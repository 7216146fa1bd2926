/// The kinds of health check that CLB knows.
///
/// Source: `HealthCheck.CheckType` of the CLB API, https://cloud.tencent.com/document/product/214/30694 .
package enum CheckType: String, Sendable, Hashable, Codable, CaseIterable {
  case tcp = "TCP"
  case http = "HTTP"
  case https = "HTTPS"
  case grpc = "GRPC"
  /// ICMP echo, for UDP listeners.
  case ping = "PING"
  /// Bytes to send and bytes to expect; with UDP, also the check of the port alone.
  case custom = "CUSTOM"
}

/// Where a check's probes come from.
///
/// Source: `HealthCheck.SourceIpType`, https://www.tencentcloud.com/document/product/214/54819 .
package enum SourceIPType: Int, Sendable, Hashable, Codable, CaseIterable {
  /// The CLB's VIP.
  case virtualIP = 0
  /// Addresses of 100.64.0.0/10.
  case reservedRange = 1
}
