import Addressing
import LoadBalancer
import Probes

extension ProbeExchange {
  /// What was sent and what came back, one line.
  var evidence: Evidence { Evidence(source: request.words, text: outcome.words(timing)) }
}

extension ProbeRequest {
  /// `HEAD /health HTTP/1.1 (Host: shop.example.test) to 10.0.0.5:80 by TLS`.
  var words: String {
    let place = "\(address.urlHost):\(port)" + (usesTLS ? " by TLS" : "")
    guard let http else { return "connect to \(place)" }
    return "\(http.method.rawValue) \(http.path) \(http.version.rawValue) (Host: \(http.host)) to "
      + place
  }
}

extension ProbeOutcome {
  fileprivate func words(_ timing: ProbeTiming) -> String {
    switch self {
    case .connected: "connected after \(timing.connected)"
    case .refused: "connection refused (ECONNREFUSED)"
    case .timedOut(let stage, let bytes):
      "time limit reached \(stage.words), \(bytes) bytes of response"
    case .reset(let stage, let bytes):
      "connection reset (ECONNRESET) \(stage.words), \(bytes) bytes of response"
    case .closed(let stage, let bytes):
      "connection closed \(stage.words), \(bytes) bytes of response"
    case .systemError(let error): error
    case .response(let response): response.statusLine
    case .notHTTP(let bytes): String(decoding: bytes, as: UTF8.self)
    case .tlsFailed(let reason): "TLS handshake failed: \(reason)"
    }
  }
}

extension Target {
  /// The health check's request as a command: what `curl -I` of the runbook should have been.
  var requestCommand: String {
    guard transport.isHTTP else { return "nc -zvw \(healthCheck.timeOut) \(address) \(port)" }
    let method = healthCheck.httpCheckMethod == .head ? "-I " : "-o /dev/null -D - "
    let version = healthCheck.httpVersion == .http10 ? "-0 " : "--http1.1 "
    let insecure = transport == .https ? "-k " : ""
    let host = healthCheck.httpCheckDomain.map { "-H \(shellQuoted("Host: \($0)")) " } ?? ""
    return "curl -sS \(insecure)\(method)\(version)-m \(healthCheck.timeOut) -A clb-healthcheck "
      + host + shellQuoted(name)
  }
}

/// A word as a POSIX shell reads it back: as it is where that is safe, else in single quotes.
func shellQuoted(_ word: String) -> String {
  let safe = word.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "@"):
      true
    default: false
    }
  }
  if safe, !word.isEmpty { return word }
  return "'" + word.replacing("'", with: "'\\''") + "'"
}
