extension HealthCheckOptions {
  /// A UDP check by ping.
  fileprivate static let ping = HealthCheckOptions("udp://10.0.0.5:80")
  /// A check of a UDP port alone.
  fileprivate static let udpPort = HealthCheckOptions("udp://10.0.0.5:80", send: "")
  fileprivate static let udpBytes = HealthCheckOptions(
    "udp://10.0.0.5:80", send: "PING", receive: "PONG")
  fileprivate static let tcpBytes = HealthCheckOptions(
    "tcp://10.0.0.5:80", send: "PING", receive: "PONG")
  fileprivate static let grpc = HealthCheckOptions("grpc://10.0.0.5:80")
}

extension Case {
  /// Hosts whose packet filter takes the ping.
  static let pingFilters: [Case] = [
    pingFilter(
      "legacy iptables drops pings",
      "iptables-legacy -A INPUT -p icmp --icmp-type echo-request -j DROP",
      showing: "--icmp-type 8"),
    pingFilter(
      "iptables on nf_tables drops what is not UDP",
      "iptables-nft -A INPUT ! -p udp -j DROP; iptables-nft -I INPUT -i lo -j ACCEPT",
      showing: "DROP"),
    pingFilter(
      "nftables lets in the port alone",
      """
      nft add table inet lab
      nft 'add chain inet lab only { type filter hook input priority 0; policy drop; }'
      nft add rule inet lab only iif lo accept
      nft add rule inet lab only udp dport 80 accept
      """, showing: "policy"),
    pingFilter(
      "legacy iptables drops the replies to pings",
      "iptables-legacy -A OUTPUT -p icmp --icmp-type echo-reply -d 100.64.0.0/10 -j DROP",
      showing: "OUTPUT"),
  ]

  private static func pingFilter(_ name: String, _ script: String, showing: String) -> Case {
    Case(
      name, [.udp("silent"), .onMachine(script)], check: .ping, proofs: .probe(.timeout),
      expected: .fails("ping.filtered", showing: showing))
  }

  static let checkTypeFaults: [Case] =
    [
      Case(
        "the kernel answers no ping",
        [.udp("silent"), .onMachine("echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all")],
        check: .ping, proofs: .probe(.timeout),
        expected: .fails("ping.ignored", saying: "icmp_echo_ignore_all")),
      Case(
        "the kernel answers no ping, and the check is of the port",
        [.udp("silent"), .onMachine("echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all")],
        check: .udpPort, proofs: .probe(.timeout), expected: .warns("ping.ignored")),
      Case(
        "nothing is bound to the UDP port", [], check: .udpPort, proofs: .probe(.refused),
        expected: .fails("listening-socket.missing")),
      Case(
        "the UDP service answers with something else", [.udp("other")], check: .udpBytes,
        proofs: .probe(.reply("ERR unknown command")),
        expected: .fails("application.unexpected-reply", saying: "ERR unknown", showing: "ERR")),
      Case(
        "the UDP service answers its own protocol alone", [.udp("pong")],
        check: HealthCheckOptions("udp://10.0.0.5:80", send: "HELLO", receive: "PONG"),
        proofs: .probe(.timeout), expected: .fails("application.no-answer", saying: "UDP port 80")),
      Case(
        "the UDP service takes three seconds and two are allowed", [.udp("slow")],
        check: .udpBytes, proofs: .probe(.timeout),
        expected: .fails("application.slower-than-timeout")),
      Case(
        "the TCP service answers with something else", [.tcp("other")], check: .tcpBytes,
        proofs: .probe(.reply("ERR unknown command")),
        expected: .fails("application.unexpected-reply", saying: "expected", showing: "ERR")),
      Case(
        "the TCP service takes the bytes and never answers", [.tcp("mute")], check: .tcpBytes,
        proofs: .probe(.timeout), expected: .fails("application.no-answer")),
    ] + grpcFaults

  private static let grpcFaults: [Case] = [
    Case(
      "the gRPC server answers with a status that the check does not take", [.grpc("authenticate")],
      check: .grpc, proofs: .probe(.grpc(16)),
      expected: .fails("application.unexpected-status", saying: "UNAUTHENTICATED", showing: "who")),
    Case(
      "the gRPC server takes three seconds and two are allowed", [.grpc("slow")], check: .grpc,
      proofs: .probe(.timeout), expected: .fails("application.slower-than-timeout")),
    Case(
      "nginx speaks HTTP/1 and the check gRPC", [.nginx(listen: "0.0.0.0:80")], check: .grpc,
      proofs: .probe(.notHTTP2), expected: .fails("application.not-grpc", saying: "HTTP/1")),
    Case(
      "the port speaks SSH and the check gRPC", [.tcp("banner")], check: .grpc,
      proofs: .probe(.notHTTP2),
      expected: .fails("application.not-grpc", saying: "not HTTP/2", showing: "SSH-2.0")),
    Case(
      "the port speaks gRPC without TLS and the check with it", [.grpc("empty")],
      check: HealthCheckOptions("grpcs://10.0.0.5:80"), proofs: .probe(.tlsFailed),
      expected: .fails("application.tls-failed", saying: "plain gRPC")),
    Case(
      "the port speaks gRPC with TLS and the check without", [.certificate, .grpcTLS], check: .grpc,
      proofs: .probe(.closed), expected: .fails("application.not-grpc", saying: "TLS")),
  ]

  static let healthyCheckTypes: [Case] = [
    Case(
      "a UDP service that says nothing, and a host that answers pings", [.udp("silent")],
      check: .ping, proofs: .probe(.echoReply), expected: .healthy),
    Case(
      "the same where the agent may ping itself",
      [
        .udp("silent"), .onMachine("echo 0 2147483647 >/proc/sys/net/ipv4/ping_group_range"),
      ], check: .ping, proofs: .probe(.echoReply), expected: .healthy),
    Case(
      "a UDP port that takes datagrams in silence", [.udp("silent")], check: .udpPort,
      proofs: .probe(.timeout), expected: .healthy),
    Case(
      "a UDP service that answers as expected", [.udp("pong")], check: .udpBytes,
      proofs: .probe(.reply("PONG")), expected: .healthy),
    Case(
      "a UDP service whose answer begins as expected", [.udp("named")],
      check: HealthCheckOptions("udp://10.0.0.5:80", send: "id and question", receive: "id"),
      proofs: .probe(.reply("id\u{81}\u{80} and an answer")), expected: .healthy),
    Case(
      "a TCP service that greets as expected", [.tcp("banner")],
      check: HealthCheckOptions("tcp://10.0.0.5:80", send: "", receive: "SSH-2.0-"),
      proofs: .probe(.reply("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n")), expected: .healthy),
    Case(
      "a gRPC server that has no such method", [.grpc("empty")], check: .grpc,
      proofs: .probe(.grpc(12)), expected: .healthy),
    Case(
      "a gRPC server that answers every method, and the check takes that", [.grpc("well")],
      check: HealthCheckOptions("grpc://10.0.0.5:80/shop.Shop/Ping", grpcCodes: "0,12"),
      proofs: .probe(.grpc(0)), expected: .healthy),
    Case(
      "a gRPC server with TLS", [.certificate, .grpcTLS],
      check: HealthCheckOptions("grpcs://10.0.0.5:80"), proofs: .probe(.grpc(12)),
      expected: .healthy),
  ]
}
