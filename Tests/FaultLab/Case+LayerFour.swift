extension Case {
  /// A host where a probe waits in vain.
  static let fullAcceptQueue = Case(
    "the server never accepts and its queue is full, under an HTTP check",
    [.tcp("never-accept", "--backlog", "4"), .fromProber("fill.py", ["10.0.0.5", "80"])],
    proofs: .probe(.timeout), expected: .fails("accept-queue.overflowing"))

  /// A host where no probe gets beyond the SYN, and the sockets say why.
  static let otherPort = Case(
    "the server listens on 8080 instead of 80", [.nginx(listen: "0.0.0.0:8080")],
    proofs: .probe(.refused), expected: .fails("listening-socket.other-port", saying: "8080"))

  /// Hosts that no SYN passes, or not always.
  static let layerFourFaults: [Case] = [
    Case(
      "nothing listens", [], proofs: .probe(.refused),
      expected: .fails("listening-socket.missing")),
    Case(
      "nothing listens, under a TCP check", [], check: .tcp, proofs: .probe(.refused),
      expected: .fails("listening-socket.missing")),
    otherPort,
    Case(
      "no interface has the probed address", [.nginx(listen: "0.0.0.0:80")],
      check: HealthCheckOptions("http://10.0.0.9:80/health"), proofs: .probe(.timeout),
      expected: .fails("address.not-on-host", saying: "10.0.0.9")),
    Case(
      "the interface that has the address is down",
      [.nginx(listen: "0.0.0.0:80"), .onMachine("ip link set eth0 down")],
      proofs: .probe(.timeout), expected: .fails("address.interface-down", saying: "eth0")),
    Case(
      "the server listens on 127.0.0.1 alone", [.nginx(listen: "127.0.0.1:80")],
      proofs: .probe(.refused),
      expected: .fails("listening-socket.loopback-only", saying: "127.0.0.1")),
    Case(
      "the server listens on 127.0.0.1 and ::1", [.nginx(listen: "127.0.0.1:80", "[::1]:80")],
      proofs: .probe(.refused), expected: .fails("listening-socket.loopback-only")),
    Case(
      "the server listens on another address of the host",
      [.onMachine("ip address add 10.0.0.6/24 dev eth0"), .nginx(listen: "10.0.0.6:80")],
      proofs: .probe(.refused),
      expected: .fails("listening-socket.other-address", saying: "10.0.0.6")),
    Case(
      "the server listens on IPv6 alone, nginx's default for [::]", [.nginx(listen: "[::]:80")],
      proofs: .probe(.refused), expected: .fails("listening-socket.ipv6-only")),
    Case(
      "the server is bound to another device",
      [
        .onMachine("ip link add eth1 type veth peer name eth1-peer && ip link set eth1 up"),
        .tcp("answer", "--device", "eth1"),
      ],
      proofs: .probe(.refused),
      expected: .fails("listening-socket.other-device", saying: "eth1")),
    Case(
      "the server listens in another network namespace alone",
      [.nginx(listen: "0.0.0.0:80", place: .elsewhere)], proofs: .probe(.refused),
      expected: .fails("listening-socket.other-namespace")),
    Case(
      "the server never accepts and its queue is full, under a TCP check",
      [.tcp("never-accept", "--backlog", "4"), .fromProber("fill.py", ["10.0.0.5", "80"])],
      check: .tcp, proofs: .probe(.timeout), expected: .fails("accept-queue.overflowing")),
    fullAcceptQueue,
    Case(
      "the server never accepts and its queue is nearly full",
      [.tcp("never-accept", "--backlog", "40"), .fromProber("fill.py", ["10.0.0.5", "80", "37"])],
      check: .tcp, proofs: .probe(.connected), expected: .warns("accept-queue.nearly-full")),
    Case(
      "the processor is busy with other things",
      [.nginx(listen: "0.0.0.0:80"), .processorPressure(percent: 93)],
      proofs: .probe(.status(200)), expected: .warns("load.cpu-pressure")),
    Case(
      "tcp_tw_recycle is on with timestamps",
      [.nginx(listen: "0.0.0.0:80"), .twRecycle("1", timestamps: "1")],
      proofs: .probe(.status(200)), .twRecycle("1", timestamps: "1"),
      expected: .warns("tcp.tw-recycle-with-timestamps")),
  ]
}
