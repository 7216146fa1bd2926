/// How a connection ended.
enum ConnectionEnd: Hashable {
  /// The peer closed its side in good order (FIN, or TLS close_notify).
  case closed
  /// The system ended it: a RST, or an ICMP error.
  case failed(ErrorNumber)
  /// The TLS session can go no further.
  case tlsFailed(TLSFailure)
}
