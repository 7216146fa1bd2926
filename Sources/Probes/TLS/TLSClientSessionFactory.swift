/// Makes TLS sessions, one a connection.
package protocol TLSClientSessionFactory: Sendable {
  /// Makes a session with its ClientHello ready to be taken.
  ///
  /// - Parameters:
  ///   - serverName: the name for SNI; `nil` sends none.
  ///   - applicationProtocols: what is offered by ALPN, best first; empty offers nothing.
  func makeSession(
    serverName: String?, applicationProtocols: [String]
  ) throws(TLSFailure) -> any TLSClientSession
}
