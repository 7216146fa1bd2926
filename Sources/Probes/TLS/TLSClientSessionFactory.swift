/// Makes TLS sessions, one a connection.
package protocol TLSClientSessionFactory: Sendable {
  /// Makes a session with its ClientHello ready to be taken.
  ///
  /// - Parameter serverName: the name for SNI; `nil` sends none.
  func makeSession(serverName: String?) throws(TLSFailure) -> any TLSClientSession
}
