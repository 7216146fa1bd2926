/// A health check as a case configures it, for the agent's command line and for the real probe.
///
/// What is `nil` is left to the agent's default, which is the CLB's; the prober then uses the same.
struct HealthCheckOptions: Sendable {
  var target: String
  var method: String?
  /// The status classes that count as healthy, as the command line takes them.
  var codes: String?
  var domain: String?
  /// `1.0` or `1.1`.
  var version: String?
  var seconds: Int?
  /// The bytes of a CUSTOM check; empty text for those of the check of a UDP port.
  var send: String?
  var receive: String?
  /// The gRPC statuses that count as healthy.
  var grpcCodes: String?
  /// Where the agent is told that probes come from.
  var source: String?

  init(
    _ target: String, method: String? = nil, codes: String? = nil, domain: String? = nil,
    version: String? = nil, seconds: Int? = nil, send: String? = nil, receive: String? = nil,
    grpcCodes: String? = nil,
    source: String? = nil
  ) {
    self.send = send
    self.receive = receive
    self.grpcCodes = grpcCodes
    self.target = target
    self.method = method
    self.codes = codes
    self.domain = domain
    self.version = version
    self.seconds = seconds
    self.source = source
  }

  /// A TCP check of the case's port.
  static let tcp = HealthCheckOptions("tcp://10.0.0.5:80")

  /// An HTTP check of the case's port.
  static func http(
    method: String? = nil, codes: String? = nil, domain: String? = nil, version: String? = nil,
    seconds: Int? = nil
  ) -> HealthCheckOptions {
    HealthCheckOptions(
      "http://10.0.0.5:80/health", method: method, codes: codes, domain: domain, version: version,
      seconds: seconds)
  }

  var agentArguments: [String] {
    ["--target", target]
      + Self.options([
        ("--check-method", method), ("--http-code", codes), ("--check-domain", domain),
        ("--http-version", version), ("--timeout", seconds.map { "\($0)" }), ("--source", source),
        ("--send", send), ("--receive", receive), ("--grpc-code", grpcCodes),
      ])
  }

  var proberArguments: [String] {
    ["--url", target]
      + Self.options([
        ("--method", method), ("--domain", domain), ("--version", version),
        ("--limit", seconds.map { "\($0)" }), ("--send", send),
      ])
  }

  private static func options(_ pairs: [(String, String?)]) -> [String] {
    pairs.flatMap { name, value in value.map { [name, $0] } ?? [] }
  }
}
