import Addressing

/// What is asked of the evaluator: a range of sources and all else of a probe.
struct Question: Sendable, Hashable, Codable {
  var src: AddressPrefix
  var dst: IPAddress
  var proto: TransportName
  /// `nil` for ICMP.
  var dport: Int?
  var iif: String
}

/// A probe's protocol; `icmp` is an echo request of the address's own family.
enum TransportName: String, Sendable, Hashable, Codable, CaseIterable {
  case tcp
  case udp
  case icmp
}

/// One packet: a question's single source, and its source port.
struct Probe: Sendable, Hashable, Codable {
  var src: IPAddress
  var dst: IPAddress
  var proto: TransportName
  var dport: Int?
  var iif: String
  var sport: Int

  init(_ question: Question, from source: IPAddress, port: Int) {
    src = source
    dst = question.dst
    proto = question.proto
    dport = question.dport
    iif = question.iif
    sport = port
  }
}

/// What a packet met in the kernel.
struct Outcome: Sendable, Hashable, Codable {
  enum Verdict: String, Sendable, Codable {
    case accept
    /// Silence: the packet was dropped, or its answer was.
    case drop
    case reject
    case forward
  }

  var verdict: Verdict
  /// Of a rejection: `rst`, or ICMP's type and code as `3/3`.
  var code: String?
  /// Of a forwarded packet: its destination.
  var to: IPAddress?
  /// Of a forwarded packet: its source, which a rule may have rewritten.
  var from: IPAddress?
  /// Of a forwarded packet: where it left.
  var interface: String?
  /// The port at which the packet arrived; known for UDP and for forwarded packets.
  var port: Int?
}

extension Outcome: CustomStringConvertible {
  var description: String {
    let destination = to.map { " to \($0.urlHost)" } ?? ""
    let atPort = port.map { verdict == .forward ? ":\($0)" : " at port \($0)" } ?? ""
    return verdict.rawValue + (code.map { " with \($0)" } ?? "") + destination + atPort
  }
}
