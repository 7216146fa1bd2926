/// One thing that is done to make a case's host.
enum Step: Sendable {
  /// Starts a server and waits until it listens.
  case start(Server)
  /// Runs a shell script in the machine; `$1` is the case's directory. Mounts are the machine's
  /// own.
  case onMachine(String)
  /// Runs a script of `Servers` in the prober's namespace.
  case fromProber(String, [String])
}

extension Step {
  /// A directive's value for one static page at every path.
  private static let staticPage = "root html; try_files /index.html =404;"

  /// nginx with one answer at every path; `listen` are the operands of its directives.
  static func nginx(listen: String..., answer: String? = nil, place: Server.Place = .machine)
    -> Step
  {
    let location = "location / { \(answer ?? staticPage) }"
    let directives = listen.map { "listen \($0);" } + [location]
    return .start(Server(program: .nginx([directives]), place: place))
  }

  /// nginx with a page for `shop.example`, and no answer at all for any other host.
  static let virtualHosts = Step.start(
    Server(
      program: .nginx([
        ["listen 80 default_server;", "return 444;"],
        ["listen 80;", "server_name shop.example;", "location / { \(staticPage) }"],
      ]), place: .machine))

  /// A key and a certificate in the case's directory.
  static let certificate = Step.onMachine(
    """
    cd "$1"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
      -subj /CN=shop.example -keyout key.pem -out certificate.pem 2>/dev/null
    """)

  /// nginx with TLS on port 443, its certificate signed by itself.
  static let tls: [Step] = [
    certificate,
    .start(
      Server(
        program: .nginx([
          [
            "listen 443 ssl;", "ssl_certificate certificate.pem;", "ssl_certificate_key key.pem;",
            "location / { \(staticPage) }",
          ]
        ]), place: .machine)),
  ]

  /// A server of `tcp.py`.
  static func tcp(_ mode: String, _ arguments: String...) -> Step {
    .start(Server(program: .python("tcp.py", [mode] + arguments), place: .machine))
  }

  /// A server of `udp.py`.
  static func udp(_ mode: String) -> Step {
    .start(Server(program: .python("udp.py", [mode]), place: .machine))
  }

  /// A server of `grpc_server.py`.
  static func grpc(_ mode: String) -> Step {
    .start(Server(program: .python("grpc_server.py", [mode]), place: .machine))
  }

  /// The same with TLS, behind `certificate`; it is started by a shell, which knows the directory.
  static let grpcTLS = Step.onMachine(
    "/usr/bin/python3 -B \(Layout.scripts)/grpc_server.py empty --tls \"$1/key.pem\" \"$1/certificate.pem\""
  )

  /// A server of `web.py`.
  static func web(_ mode: String) -> Step {
    .start(Server(program: .python("web.py", [mode]), place: .machine))
  }

  /// Holds a connection from the CLB's range to this port of the host.
  static func connection(to port: Int) -> Step {
    .start(Server(program: .python("hold.py", ["10.0.0.5", "\(port)"]), place: .prober))
  }

  /// Stops every process of nginx where it stands, as a debugger or a full disk's fsync would.
  static let stopNginx = Step.onMachine("pgrep -x nginx | xargs kill -STOP")

  /// Tasks of the machine have waited for the processor during this share of the last minute.
  static func processorPressure(percent: Int) -> Step {
    let share = "avg10=\(percent).00 avg60=\(percent).00 avg300=\(percent).00 total=9"
    return .onMachine("sed -i 's/^some .*/some \(share)/' /proc/pressure/cpu")
  }

  /// Gives the machine `net.ipv4.tcp_tw_recycle`, which kernels have lacked since 4.12.
  ///
  /// The directory is one of procfs, where no file can be made: a copy of it is mounted over it.
  static func twRecycle(_ value: String, timestamps: String) -> Step {
    .onMachine(
      """
      mkdir "$1/ipv4"
      cp -r /proc/sys/net/ipv4/. "$1/ipv4" 2>/dev/null || true
      echo \(value) >"$1/ipv4/tcp_tw_recycle"
      echo \(timestamps) >"$1/ipv4/tcp_timestamps"
      mount --bind "$1/ipv4" /proc/sys/net/ipv4
      """)
  }
}
