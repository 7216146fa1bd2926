/// The client's side of one TLS connection without a socket: bytes in, bytes out.
///
/// The owner moves the ciphertext and keeps the time, so plain and encrypted probes share one engine and
/// one time limit. Used on one thread only, the one that made it.
package protocol TLSClientSession: AnyObject {
  /// Whether both sides have finished the handshake, so that text can be sent.
  var isHandshakeComplete: Bool { get }

  /// What the server chose of the protocols that were offered (ALPN); `nil` before the handshake's end.
  var negotiatedProtocol: String? { get }

  /// Whether the server has ended its side with close_notify.
  var isClosedByPeer: Bool { get }

  /// Takes bytes that came from the server.
  ///
  /// - Throws: why the session can go no further. Text that came before is still to be taken, and an
  ///   alert for the server to be sent.
  func receive(ciphertext: [UInt8]) throws(TLSFailure)

  /// Takes text for the server.
  ///
  /// - Throws: why the session cannot send; never before the end of the handshake.
  func send(plaintext: [UInt8]) throws(TLSFailure)

  /// Bytes for the server since the last call, first the ClientHello; empty when there are none.
  func takeCiphertext() -> [UInt8]

  /// Text from the server since the last call; empty when there is none.
  func takePlaintext() -> [UInt8]
}
