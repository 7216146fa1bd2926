import Addressing
import LoadBalancer

extension Target {
  /// The health check's request as a command: what `curl -I` of the runbook should have been.
  var requestCommand: String {
    switch checkType {
    case .tcp: "nc -zvw \(healthCheck.timeOut) \(address) \(port)"
    case .ping: pingCommand
    case .custom: bytesCommand
    case .http, .https: httpCommand
    case .grpc: grpcCommand
    }
  }

  var pingCommand: String { "ping -c 3 \(address)" }

  private var httpCommand: String {
    let method = healthCheck.httpCheckMethod == .head ? "-I " : "-o /dev/null -D - "
    let version = healthCheck.httpVersion == .http10 ? "-0 " : "--http1.1 "
    let insecure = transport == .https ? "-k " : ""
    return "curl -sS \(insecure)\(method)\(version)-m \(healthCheck.timeOut) -A clb-healthcheck "
      + host + shellQuoted(name)
  }

  private var host: String {
    healthCheck.httpCheckDomain.map { "-H \(shellQuoted("Host: \($0)")) " } ?? ""
  }

  /// Sends the bytes, and shows what comes back.
  private var bytesCommand: String {
    let named = healthCheck.custom?.send ?? []
    let bytes = named.isEmpty && transport == .udp ? Array("HEALTH CHECK".utf8) : named
    let octal = bytes.map { byte in
      let digits = String(byte, radix: 8)
      return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    }
    let isText = bytes.allSatisfy { (0x20...0x7E).contains($0) }
    let words =
      isText
      ? "printf %s \(shellQuoted(String(decoding: bytes, as: UTF8.self)))"
      : "printf '\(octal.joined())'"
    let udp = transport == .udp ? "-u " : ""
    return "\(words) | nc \(udp)-w \(healthCheck.timeOut) \(address) \(port) | od -c"
  }

  /// One empty message; curl prints `grpc-status`.
  private var grpcCommand: String {
    let http2 = transport == .grpcs ? "-k --http2" : "--http2-prior-knowledge"
    let url =
      "\(transport == .grpcs ? "https" : "http")://\(endpoint)\(healthCheck.httpCheckPath)"
    return
      "printf '\\0\\0\\0\\0\\0' | curl -sS \(http2) -m \(healthCheck.timeOut) -A clb-healthcheck "
      + "-H 'Content-Type: application/grpc' -H 'TE: trailers' \(host)--data-binary @- -o /dev/null "
      + "-D - \(shellQuoted(url))"
  }
}
