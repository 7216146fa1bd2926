import Foundation
import Glibc
import TestSupport

/// Authorities, and certificates of servers and clients, made by openssl in a directory of their own.
final class CertificateFixture: Sendable {
  private let temporary: TemporaryDirectory

  var directory: String { temporary.path }

  /// `good` is for shop.example, localhost and 127.0.0.1; `expired` too, until yesterday; `other` for another
  /// name; `client` is a client's. All but `stray` lead to `authority`.
  init() throws {
    guard let made = TemporaryDirectory() else { throw ToolFailed(output: "mkdtemp") }
    temporary = made
    let names = "subjectAltName=DNS:shop.example,DNS:localhost,IP:127.0.0.1"
    try authority("authority")
    try authority("strangers")
    try leaf("good", names, by: "authority")
    try leaf("expired", names, by: "authority", days: -1)
    try leaf("other", "subjectAltName=DNS:other.example,IP:192.0.2.1", by: "authority")
    try leaf("stray", names, by: "strangers")
    try leaf("client", "subjectAltName=DNS:agent.example", by: "authority")
    try leaf("foreign-client", "subjectAltName=DNS:agent.example", by: "strangers")
  }

  func certificate(_ name: String) -> String { "\(directory)/\(name).pem" }
  func key(_ name: String) -> String { "\(directory)/\(name).key" }

  private func authority(_ name: String) throws {
    try openssl([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
      "2", "-subj", "/CN=\(name)", "-keyout", key(name), "-out", certificate(name),
    ])
  }

  private func leaf(
    _ name: String, _ extensions: String, by authority: String, days: Int = 2
  ) throws {
    let request = "\(directory)/\(name).csr"
    try openssl([
      "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
      "/CN=\(name)", "-keyout", key(name), "-out", request,
    ])
    let file = "\(directory)/\(name).ext"
    try extensions.write(toFile: file, atomically: true, encoding: .utf8)
    try openssl([
      "x509", "-req", "-in", request, "-CA", certificate(authority), "-CAkey", key(authority),
      "-CAcreateserial", "-days", "\(days)", "-extfile", file, "-out", certificate(name),
    ])
  }

  private func openssl(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: OpenSSLServer.path ?? "")
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ToolFailed(output: arguments.joined(separator: " "))
    }
  }
}

/// nginx on a port of loopback, with what a test puts into its server block; stopped with the value.
final class NginxServer {
  let port: UInt16
  private let process = Process()
  private let directory: String

  static let path = ["/usr/sbin/nginx", "/usr/local/sbin/nginx"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// - Parameters:
  ///   - certificate: the name of the server's in the fixture; `nil` for a plain server.
  ///   - server: more directives of the server block.
  init(_ fixture: CertificateFixture, certificate: String?, _ server: String) throws {
    let (descriptor, free) = try bindToLoopback()
    close(descriptor)
    port = free
    directory = "\(fixture.directory)/nginx-\(free)"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    let tls = certificate.map { name in
      "ssl_certificate \(fixture.certificate(name)); ssl_certificate_key \(fixture.key(name));"
    }
    let configuration = """
      daemon off; master_process off; pid \(directory)/pid; error_log \(directory)/error.log;
      events {}
      http {
        access_log off; client_body_temp_path \(directory)/body; proxy_temp_path \(directory)/proxy;
        fastcgi_temp_path \(directory)/f; uwsgi_temp_path \(directory)/u; scgi_temp_path \(directory)/s;
        server { listen 127.0.0.1:\(free)\(tls == nil ? "" : " ssl"); \(tls ?? "") \(server) }
      }
      """
    try configuration.write(
      toFile: directory + "/nginx.conf", atomically: true, encoding: .utf8)
    process.executableURL = URL(fileURLWithPath: Self.path ?? "")
    process.arguments = ["-p", directory, "-c", directory + "/nginx.conf"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    for _ in 0..<200 {
      if (try? ClientConnection(to: free)) != nil { return }
      usleep(50_000)
    }
    throw ToolFailed(output: "nginx does not listen")
  }

  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }
}
