package import Addressing
import Host

/// One socket as `netstat -ano` lists it.
package struct NetstatRow: Sendable, Hashable {
  package var transport: Transport
  package var local: Endpoint
  /// The peer; `nil` for UDP, which is shown as `*:*`.
  package var foreign: Endpoint?
  /// `nil` for UDP.
  package var state: State?
  /// 0 for a connection that no process has any more, 4 for the kernel (`System`).
  package var processID: UInt32
  /// The row as it stands in the file.
  package var line: String

  package enum Transport: String, Sendable, Hashable {
    case tcp = "TCP"
    case udp = "UDP"
  }

  /// An address with a port; `[fe80::1%4]:80` has a zone, which is left out.
  package struct Endpoint: Sendable, Hashable, CustomStringConvertible {
    package var address: IPAddress
    package var port: UInt16

    package init(address: IPAddress, port: UInt16) {
      self.address = address
      self.port = port
    }

    package var description: String { "\(address.urlHost):\(port)" }
  }

  /// The states as English Windows names them, and most others too.
  ///
  /// Source: `MIB_TCP_STATE` of iprtrmib.h, in netstat's spelling.
  package enum State: String, Sendable, Hashable {
    case listening = "LISTENING"
    case synSent = "SYN_SENT"
    case synReceived = "SYN_RECEIVED"
    case established = "ESTABLISHED"
    case finWait1 = "FIN_WAIT_1"
    case finWait2 = "FIN_WAIT_2"
    case closeWait = "CLOSE_WAIT"
    case closing = "CLOSING"
    case lastAck = "LAST_ACK"
    case timeWait = "TIME_WAIT"
    case closed = "CLOSED"
    case deleteTCB = "DELETE_TCB"
    case bound = "BOUND"

    /// Whether the peer's SYN was answered and the handshake came to its end.
    package var isBehindHandshake: Bool {
      switch self {
      case .established, .finWait1, .finWait2, .closeWait, .closing, .lastAck, .timeWait: true
      case .listening, .synSent, .synReceived, .closed, .deleteTCB, .bound: false
      }
    }
  }
}

extension NetstatRow {
  /// Parses one row; `nil` for a line that does not begin with `TCP` or `UDP`.
  init?(parsing line: ConsoleText.Line) throws(ParseFailure) {
    let words = line.words
    guard let first = words.first, let transport = Transport(rawValue: String(first)) else {
      return nil
    }
    let expected = transport == .tcp ? 5 : 4
    guard words.count >= 4, let local = Endpoint(parsing: words[1]) else {
      throw ParseFailure(
        line: line.number, found: String(line.trimmed),
        expected: "a row of \"netstat -ano\", with addresses and ports as numbers")
    }
    if transport == .tcp, words.count != expected || State(rawValue: String(words[3])) == nil {
      throw .notEnglish(line, expected: "five columns with a state as LISTENING")
    }
    guard words.count == expected, let processID = UInt32(words[expected - 1]),
      transport == .tcp ? Endpoint(parsing: words[2]) != nil : words[2] == "*:*"
    else {
      throw ParseFailure(
        line: line.number, found: String(line.trimmed),
        expected: "a row of \"netstat -ano\": protocol, two addresses, state, process")
    }
    self.init(
      transport: transport, local: local, foreign: Endpoint(parsing: words[2]),
      state: State(rawValue: String(words[3])), processID: processID, line: line.text)
  }
}

extension NetstatRow.Endpoint {
  /// Parses `10.0.8.5:80` or `[fe80::1%4]:80`.
  init?(parsing text: Substring) {
    guard let colon = text.lastIndex(of: ":"),
      let port = UInt16(text[text.index(after: colon)...])
    else { return nil }
    var host = text[..<colon]
    let isBracketed = host.first == "[" && host.last == "]"
    if isBracketed { host = host.dropFirst().dropLast() }
    let bare = host.prefix { $0 != "%" }
    guard let address = IPAddress(parsing: bare), isBracketed == (address.family == .ipv6) else {
      return nil
    }
    self.init(address: address, port: port)
  }
}
