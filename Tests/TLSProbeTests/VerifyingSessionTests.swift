import Foundation
import Probes
import Reporting
import TLSProbe
import TestSupport
import Testing

@testable import Delivery

/// Reports over TLS to a real server, with certificates that are right, and wrong in every way.
@Suite(
  "Reports over TLS", .timeLimit(.minutes(2)),
  .enabled(if: OpenSSLServer.path != nil, "needs the openssl command"),
  .enabled(if: NginxServer.path != nil, "needs nginx"))
struct VerifyingSessionTests {
  private static let made = Result { try CertificateFixture() }
  private let fixture: CertificateFixture

  private static let accepting = "location / { return 200; }"

  init() throws { fixture = try Self.made.get() }

  private func send(
    to server: NginxServer, _ tls: HTTPEndpoint.TLSFiles, host: String = "127.0.0.1",
    scheme: String = "https"
  ) throws -> DeliveryOutcome {
    try send(toPort: server.port, tls, host: host, scheme: scheme)
  }

  private func send(
    toPort port: UInt16, _ tls: HTTPEndpoint.TLSFiles, host: String = "127.0.0.1",
    scheme: String = "https"
  ) throws -> DeliveryOutcome {
    let url = try #require(ReceiverURL(parsing: "\(scheme)://\(host):\(port)"))
    let receiver = Receiver(
      name: "central",
      kind: .otlp(
        OTLPReceiver(
          endpoint: HTTPEndpoint(url: url, timeLimitMilliseconds: 5000, tls: tls), signals: [.logs])
      ))
    let environment = ExporterEnvironment(
      agentVersion: "1.2.0",
      tls: { (material) throws(TLSMaterialFailure) in try VerifyingSessionFactory(material) },
      credentialsDirectory: fixture.directory,
      now: { Timestamp(secondsSinceEpoch: 1_795_226_094) })
    let exporter = try #require(Exporters.make(for: receiver, in: environment).first)
    return exporter.send([ShippedReport.forTLS], status: SpoolStatus())
  }

  private var trusting: HTTPEndpoint.TLSFiles {
    HTTPEndpoint.TLSFiles(certificateAuthority: fixture.certificate("authority"))
  }

  private func expectMisconfigured(
    _ key: String, _ words: String, _ outcome: DeliveryOutcome,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard case .misconfigured(key, let reason) = outcome, reason.contains(words) else {
      Issue.record("\(outcome)", sourceLocation: sourceLocation)
      return
    }
  }

  @Test(
    "arrive at a server whose certificate is for its name, or its address",
    arguments: ["127.0.0.1", "localhost"], ["TLSv1.2", "TLSv1.3"])
  func arrives(host: String, version: String) throws {
    let server = try NginxServer(
      fixture, certificate: "good", "ssl_protocols \(version); \(Self.accepting)")
    #expect(try send(to: server, trusting, host: host) == .delivered(warning: nil))
  }

  @Test("are not given to a server that speaks only versions before 1.2")
  func oldVersion() throws {
    let server = try NginxServer(
      fixture, certificate: "good",
      "ssl_protocols TLSv1.1; ssl_ciphers DEFAULT:@SECLEVEL=0; \(Self.accepting)")
    guard case .postponed(let reason, _) = try send(to: server, trusting),
      reason.contains("no TLS version in common")
    else {
      Issue.record("was given")
      return
    }
  }

  @Test("are not given to a server that nobody vouches for")
  func untrusted() throws {
    let server = try NginxServer(fixture, certificate: "stray", Self.accepting)
    expectMisconfigured(
      "certificateAuthority",
      "does not lead to an authority of the file in certificateAuthority",
      try send(to: server, trusting))
    expectMisconfigured(
      "certificateAuthority", "does not lead to an authority that this system trusts",
      try send(to: server, .init()))
  }

  @Test("are kept while a certificate has expired")
  func expired() throws {
    let server = try NginxServer(fixture, certificate: "expired", Self.accepting)
    guard case .postponed(let reason, _) = try send(to: server, trusting) else {
      Issue.record("was given")
      return
    }
    #expect(reason.contains("the server's certificate expired 1 day ago"))
  }

  @Test(
    "are not given to a server with another's certificate", arguments: ["127.0.0.1", "localhost"])
  func wrongName(host: String) throws {
    let server = try NginxServer(fixture, certificate: "other", Self.accepting)
    expectMisconfigured(
      "url", "the server's certificate is for another name than \(host)",
      try send(to: server, trusting, host: host))
  }

  @Test("reach a server that wants a client certificate by that alone")
  func clientCertificate() throws {
    let server = try NginxServer(
      fixture, certificate: "good",
      "ssl_client_certificate \(fixture.certificate("authority")); ssl_verify_client on;"
        + Self.accepting)
    var files = trusting
    expectMisconfigured("certificate", "wants a client certificate", try send(to: server, files))
    files.certificate = fixture.certificate("client")
    files.key = fixture.key("client")
    #expect(try send(to: server, files) == .delivered(warning: nil))
    // As systemd credentials, by name.
    files.certificate = "client.pem"
    files.key = "client.key"
    #expect(try send(to: server, files) == .delivered(warning: nil))
    files.certificate = fixture.certificate("foreign-client")
    files.key = fixture.key("foreign-client")
    expectMisconfigured(
      "certificate", "refuses the client certificate", try send(to: server, files))
  }

  @Test("are told of the alert with which a server ends TLS 1.3 for want of a certificate")
  func certificateRequiredAlert() throws {
    let server = try OpenSSLServer(
      [
        "-tls1_3", "-Verify", "1", "-cert", fixture.certificate("good"), "-key",
        fixture.key("good"),
      ], identity: try SelfSignedIdentity())
    let outcome = try send(toPort: server.port, trusting)
    expectMisconfigured(
      "certificate", "wants a client certificate (TLSV1_ALERT_CERTIFICATE_REQUIRED)", outcome)
  }

  @Test("material that is none is refused by part, and nothing of it is shown")
  func material() throws {
    let server = try NginxServer(fixture, certificate: "good", Self.accepting)
    let authority = fixture.certificate("authority")
    for (files, key, words) in [
      (
        HTTPEndpoint.TLSFiles(certificateAuthority: fixture.key("good")), "certificateAuthority",
        "holds no certificate"
      ),
      (
        .init(certificateAuthority: "/nonexistent/ca.pem"), "certificateAuthority",
        "open /nonexistent/ca.pem: there is no such file"
      ),
      (
        .init(certificateAuthority: authority, certificate: fixture.certificate("client")), "key",
        "needs both certificate and key"
      ),
      (
        .init(certificateAuthority: authority, key: fixture.key("client")), "certificate",
        "needs both certificate and key"
      ),
      (
        .init(
          certificateAuthority: authority, certificate: fixture.certificate("client"),
          key: fixture.certificate("client")), "key", "holds no private key"
      ),
      (
        .init(
          certificateAuthority: authority, certificate: fixture.certificate("client"),
          key: fixture.key("good")), "key", "the key is not that of the certificate"
      ),
    ] as [(HTTPEndpoint.TLSFiles, String, String)] {
      expectMisconfigured(key, words, try send(to: server, files))
    }
  }

  @Test(
    "meet nginx's refusals",
    arguments: [
      ("client_max_body_size 100; location / { return 200; }", "413"),
      ("location / { return 401; }", "headerFiles"), ("location / { return 404; }", "url"),
      ("location / { return 301 https://127.0.0.1:1/; }", "url"),
    ])
  func refusals(directives: String, expected: String) throws {
    // The limit of a body counts only where something reads it.
    let server = try NginxServer(
      fixture, certificate: "good",
      expected == "413"
        ? "client_max_body_size 100; location / { proxy_pass http://127.0.0.1:1; }" : directives)
    switch try send(to: server, trusting) {
    case .refused(let reason): #expect(reason.contains(expected))
    case .misconfigured(let key, _): #expect(key == expected)
    case let other: Issue.record("\(other)")
    }
  }

  @Test("a wrong scheme is told as such, both ways")
  func wrongScheme() throws {
    let secure = try NginxServer(fixture, certificate: "good", Self.accepting)
    expectMisconfigured("url", "wants https", try send(to: secure, trusting, scheme: "http"))
    let plain = try NginxServer(fixture, certificate: nil, Self.accepting)
    guard case .postponed(let reason, _) = try send(to: plain, trusting),
      reason.contains("the server's answer is not TLS")
    else {
      Issue.record("not told")
      return
    }
  }
}

extension ShippedReport {
  /// A report of which only that it arrives matters.
  fileprivate static var forTLS: ShippedReport {
    ShippedReport(
      document: Array("{}".utf8), reportID: "r-1", takenAt: Timestamp(secondsSinceEpoch: 1),
      durationMilliseconds: 1, agentVersion: "1.2.0", detail: .summary, host: Host(),
      verdict: "pass", targets: [], findings: [], resolved: [])
  }
}
