package import Addressing

/// Where traffic of clients comes from, which is not where probes do.
///
/// Source: https://www.tencentcloud.com/document/product/214/3728 .
package enum ClientSources: Sendable, Hashable {
  /// The operator named them.
  case named([AddressPrefix])
  /// The CLB's own range, 100.127.0.0/16: a layer-7 listener that keeps connections to real servers.
  ///
  /// Source: https://www.tencentcloud.com/document/product/214/32515 .
  case keptConnections
  /// The Internet: the CLB is a public one.
  case publicAddresses
  /// A private network: the CLB is an internal one.
  case privateAddresses
  /// One of these two: no document says which kind of CLB it is.
  case publicOrPrivate
  /// The CLB's SNAT addresses may stand for them, and no document says whether they do for this target.
  case translated
}

extension Target {
  /// Where the target's traffic comes from, as far as somebody said.
  package var clientSources: ClientSources {
    if !clients.isEmpty { return .named(clients) }
    if listener?.keepsConnections == true, listener?.listenerProtocol.isLayer7 == true {
      return .keptConnections
    }
    let traits = listener?.loadBalancer
    if traits?.hasSNATAddresses == true { return .translated }
    switch traits?.kind {
    case .open: return .publicAddresses
    case .internal: return .privateAddresses
    case nil: return .publicOrPrivate
    }
  }

  /// Where traffic goes.
  package var backendPort: UInt16 { servicePort ?? port }
}

extension ProbeSources {
  /// 100.127.0.0/16: what traffic of a layer-7 listener that keeps connections comes from.
  ///
  /// Source: https://cloud.tencent.com/document/product/214/77783 .
  package static let keptConnections: AddressPrefix = {
    guard let prefix = AddressPrefix(.v4(0x647F_0000), length: 16) else {
      preconditionFailure("an IPv4 prefix has up to 32 bits")
    }
    return prefix
  }()
}
