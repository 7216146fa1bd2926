package import Addressing

/// The addresses that CLB's health checks come from.
package enum ProbeSources {
  /// 100.64.0.0/10: what a check with `SourceIpType` 1 comes from, and what CLB reserves for itself.
  ///
  /// Source: https://www.tencentcloud.com/document/product/214/54819 .
  package static let range: AddressPrefix = {
    guard let prefix = AddressPrefix(.v4(0x6440_0000), length: 10) else {
      preconditionFailure("an IPv4 prefix has up to 32 bits")
    }
    return prefix
  }()
}
