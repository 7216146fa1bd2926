import Addressing
import FoundationEssentials
import PacketFilter

/// What a trace is asked: one line of a questions file, or the command's options.
struct TraceQuestion: Decodable {
  var src: String
  var dst: String
  var proto: String
  var dport: UInt16?
  var sport: UInt16?
  var iif: String?

  /// Parses one line of JSON.
  init(parsing line: String) throws(TraceQuestionError) {
    do {
      self = try JSONDecoder().decode(TraceQuestion.self, from: Data(line.utf8))
    } catch {
      throw TraceQuestionError(
        found: line,
        expected:
          #"{"src": "100.64.0.0/10", "dst": "10.0.0.5", "proto": "tcp", "dport": 80, "iif": "eth0"}"#
      )
    }
  }

  /// Parses `10.0.0.5:80/tcp`, `[fd00::5]:53/udp` or `10.0.0.5/icmp`.
  init(from source: String, to destination: String, inInterface: String?) throws(TraceQuestionError)
  {
    let form = TraceQuestionError(
      found: destination, expected: "ADDRESS:PORT/tcp, ADDRESS:PORT/udp or ADDRESS/icmp")
    let parts = destination.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw form }
    proto = String(parts[1])
    src = source
    iif = inInterface
    guard proto != "icmp" else {
      dst = String(parts[0])
      return
    }
    guard let colon = parts[0].lastIndex(of: ":"),
      let port = UInt16(parts[0][parts[0].index(after: colon)...])
    else { throw form }
    dst = String(parts[0][..<colon])
    if dst.hasPrefix("["), dst.hasSuffix("]") { dst = String(dst.dropFirst().dropLast()) }
    dport = port
  }

  /// The question for the evaluator.
  ///
  /// - Parameter arrival: the interface by which packets to an address come in, where none is named.
  func question(
    arrival: (IPAddress) -> String?
  ) throws(TraceQuestionError) -> FilterQuestion {
    guard let sources = AddressPrefix(parsing: src) else {
      throw TraceQuestionError(found: src, expected: "an address or a range, as 100.64.0.0/10")
    }
    guard let destination = IPAddress(parsing: dst) else {
      throw TraceQuestionError(found: dst, expected: "an address")
    }
    guard let transport = FilterQuestion.TransportKind(rawValue: proto) else {
      throw TraceQuestionError(found: proto, expected: "tcp, udp or icmp")
    }
    guard let interface = iif ?? arrival(destination) else {
      throw TraceQuestionError(
        found: dst, expected: "an address of an interface, or the interface by name")
    }
    guard
      let question = FilterQuestion(
        sources: AddressSet(sources), sourcePorts: sport.map { PortRange($0) },
        destination: destination, transport: transport, port: dport, inInterface: interface)
    else {
      throw TraceQuestionError(
        found: "\(src) to \(dst)", expected: "two addresses of one family, and a port but for icmp")
    }
    return question
  }
}

/// A question that cannot be asked.
struct TraceQuestionError: Error, CustomStringConvertible {
  var found: String
  var expected: String

  var description: String { "\"\(found)\": expected \(expected)" }
}
