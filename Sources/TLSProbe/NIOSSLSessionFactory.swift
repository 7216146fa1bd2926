import NIOSSL
package import Probes

/// Makes TLS sessions with the BoringSSL that swift-nio-ssl carries, so no library of the host is needed.
///
/// Certificates are not verified and every version from TLS 1.0 on is allowed: whether CLB verifies is not
/// documented, and certificates of real servers behind it are often self-signed.
package struct NIOSSLSessionFactory: TLSClientSessionFactory {
  private let context: NIOSSLContext
  private let http2Context: NIOSSLContext

  /// - Throws: why the library refuses to start; nothing of the host enters into it.
  package init() throws(TLSFailure) {
    context = try NIOSSLSessionFactory.context(offering: [])
    http2Context = try NIOSSLSessionFactory.context(offering: ["h2"])
  }

  private static func context(offering protocols: [String]) throws(TLSFailure) -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.certificateVerification = .none
    configuration.trustRoots = .certificates([])
    configuration.minimumTLSVersion = .tlsv1
    configuration.applicationProtocols = protocols
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch {
      throw TLSFailure(explaining: error)
    }
  }

  package func makeSession(
    serverName: String?, applicationProtocols: [String]
  ) throws(TLSFailure) -> any TLSClientSession {
    let context =
      switch applicationProtocols {
      case []: context
      case ["h2"]: http2Context
      default: try NIOSSLSessionFactory.context(offering: applicationProtocols)
      }
    return try NIOSSLSession(context: context, peer: .anybody(serverName: serverName))
  }
}
