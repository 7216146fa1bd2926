/// Why a TLS session cannot go on.
package struct TLSFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// For a person: what the server did, or the alert it sent, with the library's own words.
  package var reason: String
  /// What is at fault, where that is known.
  package var fault: Fault?

  package init(reason: String, fault: Fault? = nil) {
    self.reason = reason
    self.fault = fault
  }

  package var description: String { reason }

  /// What a client that verifies, or that is to prove itself, may find.
  package enum Fault: Sendable, Hashable {
    /// No chain leads from the server's certificate to an authority that is trusted, or a part of it is not
    /// valid today.
    case unverified
    /// The server's certificate is for others.
    case wrongName
    /// The server wants a certificate of ours, or another one.
    case clientCertificate
  }
}
