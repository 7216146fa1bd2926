/// An HTTP/1.1 receiver: its URL, and how to speak to it.
package struct HTTPEndpoint: Sendable, Hashable {
  package var url: ReceiverURL
  /// Sent with each request, in the order of the settings.
  package var headers: [Header]
  /// Milliseconds for one whole exchange, from the name's resolution to the answer's last byte.
  package var timeLimitMilliseconds: Int
  package var tls: TLSFiles

  /// 10 s, the standard of OTLP exporters (`OTEL_EXPORTER_OTLP_TIMEOUT`).
  package static let standardTimeLimit = 10_000

  package init(
    url: ReceiverURL, headers: [Header] = [], timeLimitMilliseconds: Int = standardTimeLimit,
    tls: TLSFiles = TLSFiles()
  ) {
    self.url = url
    self.headers = headers
    self.timeLimitMilliseconds = timeLimitMilliseconds
    self.tls = tls
  }

  package struct Header: Sendable, Hashable {
    package var name: String
    package var value: Value

    package init(name: String, value: Value) {
      self.name = name
      self.value = value
    }

    package enum Value: Sendable, Hashable {
      /// As the settings have it: not for secrets.
      case text(String)
      /// The first line of a file, read when it is sent; a name without `/` is a systemd credential in
      /// `$CREDENTIALS_DIRECTORY`.
      case file(String)
    }
  }

  /// PEM files, by path or as the name of a systemd credential; `nil` for the system's trust and no
  /// certificate of ours.
  package struct TLSFiles: Sendable, Hashable {
    package var certificateAuthority: String?
    package var certificate: String?
    package var key: String?

    package init(
      certificateAuthority: String? = nil, certificate: String? = nil, key: String? = nil
    ) {
      self.certificateAuthority = certificateAuthority
      self.certificate = certificate
      self.key = key
    }
  }
}
