import NIOSSL
package import Probes

/// Makes TLS sessions that go no further than the handshake unless the server proves who it is.
///
/// TLS 1.2 and 1.3, full verification of chain, dates and name.
package struct VerifyingSessionFactory: VerifyingTLSSessionFactory {
  private let context: NIOSSLContext
  private let trustsSystem: Bool

  /// - Throws: which part of the material is none, never what is in it.
  package init(_ material: TLSMaterial) throws(TLSMaterialFailure) {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.certificateVerification = .fullVerification
    configuration.renegotiationSupport = .none
    if let authority = material.certificateAuthority {
      let certificates = try Self.certificates(authority, .certificateAuthority)
      configuration.trustRoots = .certificates(certificates)
    }
    if let certificate = material.certificate {
      let chain = try Self.certificates(certificate, .certificate)
      configuration.certificateChain = chain.map { .certificate($0) }
    }
    if let key = material.key { configuration.privateKey = .privateKey(try Self.key(key)) }
    if (material.certificate == nil) != (material.key == nil) {
      let part: TLSMaterial.Part = material.key == nil ? .key : .certificate
      throw TLSMaterialFailure(
        part: part, reason: "a client certificate needs both certificate and key")
    }
    trustsSystem = material.certificateAuthority == nil
    context = try Self.context(configuration)
  }

  package func makeSession(
    serverName: String?, applicationProtocols: [String]
  ) throws(TLSFailure) -> any TLSClientSession {
    guard let serverName else {
      throw TLSFailure(reason: "a session that verifies needs the server's name or address")
    }
    return try NIOSSLSession(
      context: context, peer: .verified(serverName))
  }

  package func makeExamination(serverName: String) throws(TLSFailure) -> any TLSClientSession {
    try NIOSSLSession(
      context: context, peer: .examined(serverName, trustsSystem: trustsSystem))
  }
}

extension VerifyingSessionFactory {
  private static func certificates(
    _ pem: [UInt8], _ part: TLSMaterial.Part
  ) throws(TLSMaterialFailure) -> [NIOSSLCertificate] {
    let certificates = try? NIOSSLCertificate.fromPEMBytes(pem)
    guard let certificates, !certificates.isEmpty else {
      throw TLSMaterialFailure(
        part: part, reason: "the file holds no certificate; expected PEM: BEGIN CERTIFICATE")
    }
    return certificates
  }

  private static func key(_ pem: [UInt8]) throws(TLSMaterialFailure) -> NIOSSLPrivateKey {
    do {
      return try NIOSSLPrivateKey(bytes: pem, format: .pem)
    } catch {
      throw TLSMaterialFailure(
        part: .key,
        reason:
          "the file holds no private key; expected PEM without a passphrase: BEGIN PRIVATE KEY")
    }
  }

  /// The library's words for a failure name the file's kind and never its content, but only a few are known to
  /// matter here, so none is passed on.
  private static func context(
    _ configuration: TLSConfiguration
  ) throws(TLSMaterialFailure) -> NIOSSLContext {
    do {
      return try NIOSSLContext(configuration: configuration)
    } catch {
      let part: TLSMaterial.Part =
        configuration.privateKey == nil ? .certificateAuthority : .key
      throw TLSMaterialFailure(
        part: part,
        reason: part == .key
          ? "the key is not that of the certificate" : "the authorities cannot be used")
    }
  }
}
