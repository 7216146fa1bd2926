import Glibc
import NIOSSL
import Probes

/// What is wrong with a chain that a library did not believe.
struct CertificateFault {
  private let chain: [NIOSSLCertificate]
  private let trustsSystem: Bool

  init(_ chain: [NIOSSLCertificate], trustsSystem: Bool) {
    self.chain = chain
    self.trustsSystem = trustsSystem
  }

  var failure: TLSFailure {
    let now = time(nil)
    // The leaf comes first; an authority's certificate that has expired is as fatal.
    for (index, certificate) in chain.enumerated() {
      let whose = index == 0 ? "the server's certificate" : "a certificate of the server's chain"
      if certificate.notValidAfter < now {
        return TLSFailure(reason: "\(whose) expired \(days(now - certificate.notValidAfter)) ago")
      }
      if certificate.notValidBefore > now {
        return TLSFailure(
          reason: "\(whose) is not valid for another \(days(certificate.notValidBefore - now));"
            + " is this host's clock right?")
      }
    }
    let trusted = trustsSystem ? "that this system trusts" : "of the file in certificateAuthority"
    return TLSFailure(
      reason: "the server's certificate does not lead to an authority \(trusted)",
      fault: .unverified)
  }

  private func days(_ seconds: time_t) -> String {
    let days = seconds / 86_400
    return days == 1 ? "1 day" : days > 1 ? "\(days) days" : "\(seconds / 60) minutes"
  }
}
