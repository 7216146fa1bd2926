/// What a client that verifies servers is given: the contents of PEM files.
package struct TLSMaterial: Sendable, Hashable {
  /// The authorities that are trusted; `nil` for those that the system trusts.
  package var certificateAuthority: [UInt8]?
  /// The client's own certificate, and those that lead from it to an authority.
  package var certificate: [UInt8]?
  /// The private key of that certificate.
  package var key: [UInt8]?

  package init(
    certificateAuthority: [UInt8]? = nil, certificate: [UInt8]? = nil, key: [UInt8]? = nil
  ) {
    self.certificateAuthority = certificateAuthority
    self.certificate = certificate
    self.key = key
  }

  /// One of them.
  package enum Part: String, Sendable, Hashable {
    case certificateAuthority, certificate, key
  }
}

/// Why the material cannot be used; nothing of what it holds is in the reason.
package struct TLSMaterialFailure: Error, Sendable, Hashable {
  package var part: TLSMaterial.Part
  package var reason: String

  package init(part: TLSMaterial.Part, reason: String) {
    self.part = part
    self.reason = reason
  }
}

/// Makes what makes sessions with servers that prove who they are.
///
/// A session's server name is then also what the certificate must be for, and may be a literal address.
package typealias VerifyingTLS =
  @Sendable (TLSMaterial) throws(TLSMaterialFailure) -> any VerifyingTLSSessionFactory

/// Makes TLS sessions that end in the handshake unless the server proves who it is.
package protocol VerifyingTLSSessionFactory: TLSClientSessionFactory {
  /// A session that never ends its handshake, and fails with what is wrong with the server's certificate.
  ///
  /// For a message alone: a library that verifies says no more than that it failed.
  func makeExamination(serverName: String) throws(TLSFailure) -> any TLSClientSession
}
