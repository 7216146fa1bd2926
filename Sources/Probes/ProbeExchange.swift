/// Everything the probes learned of one target, in the order it happened.
package struct ProbeReport: Sendable, Hashable, Codable {
  /// The target's name.
  package var target: String
  package var exchanges: [ProbeExchange]

  package init(target: String, exchanges: [ProbeExchange]) {
    self.target = target
    self.exchanges = exchanges
  }

  /// The exchange that is the CLB's own; the others only explain it.
  package var healthCheck: ProbeExchange? { exchanges.first { $0.purpose == .healthCheck } }
}

/// One connection that a probe made, or one datagram that it sent, and what became of it.
package struct ProbeExchange: Sendable, Hashable, Codable {
  package var purpose: Purpose
  package var request: ProbeRequest
  package var outcome: ProbeOutcome
  package var timing: ProbeTiming
  /// The first bytes that came are a TLS record: an alert or a part of a handshake.
  ///
  /// So the port speaks TLS, even where the handshake failed, and even where plain HTTP was asked.
  package var speaksTLS: Bool
  /// What the server chose of the protocols that were offered in the TLS handshake (ALPN): `h2`.
  ///
  /// `nil` where nothing was offered, nothing chosen, or the handshake did not end well.
  package var negotiatedProtocol: String?

  package init(
    purpose: Purpose, request: ProbeRequest, outcome: ProbeOutcome, timing: ProbeTiming,
    speaksTLS: Bool = false, negotiatedProtocol: String? = nil
  ) {
    self.purpose = purpose
    self.request = request
    self.outcome = outcome
    self.timing = timing
    self.speaksTLS = speaksTLS
    self.negotiatedProtocol = negotiatedProtocol
  }

  /// Whether somebody at the target's address and port has answered in any way but by refusing.
  package var isAnswered: Bool {
    if case .replied = outcome { return true }
    return timing.connectedMicroseconds != nil
  }

  /// Why the connection was made.
  package enum Purpose: String, Sendable, Hashable, Codable {
    /// What the CLB does: its outcome is the check's.
    case healthCheck
    /// The same with GET, after HEAD gave a status out of the mask or no response.
    case getInsteadOfHead
    /// TLS to a port that was asked for plain HTTP or gRPC and did not answer as such.
    case tlsInsteadOfPlain
    /// Plain HTTP or gRPC to a port that was asked for TLS and did not answer as such.
    case plainInsteadOfTLS
    /// HTTP/1 to a port that ended a gRPC call without a byte, as servers without HTTP/2 do.
    case http1InsteadOfGRPC
    /// The same with up to ten seconds more, after the limit passed while an answer was awaited.
    case patientRepeat
    /// GET once more, to see whether the page changes between two requests.
    case repeatedGet
    /// A datagram to the port of a target whose check is a ping: is the port unreachable?
    case portBesidePing
    /// A ping of a target whose UDP port is checked: some documents say that the CLB sends both.
    case pingBesidePort
  }
}

/// How far an exchange had come.
package enum ProbeStage: String, Sendable, Hashable, Codable {
  case connecting, tlsHandshake, sendingRequest
  /// Before a whole HTTP status line.
  case awaitingStatus
  /// Before the answer to a ping, a datagram, the bytes of a CUSTOM check, or a gRPC call.
  case awaitingReply
}

/// What became of one exchange.
package enum ProbeOutcome: Sendable, Hashable, Codable {
  /// The SYN was answered by a SYN-ACK (with TLS, the handshake ended well): nothing more was asked.
  case connected
  /// The SYN was answered by a RST or by ICMP port-unreachable (ECONNREFUSED).
  case refused
  /// The time limit passed at this stage; the count is the bytes of response that had come.
  ///
  /// During the TLS handshake these are the bytes of its records, behind it those of the text inside.
  case timedOut(ProbeStage, bytes: Int)
  /// A RST ended the connection at this stage (ECONNRESET, EPIPE).
  case reset(ProbeStage, bytes: Int)
  /// The server closed in good order before a whole status line.
  case closed(ProbeStage, bytes: Int)
  /// connect(2) or the socket failed otherwise: the error's name and meaning.
  case systemError(String)
  /// A status line came. The first is what counts for the CLB.
  case response(HTTPResponse)
  /// What came is no HTTP status line with a status of 100–599; its first bytes, at most 64.
  case notHTTP([UInt8])
  /// The TLS handshake failed: the library's reason.
  case tlsFailed(String)
  /// Bytes came back, of a CUSTOM check or from a UDP port.
  case replied(ProbeReply)
  /// The echo request was answered.
  case echoReply
  /// A gRPC call was answered, or at least an HTTP/2 request.
  case grpc(GRPCResponse)
  /// What came does not begin as HTTP/2 does, with a SETTINGS frame; its first bytes, at most 64.
  case notHTTP2([UInt8])
  /// HTTP/2 broke down before the call was answered: who ended what, and why.
  case http2Failed(String)
}

/// The head of an HTTP response and what is worth knowing of its body.
package struct HTTPResponse: Sendable, Hashable, Codable {
  /// The status line as it came, without its line end, at most 256 bytes.
  package var statusLine: String
  /// 100–599.
  package var status: Int
  /// Header fields in order, names as sent; at most 100 of them.
  package var fields: [Field]
  /// Why the head ends here.
  package var headEnd: HeadEnd
  /// Bytes of body that were read, without the framing of chunks: at most 64 KiB, none for HEAD.
  package var bodyBytes: Int
  /// A fingerprint of those bytes (FNV-1a, 64 bits); equal bodies have equal ones.
  package var bodyFingerprint: UInt64?
  /// Why the body ends here; `nil` where there was none to read.
  package var bodyEnd: BodyEnd?

  package init(
    statusLine: String, status: Int, fields: [Field] = [], headEnd: HeadEnd = .complete,
    bodyBytes: Int = 0, bodyFingerprint: UInt64? = nil, bodyEnd: BodyEnd? = nil
  ) {
    self.statusLine = statusLine
    self.status = status
    self.fields = fields
    self.headEnd = headEnd
    self.bodyBytes = bodyBytes
    self.bodyFingerprint = bodyFingerprint
    self.bodyEnd = bodyEnd
  }

  /// One header field.
  package struct Field: Sendable, Hashable, Codable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Why reading the head stopped.
  package enum HeadEnd: String, Sendable, Hashable, Codable {
    /// The empty line came.
    case complete
    /// The time limit passed behind the status line: headers that drip.
    case timeLimit
    /// 64 KiB of head, or 100 fields.
    case oversized
    /// A line that is no header field.
    case malformed
    /// The connection ended.
    case connectionEnd
  }

  /// Why reading the body stopped.
  package enum BodyEnd: String, Sendable, Hashable, Codable {
    /// Its last byte came, by the length, the last chunk or the connection's end.
    case complete
    /// 64 KiB.
    case oversized
    /// The time limit passed: a body that drips.
    case timeLimit
    /// A chunk that is none.
    case malformed
    /// The connection ended before the length that was announced, or by a RST.
    case connectionEnd
  }

  /// The value of the first field of that name, any case.
  package func field(_ name: String) -> String? {
    fields.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// Times from the first SYN on; `nil` where the exchange did not come that far.
package struct ProbeTiming: Sendable, Hashable, Codable {
  package var connectedMicroseconds: Int?
  /// When the TLS handshake had ended well.
  package var tlsMicroseconds: Int?
  package var statusMicroseconds: Int?
  package var totalMicroseconds: Int

  package init(
    connectedMicroseconds: Int? = nil, tlsMicroseconds: Int? = nil, statusMicroseconds: Int? = nil,
    totalMicroseconds: Int
  ) {
    self.connectedMicroseconds = connectedMicroseconds
    self.tlsMicroseconds = tlsMicroseconds
    self.statusMicroseconds = statusMicroseconds
    self.totalMicroseconds = totalMicroseconds
  }
}
