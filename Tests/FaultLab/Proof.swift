import FoundationEssentials
import Testing

/// What must be true of the host before the agent is asked: the fault is real, or there is none.
struct Proof: Sendable {
  var evidence: Evidence

  enum Evidence: Sendable {
    /// A real probe from the CLB's range ends so; with another method than the case's, if one is
    /// named.
    case probe(ProbeEnd, method: String?)
    /// The same request of a client, from an address of its own, ends so.
    case client(ProbeEnd)
    /// A shell script in the machine prints this.
    case prints(String, script: String)
  }

  static func probe(_ end: ProbeEnd, method: String? = nil) -> Proof {
    Proof(evidence: .probe(end, method: method))
  }

  static func client(_ end: ProbeEnd) -> Proof { Proof(evidence: .client(end)) }

  /// The kernel, or what the lab mounted over it, has these two settings.
  static func twRecycle(_ value: String, timestamps: String) -> Proof {
    let files = "tcp_tw_recycle tcp_timestamps"
    return Proof(
      evidence: .prints("\(value)\n\(timestamps)\n", script: "cd /proc/sys/net/ipv4; cat \(files)"))
  }
}

/// How a real probe ended, in the words of `probe.py`.
struct ProbeEnd: RawRepresentable, Sendable, Hashable {
  let rawValue: String

  static let connected = ProbeEnd(rawValue: "connected")
  static let refused = ProbeEnd(rawValue: "refused")
  static let timeout = ProbeEnd(rawValue: "timeout")
  static let unreachable = ProbeEnd(rawValue: "unreachable")
  static let reset = ProbeEnd(rawValue: "reset")
  static let closed = ProbeEnd(rawValue: "closed")
  static let notHTTP = ProbeEnd(rawValue: "not HTTP")
  static let tlsFailed = ProbeEnd(rawValue: "TLS failed")

  static let echoReply = ProbeEnd(rawValue: "echo reply")
  static let notHTTP2 = ProbeEnd(rawValue: "not HTTP/2")

  static func reply(_ text: String) -> ProbeEnd { ProbeEnd(rawValue: "reply \(text)") }
  static func grpc(_ status: Int) -> ProbeEnd { ProbeEnd(rawValue: "grpc-status \(status)") }
  static func status(_ status: Int) -> ProbeEnd { ProbeEnd(rawValue: "status \(status)") }
}

extension Lab {
  /// An address that a client of a public CLB may have.
  static let client = "203.0.114.9"

  /// Sends one real probe from the prober's namespace, by default from the CLB's range.
  func probe(_ check: HealthCheckOptions, from source: String? = nil) async throws -> ProbeEnd {
    struct Line: Decodable {
      var outcome: String
    }
    let output = try await succeed(
      NetworkNamespaces.entering(
        namespaces.prober,
        python("probe.py", check.proberArguments + (source.map { ["--source", $0] } ?? []))))
    let line = try JSONDecoder().decode(Line.self, from: Data(output.utf8))
    return ProbeEnd(rawValue: line.outcome)
  }

  /// Holds a proof to be true; the case means nothing if it is not.
  func demand(_ proof: Proof, _ check: HealthCheckOptions) async throws {
    switch proof.evidence {
    case .probe(let end, let method):
      var asked = check
      asked.method = method ?? check.method
      let seen = try await probe(asked)
      try #require(seen == end, "the real probe must see this before the agent is asked")
    case .client(let end):
      let seen = try await probe(check, from: Lab.client)
      try #require(seen == end, "the real client must see this before the agent is asked")
    case .prints(let text, let script):
      let printed = try await succeed(machine.entering(["/bin/sh", "-ec", script]))
      try #require(printed == text, "\(script)")
    }
  }
}
