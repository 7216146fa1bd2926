import NIOCore
import NIOSSL
import Probes

/// Who is at the other end, and what is asked of it.
enum TLSPeer {
  /// Whoever answers; the name goes out as SNI.
  case anybody(serverName: String?)
  /// Whose certificate is for this name or literal address, and leads to an authority.
  case verified(String)
  /// Whose certificate is looked at to say what is wrong with it.
  case examined(String, trustsSystem: Bool)

  /// The address that a certificate must be for, where the name is one.
  var address: SocketAddress? {
    switch self {
    case .anybody: nil
    case .verified(let name), .examined(let name, _): try? SocketAddress(ipAddress: name, port: 0)
    }
  }

  /// What goes out as SNI, which addresses may not.
  private var serverName: String? {
    switch self {
    case .anybody(let name): name
    case .verified(let name), .examined(let name, _): address == nil ? name : nil
    }
  }

  func handler(
    _ context: NIOSSLContext, failed: @escaping (TLSFailure) -> Void
  ) throws -> NIOSSLClientHandler {
    guard case .examined(_, let trustsSystem) = self else {
      return try NIOSSLClientHandler(context: context, serverHostname: serverName)
    }
    return try NIOSSLClientHandler(
      context: context, serverHostname: serverName,
      customVerificationCallback: { chain, promise in
        failed(CertificateFault(chain, trustsSystem: trustsSystem).failure)
        // Whatever was found: this session is for looking only.
        promise.succeed(.failed)
      })
  }
}
