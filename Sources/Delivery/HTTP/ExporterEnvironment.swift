package import Probes
package import Reporting

/// What exporters are given by the program: nothing of it is read from the process behind its back.
package struct ExporterEnvironment: Sendable {
  package var agentVersion: String
  /// TLS; without it an `https` receiver is misconfigured.
  package var tls: VerifyingTLS?
  package var resolver: AddressResolver
  /// `$CREDENTIALS_DIRECTORY`.
  package var credentialsDirectory: String?
  /// The time of day.
  package var now: @Sendable () -> Timestamp

  package init(
    agentVersion: String, tls: VerifyingTLS?, resolver: AddressResolver = AddressResolver(),
    credentialsDirectory: String?, now: @escaping @Sendable () -> Timestamp
  ) {
    self.agentVersion = agentVersion
    self.tls = tls
    self.resolver = resolver
    self.credentialsDirectory = credentialsDirectory
    self.now = now
  }
}
