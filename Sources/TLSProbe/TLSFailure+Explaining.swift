import NIOSSL
import Probes

extension TLSFailure {
  /// Tells an operator what a TLS library's error means, followed by the library's own words.
  init(explaining error: any Error) {
    if let error = error as? NIOSSLExtraError, error == .failedToValidateHostname {
      self.init(reason: "the server's certificate is for another name", fault: .wrongName)
      return
    }
    let reasons = TLSFailure.libraryReasons(of: error)
    let meaning = reasons.lazy.compactMap { TLSFailure.meaning(of: $0) }.first
    let words = reasons.joined(separator: ", ")
    self.init(
      reason: meaning.map { "\($0) (\(words))" } ?? words,
      fault: reasons.lazy.compactMap { TLSFailure.faults[$0] }.first)
  }

  /// The reasons of BoringSSL's error stack as `WRONG_VERSION_NUMBER`, else the error's description.
  private static func libraryReasons(of error: any Error) -> [String] {
    let stack: NIOBoringSSLErrorStack =
      switch error {
      case NIOSSLError.handshakeFailed(.sslError(let stack)),
        NIOSSLError.handshakeFailed(.unknownError(let stack)), BoringSSLError.sslError(let stack),
        BoringSSLError.unknownError(let stack):
        stack
      default: []
      }
    return stack.isEmpty ? ["\(error)"] : stack.map(reason)
  }

  /// The reason out of `Error: 268435703 error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER at
  /// FILE:LINE`; all of it when it has another form.
  private static func reason(of error: BoringSSLInternalError) -> String {
    let text = error.description
    let place = " at "
    guard let code = text.split(separator: ":OPENSSL_internal:").dropFirst().first,
      let end = code.firstRange(of: place)
    else { return text }
    return String(code[..<end.lowerBound])
  }

  private static func meaning(of reason: String) -> String? {
    meanings.first { $0.reasons.contains(reason) }?.text
  }

  /// What a client that verifies, or proves itself, is told by these reasons.
  private static let faults: [String: Fault] = [
    "CERTIFICATE_VERIFY_FAILED": .unverified,
    "TLSV1_ALERT_CERTIFICATE_REQUIRED": .clientCertificate,
    "SSLV3_ALERT_BAD_CERTIFICATE": .clientCertificate,
    "SSLV3_ALERT_NO_CERTIFICATE": .clientCertificate,
    "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE": .clientCertificate,
    "SSLV3_ALERT_CERTIFICATE_REVOKED": .clientCertificate,
    "SSLV3_ALERT_CERTIFICATE_EXPIRED": .clientCertificate,
    "SSLV3_ALERT_CERTIFICATE_UNKNOWN": .clientCertificate,
    "TLSV1_ALERT_UNKNOWN_CA": .clientCertificate,
  ]

  /// Reasons that a health check meets; names as BoringSSL's, alerts as RFC 8446, section 6.2.
  private static let meanings: [(reasons: Set<String>, text: String)] = [
    (
      [
        "WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "UNEXPECTED_RECORD",
        "INVALID_OUTER_RECORD_TYPE", "RECORD_TOO_LARGE",
      ], "the server's answer is not TLS"
    ),
    (
      [
        "TLSV1_ALERT_CERTIFICATE_REQUIRED", "SSLV3_ALERT_BAD_CERTIFICATE",
        "SSLV3_ALERT_NO_CERTIFICATE",
      ],
      "the server wants a client certificate, and a health check has none"
    ),
    (
      [
        "SSLV3_ALERT_HANDSHAKE_FAILURE", "TLSV1_ALERT_INSUFFICIENT_SECURITY",
        "WRONG_CIPHER_RETURNED",
      ],
      "client and server have no cipher in common, or the server wants a client certificate"
    ),
    (
      [
        "TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL",
        "TLSV1_ALERT_INAPPROPRIATE_FALLBACK",
      ],
      "client and server have no TLS version in common"
    ),
    (
      ["TLSV1_ALERT_UNRECOGNIZED_NAME"],
      "the server has no certificate for the name it was asked for (SNI): the check domain, if one is set"
    ),
    (["TLSV1_ALERT_INTERNAL_ERROR"], "the server met an error of its own in the handshake"),
  ]
}
