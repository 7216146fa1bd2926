import Testing

/// A command line that cannot be meant.
struct WrongUsage: Sendable, CustomTestStringConvertible {
  var arguments: [String]
  /// What the one line on standard error must hold.
  var saying: String

  init(_ arguments: String..., saying: String) {
    self.arguments = arguments
    self.saying = saying
  }

  /// An `inspect` of a target that is fine, and one option that is not.
  static func option(_ words: String..., saying: String) -> WrongUsage {
    var usage = WrongUsage("inspect", "--target", "http://10.0.0.5:80/health", saying: saying)
    usage.arguments += words
    return usage
  }

  /// The same of a target that a CUSTOM check may have.
  static func custom(_ words: String..., saying: String) -> WrongUsage {
    var usage = WrongUsage("inspect", "--target", "udp://10.0.0.5:53", saying: saying)
    usage.arguments += words
    return usage
  }

  /// An `inspect` of a target that is none.
  static func target(_ target: String, saying: String) -> WrongUsage {
    WrongUsage("inspect", "--target", target, saying: saying)
  }

  var testDescription: String { arguments.joined(separator: " ").debugDescription }

  static let all: [WrongUsage] = [
    .target("", saying: "http://"),
    .target("10.0.0.5:80", saying: "http://"),
    .target("ftp://x", saying: "tcp, udp, http, https, grpc or grpcs"),
    .target("http://:99999/", saying: "65535"),
    .target("tcp://:0", saying: "65535"),
    .target("tcp://10.0.0.5", saying: "port"),
    .target("tcp://10.0.0.5:80/health", saying: "path"),
    .target("grpc://10.0.0.5", saying: "port"),
    .target("http://shop.example:80/", saying: "--check-domain"),
    .target("http://10.0.0.256:80/", saying: "address"),
    .target("http://fd00:5::5:80/", saying: "brackets"),
    .target("http://10.0.0.5:80/a b", saying: "path"),
    .target("http://10.0.0.5:80/\r\nEvil: 1", saying: "path"),
    .option("--http-code", "0", saying: "31"),
    .option("--http-code", "32", saying: "31"),
    .option("--http-code", "2xx,9xx", saying: "2xx"),
    .option("--http-code", "", saying: "2xx"),
    .option("--check-method", "POST", saying: "HEAD"),
    .option("--check-domain", "a\r\nEvil: 1", saying: "--check-domain"),
    .option("--http-version", "2", saying: "1.1"),
    .option("--timeout", "0", saying: "60"),
    .option("--timeout", "61", saying: "60"),
    .option("--timeout", "soon", saying: "60"),
    .option("--grpc-code", "100", saying: "99"),
    .option("--grpc-code", "12", saying: "grpc://"),
    .option("--send", "PING", saying: "tcp:// or udp://"),
    .option("--hex", saying: "--send"),
    .custom("--send", "a\u{7}", saying: "visible"),
    .custom("--receive", String(repeating: "a", count: 501), saying: "500"),
    .custom("--hex", "--send", "ABC", saying: "even"),
    .custom("--hex", "--receive", "0x", saying: "0-9"),
    .option("--format", "yaml", saying: "json"),
    .option("--only", "no-such-check", saying: "no-such-check"),
    .option("--skip", "no-such-check", saying: "no-such-check"),
    .option("--check", "listening-socket", saying: "--check"),
    .option("--from", "/nowhere/capture", saying: "/nowhere/capture"),
    WrongUsage("capture", saying: "--output"),
    WrongUsage("no-such-command", saying: "no-such-command"),
  ]
}

extension HostLane {
  @Suite("A command line that cannot be meant")
  struct UsageTests {
    @Test("ends with 64 and one line that says what was expected", arguments: WrongUsage.all)
    func refused(_ usage: WrongUsage) async throws {
      let finished = try await Agent.runAlone(usage.arguments)
      #expect(finished.status == 64)
      #expect(finished.output == "")
      #expect(finished.errorLines.count == 1, "\(finished.errors)")
      #expect(finished.errors.contains(usage.saying), "\(finished.errors)")
    }

    @Test("a root that cannot be read is named in one line")
    func unreadableRoot() async throws {
      let finished = try await Agent.runAlone([
        "inspect", "--target", "tcp://10.0.0.5:80", "--root", "/nowhere",
      ])
      #expect([3, 64].contains(finished.status))
      #expect(finished.errorLines.count == 1, "\(finished.errors)")
      #expect(finished.errors.contains("/nowhere"), "\(finished.errors)")
    }
  }
}
