import Addressing
import ArgumentParser
import LoadBalancer

/// The targets and what is known of their health check.
struct HealthCheckOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the CLB probes: http://:80/health, tcp://10.0.0.5:8080, udp://, https://, grpc://, grpcs://; "
        + "may be repeated.",
      discussion:
        "Without an address it is the host's private one. Without any target, here or in the "
        + "settings file, targets are learned: ports that the probes' sources talk to, else every TCP socket reachable from "
        + "outside.", valueName: "url"))
  var target: [String] = []

  @Option(
    help: ArgumentHelp(
      "What tccli prints of the CLB: one file, or a directory of *.json; names this host's targets.",
      discussion: "They say all that the other options of this group do, so those are not taken.",
      valueName: "path"), completion: .file())
  var listeners: String?

  @Option(help: ArgumentHelp("Where probes come from.", valueName: "prefix"))
  var source: [String] = []

  @Option(
    help: ArgumentHelp(
      "Statuses that are healthy: 2xx,3xx or the API's number 1-31. Default: 1xx-4xx.",
      valueName: "classes"))
  var httpCode: String?

  @Option(help: ArgumentHelp("The check's method: HEAD (default) or GET.", valueName: "method"))
  var checkMethod: String?

  @Option(help: ArgumentHelp("The check's domain, sent as Host.", valueName: "name"))
  var checkDomain: String?

  @Option(
    help: ArgumentHelp("The check's HTTP version: 1.0 or 1.1 (default).", valueName: "version"))
  var httpVersion: String?

  @Option(
    help: ArgumentHelp("The check's TimeOut: 2 (default) to 60 seconds.", valueName: "seconds"))
  var timeout: String?

  @Option(
    help: ArgumentHelp(
      "What a CUSTOM check sends to tcp:// and udp:// targets; \"\" checks a UDP port alone.",
      discussion: "Without --send, a UDP target is checked by ping.", valueName: "text"))
  var send: String?

  @Option(
    help: ArgumentHelp(
      "What the answer of a CUSTOM check begins with; any answer without.", valueName: "text"))
  var receive: String?

  @Flag(help: "--send and --receive are hexadecimal digits, two a byte.")
  var hex = false

  @Option(
    help: ArgumentHelp(
      "gRPC statuses that are healthy: 12 (default), 0,12 or 0-99.", valueName: "codes"))
  var grpcCode: String?

  /// The options of the check itself that were given, as typed.
  var named: [String] {
    [
      httpCode.map { _ in "--http-code" }, checkMethod.map { _ in "--check-method" },
      checkDomain.map { _ in "--check-domain" }, httpVersion.map { _ in "--http-version" },
      timeout.map { _ in "--timeout" }, source.first.map { _ in "--source" },
      send.map { _ in "--send" }, receive.map { _ in "--receive" },
      grpcCode.map { _ in "--grpc-code" },
    ].compactMap(\.self)
  }

  /// The documents of the CLB's listeners; `nil` where none was named.
  func documents() throws(RunError) -> String? {
    guard let listeners else { return nil }
    if let option = (target.first.map { _ in "--target" } ?? named.first) {
      throw .usage(
        "\(option) with --listeners: expected one of them, for documents name targets "
          + "with all of their parameters")
    }
    return listeners
  }

  /// The targets as URLs.
  func urls() throws(RunError) -> [TargetURL] {
    var urls: [TargetURL] = []
    for text in target {
      do throws(TargetURLError) {
        urls.append(try TargetURL(parsing: text))
      } catch {
        throw .usage("--target: \(error)")
      }
    }
    return urls
  }

  /// Where probes come from: CLB's own range unless others are named.
  func sources() throws(RunError) -> [AddressPrefix] {
    guard !source.isEmpty else { return [ProbeSources.range] }
    var prefixes: [AddressPrefix] = []
    for text in source {
      guard let prefix = AddressPrefix(parsing: text) else {
        throw .usage("--source \"\(text)\": expected ADDRESS or ADDRESS/LENGTH, as 100.64.0.0/10")
      }
      prefixes.append(prefix)
    }
    return prefixes
  }

  /// The parameters that were named, and defaults marked as assumed for the others.
  func healthCheck() throws(RunError) -> HealthCheck {
    var check = HealthCheck()
    if !source.isEmpty { check.assumed.remove(.sourceIPType) }
    if let httpCode {
      guard let mask = HTTPCode(parsing: httpCode) else {
        throw .usage(
          "--http-code \"\(httpCode)\": expected classes as 2xx,3xx, or a number from 1 to 31")
      }
      check.httpCode = mask
      check.assumed.remove(.httpCode)
    }
    if let checkMethod {
      guard let method = HTTPCheckMethod(rawValue: checkMethod.uppercased()) else {
        throw .usage("--check-method \"\(checkMethod)\": expected HEAD or GET")
      }
      check.httpCheckMethod = method
      check.assumed.remove(.httpCheckMethod)
    }
    if let checkDomain {
      check.httpCheckDomain = try domain(checkDomain)
      check.assumed.remove(.httpCheckDomain)
    }
    if let httpVersion {
      guard let version = HTTPVersion(rawValue: "HTTP/\(httpVersion)") else {
        throw .usage("--http-version \"\(httpVersion)\": expected 1.0 or 1.1")
      }
      check.httpVersion = version
      check.assumed.remove(.httpVersion)
    }
    if let timeout {
      guard let seconds = Int(timeout), (2...60).contains(seconds) else {
        throw .usage("--timeout \"\(timeout)\": expected whole seconds from 2 to 60")
      }
      check.timeOut = seconds
      check.assumed.remove(.timeOut)
    }
    if let grpcCode {
      guard let codes = GRPCCodes(parsing: grpcCode) else {
        throw .usage(
          "--grpc-code \"\(grpcCode)\": expected numbers from 0 to 99, as 12, 0,12 or 0-99")
      }
      try require("--grpc-code", "grpc:// or grpcs://") { $0.isGRPC }
      check.extendedCode = codes
      check.assumed.remove(.extendedCode)
    }
    check.custom = try customCheck()
    return check
  }

  /// An option that means nothing to any of the targets that were named is a mistake.
  private func require(
    _ option: String, _ schemes: String, _ isMeant: (TargetProtocol) -> Bool
  ) throws(RunError) {
    let named = try urls().map(\.transport)
    guard named.isEmpty || named.contains(where: isMeant) else {
      throw .usage("\(option): expected a target of \(schemes)")
    }
  }

  /// What a CUSTOM check exchanges; `nil` where no option names it.
  private func customCheck() throws(RunError) -> CustomCheck? {
    guard send != nil || receive != nil else {
      guard !hex else { throw .usage("--hex: expected --send or --receive too") }
      return nil
    }
    try require("--send and --receive", "tcp:// or udp://") { $0 == .tcp || $0 == .udp }
    return CustomCheck(
      contextType: hex ? .hexadecimal : .text, send: try context(send, "--send"),
      receive: try context(receive, "--receive"))
  }

  /// The bytes of a text as CLB takes it: at most 500 visible ASCII characters, or pairs of digits.
  private func context(_ text: String?, _ option: String) throws(RunError) -> [UInt8] {
    guard let text, !text.isEmpty else { return [] }
    guard text.utf8.count <= 500 else {
      throw .usage("\(option): expected at most 500 characters, not \(text.utf8.count)")
    }
    guard hex else {
      guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
        throw .usage("\(option) \"\(text)\": expected visible ASCII characters; others with --hex")
      }
      return Array(text.utf8)
    }
    guard let bytes = CustomCheck.bytes(of: text, as: .hexadecimal) else {
      throw .usage(
        "\(option) \"\(text)\" with --hex: expected an even count of the digits 0-9 and A-F")
    }
    return bytes
  }

  private func domain(_ text: String) throws(RunError) -> String {
    guard HealthCheck.isDomain(text) else {
      throw .usage("--check-domain \"\(text)\": expected 1 to 80 letters, digits, \"-\" and \".\"")
    }
    return text
  }
}
