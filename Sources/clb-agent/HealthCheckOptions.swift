import Addressing
import ArgumentParser
import LoadBalancer

/// The targets and what is known of their health check.
struct HealthCheckOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the CLB probes: http://:80/health, tcp://10.0.0.5:8080, https://…; may be repeated.",
      discussion:
        "Without an address it is the host's private one. Without any target, here or in the "
        + "settings file, targets are learned: ports that the probes' sources talk to, else every TCP socket reachable from "
        + "outside.", valueName: "url"))
  var target: [String] = []

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

  /// The options of the check itself that were given, as typed.
  var named: [String] {
    [
      httpCode.map { _ in "--http-code" }, checkMethod.map { _ in "--check-method" },
      checkDomain.map { _ in "--check-domain" }, httpVersion.map { _ in "--http-version" },
      timeout.map { _ in "--timeout" }, source.first.map { _ in "--source" },
    ].compactMap(\.self)
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
    return check
  }

  private func domain(_ text: String) throws(RunError) -> String {
    guard HealthCheck.isDomain(text) else {
      throw .usage("--check-domain \"\(text)\": expected 1 to 80 letters, digits, \"-\" and \".\"")
    }
    return text
  }
}
