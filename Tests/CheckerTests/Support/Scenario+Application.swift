import Checker
import Host
import LoadBalancer
import Probes
import TestSupport

extension Scenario {
  static let application: [Scenario] = [
    Scenario(
      "a process that is stopped", raises: ["application.no-answer"], .fail,
      outcome: .timedOut(.awaitingStatus, bytes: 0), host: { $0.processState = "T" }),
    Scenario(
      "a server that never answers", raises: ["application.no-answer"], .fail,
      outcome: .timedOut(.awaitingStatus, bytes: 0),
      more: [(.patientRepeat, .timedOut(.awaitingStatus, bytes: 0))]),
    Scenario(
      "a server that closes at once", raises: ["application.no-answer"], .fail,
      outcome: .closed(.awaitingStatus, bytes: 0)),
    Scenario(
      "resets", raises: ["application.refused"], .fail, outcome: .reset(.awaitingStatus, bytes: 0)),
    Scenario(
      "a slow server", raises: ["application.slower-than-timeout"], .fail,
      outcome: .timedOut(.awaitingStatus, bytes: 0), more: [(.patientRepeat, .ok)]),
    Scenario(
      "a status line that drips", raises: ["application.slower-than-timeout"], .fail,
      outcome: .timedOut(.awaitingStatus, bytes: 7)),
    Scenario(
      "503", raises: ["application.unexpected-status"], .fail, outcome: .status(503),
      more: [(.getInsteadOfHead, .status(503))]),
    Scenario(
      "HEAD refused", raises: ["application.method-refused"], .fail, outcome: .status(501),
      more: [(.getInsteadOfHead, .ok)]),
    Scenario(
      "a redirect out of the mask", raises: ["application.redirects"], .fail,
      outcome: .status(301, [("Location", "https://10.0.0.5/")]),
      healthy: .successful),
    Scenario(
      "a check domain that nobody named where 4xx is not healthy", raises: [], .pass,
      healthy: .successful),
    Scenario("a redirect within the mask", raises: [], .pass, outcome: .status(301)),
    Scenario(
      "SSH on the port", raises: ["application.not-http"], .fail,
      outcome: .notHTTP(Array("SSH-2.0-x\r\n".utf8)),
      more: [(.tlsInsteadOfPlain, .tlsFailed("no TLS"))]),
    Scenario(
      "TLS asked for plain HTTP, answered by 400", raises: ["application.not-http"], .fail,
      outcome: .status(400), more: [(.tlsInsteadOfPlain, .ok)],
      healthy: .successful),
    Scenario(
      "plain HTTP asked for TLS", raises: ["application.tls-failed"], .fail, transport: .https,
      outcome: .tlsFailed("wrong version number"), more: [(.plainInsteadOfTLS, .ok)]),
    Scenario(
      "headers that do not end", raises: ["application.unexpected-reply"], .warn,
      outcome: .response(
        HTTPResponse(statusLine: "HTTP/1.1 200 OK", status: 200, headEnd: .oversized))),
    Scenario(
      "a page made by a script", raises: ["application.dynamic-check-page"], .warn,
      outcome: .status(200, scripted), more: [(.repeatedGet, page(1)), (.repeatedGet, page(2))]),
  ]

  private static let scripted = [
    ("X-Powered-By", "PHP/8.2"), ("Set-Cookie", "PHPSESSID=1; path=/"),
  ]

  private static func page(_ number: UInt64) -> ProbeOutcome {
    .response(
      HTTPResponse(
        statusLine: "HTTP/1.1 200 OK", status: 200,
        fields: [
          HTTPResponse.Field(name: "X-Powered-By", value: "PHP/8.2"),
          HTTPResponse.Field(name: "Set-Cookie", value: "PHPSESSID=\(number); path=/"),
        ], bodyBytes: 10, bodyFingerprint: number))
  }

  static let load: [Scenario] = [
    Scenario("tasks that wait for processors", raises: ["load.cpu-pressure"], .warn) {
      $0.files["/proc/pressure/cpu"] = FakeHost.pressure(80)
    },
    Scenario("tasks that wait for memory", raises: ["load.memory-pressure"], .warn) {
      $0.files["/proc/pressure/memory"] = FakeHost.pressure(30)
    },
    Scenario("tasks that wait for disks", raises: ["load.io-pressure"], .warn) {
      $0.files["/proc/pressure/io"] = FakeHost.pressure(70)
    },
    Scenario("a load of nine on two processors", raises: ["load.high-average"], .warn) {
      $0.files["/proc/pressure/cpu"] = .some(nil)
      $0.files["/proc/loadavg"] = "9.00 8.00 3.00 1/100 4000\n"
    },
    Scenario("a CPU quota that holds back", raises: ["load.cpu-throttled"], .warn) {
      let group = "/sys/fs/cgroup/system.slice/nginx.service"
      $0.files["\(group)/cpu.max"] = "10000 100000\n"
      $0.files["\(group)/cpu.stat"] =
        "usage_usec 1\nnr_periods 10000\nnr_throttled 6000\nthrottled_usec 9\n"
    },
    Scenario("no descriptors left", raises: ["load.file-descriptors"], .warn) {
      $0.files["/proc/812/limits"] = "Max open files            4                 4   files\n"
      for number in 10..<14 { $0.files["/proc/812/fd/\(number)"] = "" }
    },
  ]

  static let unknown: [Scenario] = [
    Scenario(
      "UDP that is not probed", raises: ["application.no-answer"], .unknown, transport: .udp,
      isProbed: false
    ) { $0.udpSockets = [FakeSocket("0.0.0.0", 80, inode: 99)] },
    Scenario("no probe", raises: ["application.no-answer"], .unknown, isProbed: false),
    Scenario(
      "addresses that are not known", raises: ["address.not-on-host", "routing.no-route-back"],
      .unknown
    ) {
      $0.refusedQuestions = ["rtnetlink(7) links"]
    },
    Scenario(
      "sockets that are not known", raises: ["listening-socket.missing"], .unknown,
      transport: .tcp, outcome: .connected
    ) { $0.files["/proc/net/tcp"] = "  sl  local_address\n  0: nonsense\n" },
    Scenario(
      "an IPv6 socket of which nobody says whether it takes IPv4",
      raises: ["application.no-answer", "listening-socket.ipv6-only"], .unknown, isProbed: false
    ) {
      $0.sockets = [FakeSocket("::", 80)]
      $0.sockets[0].isDiagnosed = false
    },
    Scenario(
      "an accept queue whose limit nobody says", raises: ["accept-queue.nearly-full"], .unknown
    ) { $0.sockets[0].isDiagnosed = false },
    Scenario(
      "a load that nobody can read", raises: ["load.high-average"], .unknown
    ) {
      $0.files["/proc/pressure/cpu"] = .some(nil)
      $0.files["/proc/loadavg"] = "high\n"
    },
    Scenario("rules that are not readable", raises: ["packet-filter.unreadable"], .unknown) {
      $0.commands[["nft", "-j", "list", "ruleset"]] = .output(
        status: 1, standardError: "Operation not permitted (you must be root)")
    },
    Scenario(
      "an IPv6 target of which nobody said where its probes come from",
      raises: ["routing.no-route-back"], .unknown, address: "fd00:5::5"
    ) { $0.sockets = [FakeSocket("::", 80)] },
    Scenario("a sysctl that is nonsense", raises: ["tcp.tw-recycle-with-timestamps"], .unknown) {
      $0.files["/proc/sys/net/ipv4/tcp_tw_recycle"] = "many\n"
    },
    Scenario("a conntrack count that is refused", raises: ["conntrack.table-full"], .unknown) {
      $0.files["/proc/sys/net/netfilter/nf_conntrack_max"] = "65536\n"
      $0.failures["/proc/sys/net/netfilter/nf_conntrack_count"] = .denied(.dacReadSearch)
    },
  ]
}
