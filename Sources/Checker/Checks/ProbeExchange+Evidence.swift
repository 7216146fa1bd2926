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
    switch question {
    case .connection: return "connect to \(place)"
    case .http(let http):
      return
        "\(http.method.rawValue) \(http.path) \(http.version.rawValue) (Host: \(http.host)) to "
        + place
    case .grpc(let call):
      return "gRPC call of \(call.path) (authority: \(call.authority)) to \(place)"
    case .bytes(let request): return "\(request.words) to \(place) by TCP"
    case .datagram(let request): return "\(request.words) to \(place) by UDP"
    case .echo: return "ping \(address)"
    }
  }
}

extension ProbeRequest.BytesRequest {
  /// `send "PING", expect "PONG"`.
  fileprivate var words: String {
    "send \(send.shown)" + (expected.isEmpty ? "" : ", expect \(expected.shown)")
  }
}

extension ProbeOutcome {
  fileprivate func words(_ timing: ProbeTiming) -> String {
    switch self {
    case .connected: "connected after \(timing.connected)"
    case .refused: "refused (ECONNREFUSED)"
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
    case .replied(let reply): "\(reply.count) bytes after \(timing.status): \(reply.bytes.shown)"
    case .echoReply: "echo reply after \(timing.status)"
    case .grpc(let response): response.words
    case .notHTTP2(let bytes): String(decoding: bytes, as: UTF8.self)
    case .http2Failed(let reason): reason
    }
  }
}

extension GRPCResponse {
  /// The fields that count, as sent.
  fileprivate var words: String {
    [
      httpStatus.map { ":status: \($0)" }, contentType.map { "content-type: \($0)" },
      status.map { "grpc-status: \($0)" }, message.map { "grpc-message: \($0)" },
    ].compactMap(\.self).joined(separator: ", ")
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
