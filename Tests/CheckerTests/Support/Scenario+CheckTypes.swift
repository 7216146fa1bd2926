import Checker
import Collectors
import LoadBalancer
import Probes
import TestSupport

extension Scenario {
  static let checkTypes = ping + datagrams + bytes + grpc

  private static let late = ProbeOutcome.timedOut(.awaitingReply, bytes: 0)

  private static func listening(_ host: inout FakeHost) {
    host.udpSockets = [FakeSocket("0.0.0.0", 80, inode: 99)]
  }

  /// A UDP host whose check is a ping, and where the port takes datagrams.
  private static func pinged(
    _ description: String, raises: [String], _ verdict: Verdict, echo: ProbeOutcome = .echoReply,
    custom: CustomCheck? = nil, _ change: (inout FakeHost) -> Void = { _ in }
  ) -> Scenario {
    let port = (custom == nil ? ProbeExchange.Purpose.portBesidePing : .healthCheck, late)
    let ping = (custom == nil ? ProbeExchange.Purpose.healthCheck : .pingBesidePort, echo)
    let (first, second) = custom == nil ? (ping, port) : (port, ping)
    return Scenario(
      description, raises: raises, verdict, transport: .udp, outcome: first.1, more: [second],
      custom: custom
    ) {
      listening(&$0)
      change(&$0)
    }
  }

  private static let ping: [Scenario] = [
    pinged("a host that answers pings", raises: [], .pass),
    pinged("a kernel that is told to answer no ping", raises: ["ping.ignored"], .fail, echo: late) {
      $0.files["/proc/sys/net/ipv4/icmp_echo_ignore_all"] = "1\n"
    },
    pinged(
      "the same where the check is of a UDP port", raises: ["ping.ignored"], .warn, echo: late,
      custom: .portOnly
    ) { $0.files["/proc/sys/net/ipv4/icmp_echo_ignore_all"] = "1\n" },
    pinged(
      "a kernel that does not say, on a host that may not ping", raises: ["ping.ignored"], .unknown,
      echo: .systemError("EACCES: Permission denied")
    ) { $0.files["/proc/sys/net/ipv4/icmp_echo_ignore_all"] = .some(nil) },
    pinged("a kernel that does not say, and a ping that is answered", raises: [], .pass) {
      $0.files["/proc/sys/net/ipv4/icmp_echo_ignore_all"] = .some(nil)
    },
    pinged(
      "a host that may not ping", raises: [], .pass, echo: .systemError("EACCES: Permission denied")
    ),
    pinged("a ping that nobody answers", raises: ["ping.no-reply"], .unknown, echo: late),
    pinged("a rule that drops pings", raises: ["ping.filtered"], .fail) {
      $0.commands[["nft", "-j", "list", "ruleset"]] = .output(dropping(echo: "echo-request"))
    },
    pinged("a rule that drops replies to pings", raises: ["ping.filtered"], .fail) {
      $0.commands[["nft", "-j", "list", "ruleset"]] = .output(
        dropping(echo: "echo-reply", hook: "output"))
    },
    pinged(
      "a rule that drops pings where the check is of a UDP port", raises: ["ping.filtered"], .warn,
      custom: .portOnly
    ) {
      $0.commands[["nft", "-j", "list", "ruleset"]] = .output(dropping(echo: "echo-request"))
    },
    pinged("port-unreachable that is limited", raises: [], .pass) {
      $0.files["/proc/sys/net/ipv4/icmp_ratelimit"] = "1000\n"
      $0.files["/proc/sys/net/ipv4/icmp_ratemask"] = "6168\n"
    },
    pinged(
      "a kernel that answers no ping and a port without a socket: two causes",
      raises: ["listening-socket.missing", "ping.ignored"], .fail, echo: late
    ) {
      $0.udpSockets = []
      $0.sockets = []
      $0.files["/proc/sys/net/ipv4/icmp_echo_ignore_all"] = "1\n"
    },
  ]

  /// One base chain with a rule for one ICMP type, as `nft -j list ruleset` prints it.
  private static func dropping(echo type: String, hook: String = "input") -> String {
    """
    {"nftables": [{"metainfo": {"version": "1.0.6"}}, {"table": {"family": "inet", "name": "f"}},
    {"chain": {"family": "inet", "table": "f", "name": "only", "handle": 1,
    "type": "filter", "hook": "\(hook)", "prio": 0, "policy": "accept"}},
    {"rule": {"family": "inet", "table": "f", "chain": "only", "handle": 2, "expr": [
    {"match": {"op": "==", "left": {"payload": {"protocol": "icmp", "field": "type"}},
    "right": "\(type)"}}, {"drop": null}]}}]}
    """
  }

  private static let question = CustomCheck(
    contextType: .text, send: Array("PING".utf8), receive: Array("PONG".utf8))

  private static func reply(_ text: String, _ match: ProbeReply.Match) -> ProbeOutcome {
    .replied(ProbeReply(bytes: Array(text.utf8), count: text.utf8.count, match: match))
  }

  private static func datagram(
    _ description: String, raises: [String], _ verdict: Verdict, _ outcome: ProbeOutcome,
    more: [(ProbeExchange.Purpose, ProbeOutcome)] = []
  ) -> Scenario {
    Scenario(
      description, raises: raises, verdict, transport: .udp, outcome: outcome,
      more: more + [(.pingBesidePort, .echoReply)], custom: question, host: listening)
  }

  private static let datagrams: [Scenario] = [
    datagram("a datagram answered as expected", raises: [], .pass, reply("PONG", .equal)),
    datagram(
      "a datagram answered otherwise", raises: ["application.unexpected-reply"], .fail,
      reply("no", .differs)),
    datagram(
      "a datagram that nobody answers", raises: ["application.no-answer"], .fail, late,
      more: [(.patientRepeat, late)]),
    datagram(
      "a datagram answered too late", raises: ["application.slower-than-timeout"], .fail, late,
      more: [(.patientRepeat, reply("PONG", .equal))]),
    datagram(
      "port-unreachable although a socket is bound", raises: ["application.refused"], .fail,
      .refused),
    Scenario(
      "port-unreachable, for no socket is bound", raises: ["listening-socket.missing"], .fail,
      transport: .udp, outcome: .refused, more: [(.pingBesidePort, .echoReply)], custom: .portOnly
    ) { $0.sockets = [] },
  ]

  private static func custom(
    _ description: String, raises: [String], _ verdict: Verdict, _ outcome: ProbeOutcome,
    more: [(ProbeExchange.Purpose, ProbeOutcome)] = [], _ check: CustomCheck = question
  ) -> Scenario {
    Scenario(
      description, raises: raises, verdict, transport: .tcp, outcome: outcome, more: more,
      custom: check)
  }

  private static let bytes: [Scenario] = [
    custom("bytes that are expected", raises: [], .pass, reply("PONG", .equal)),
    custom("bytes that begin as expected", raises: [], .pass, reply("PONG and more", .begins)),
    custom(
      "bytes that hold what is expected", raises: ["application.unexpected-reply"], .unknown,
      reply("+PONG", .contains)),
    custom(
      "bytes that differ", raises: ["application.unexpected-reply"], .fail,
      reply("\u{1}", .differs)),
    custom(
      "bytes that come late", raises: ["application.slower-than-timeout"], .fail, late,
      more: [(.patientRepeat, reply("PONG", .equal))]),
    custom(
      "bytes that drip", raises: ["application.slower-than-timeout"], .fail,
      .timedOut(.awaitingReply, bytes: 2)),
    custom(
      "no bytes", raises: ["application.no-answer"], .fail, late, more: [(.patientRepeat, late)]),
    custom(
      "no bytes where none are named", raises: ["application.no-answer"], .unknown, late,
      more: [(.patientRepeat, late)], .portOnly),
  ]

  private static func call(
    _ description: String, raises: [String], _ verdict: Verdict, _ outcome: ProbeOutcome,
    more: [(ProbeExchange.Purpose, ProbeOutcome)] = [], transport: TargetProtocol = .grpc
  ) -> Scenario {
    Scenario(
      description, raises: raises, verdict, transport: transport, outcome: outcome, more: more)
  }

  private static let grpc: [Scenario] = [
    call("a gRPC status that is healthy", raises: [], .pass, .grpc(GRPCResponse(status: 12))),
    call(
      "a gRPC status that is not", raises: ["application.unexpected-status"], .fail,
      .grpc(GRPCResponse(status: 16, message: "who are you"))),
    call(
      "HTTP/2 without gRPC", raises: ["application.not-grpc"], .fail,
      .grpc(GRPCResponse(httpStatus: 200, contentType: "text/html"))),
    call(
      "HTTP/2 without gRPC, which clients may take for a healthy status",
      raises: ["application.not-grpc"], .unknown, .grpc(GRPCResponse(httpStatus: 404))),
    call(
      "HTTP/1 instead of gRPC", raises: ["application.not-grpc"], .fail,
      .notHTTP2(Array("HTTP/1.1 400 Bad Request\r\n".utf8))),
    call(
      "a call that is hung up on, by a server of HTTP/1", raises: ["application.not-grpc"], .fail,
      .closed(.awaitingReply, bytes: 0), more: [(.http1InsteadOfGRPC, .ok)]),
    call(
      "a call that is hung up on, by a server of TLS", raises: ["application.not-grpc"], .fail,
      .closed(.awaitingReply, bytes: 0),
      more: [(.tlsInsteadOfPlain, .ok), (.http1InsteadOfGRPC, .closed(.awaitingStatus, bytes: 0))]),
    call(
      "a call that is hung up on", raises: ["application.no-answer"], .fail,
      .closed(.awaitingReply, bytes: 0)),
    call(
      "TLS asked for gRPC without it", raises: ["application.not-grpc"], .fail, .notHTTP2([21, 3]),
      more: [(.tlsInsteadOfPlain, .grpc(GRPCResponse(status: 12)))]),
    call(
      "gRPC without TLS asked for it", raises: ["application.tls-failed"], .fail,
      .tlsFailed("wrong version number"),
      more: [(.plainInsteadOfTLS, .grpc(GRPCResponse(status: 12)))], transport: .grpcs),
    call(
      "a call that is reset", raises: ["application.not-grpc"], .fail,
      .http2Failed("the server reset the call's stream: INTERNAL_ERROR")),
    call(
      "a call that nobody answers", raises: ["application.no-answer"], .fail, late,
      more: [(.patientRepeat, late)]),
  ]
}
