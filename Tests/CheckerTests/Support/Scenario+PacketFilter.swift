import Checker
import Collectors
import LoadBalancer
import Probes
import TestSupport

extension Scenario {
  static let packetFilter: [Scenario] = [
    ruled("a rule that drops everything", [drop], raises: "packet-filter.drops-probe", .fail),
    ruled("a rule that resets", [reset], raises: "packet-filter.rejects-probe", .fail),
    ruled(
      "a rule that drops a part of the range", [source("100.64.1.0", 24), drop],
      raises: "packet-filter.drops-some-sources", .warn),
    ruled(
      "a rule that drops what is too much",
      [#"{"limit": {"rate": 1, "burst": 5, "per": "second", "inv": true}}"#, drop],
      raises: "packet-filter.rate-limits-probe", .warn),
    ruled(
      "a rule that drops answers", [drop], hook: "output", raises: "packet-filter.drops-reply",
      .fail),
    ruled(
      "a rule with a match that is not understood",
      [#"{"xt": {"type": "match", "name": "mystery"}}"#, drop],
      raises: "packet-filter.undecided", .unknown),
    ruled(
      "a rule that drops what a rule before it let in",
      [source("100.64.0.0", 10), #"{"accept": null}"#], [drop],
      raises: "packet-filter.drops-clients", .warn),
    Scenario("a port that is redirected to where nginx listens", raises: [], .pass) {
      $0.sockets = [FakeSocket("0.0.0.0", 8080)]
      $0.commands[["nft", "-j", "list", "ruleset"]] = .output(
        ruleset([[#"{"redirect": {"port": 8080}}"#]], hook: "prerouting", isNAT: true))
    },
    Scenario(
      "a port that is redirected to where nothing listens", raises: ["nat.dead-destination"], .fail,
      outcome: .refused
    ) {
      $0.commands[["nft", "-j", "list", "ruleset"]] = .output(
        ruleset([[#"{"redirect": {"port": 8081}}"#]], hook: "prerouting", isNAT: true))
    },
    Scenario(
      "a port that is sent on to a container, and no probe",
      raises: [
        "application.no-answer", "nat.dead-destination",
      ], .unknown, isProbed: false
    ) {
      $0.commands[["nft", "-j", "list", "ruleset"]] = .output(
        ruleset(
          [[#"{"dnat": {"addr": "10.1.0.77", "port": 80}}"#]], hook: "prerouting", isNAT: true))
    },
    Scenario(
      "a connection that a rule refused", raises: ["packet-filter.rejects-probe"], .fail,
      outcome: .refused
    ) {
      $0.commands[["nft", "-j", "list", "ruleset"]] = .output(
        ruleset([[reset]], hook: "input"))
    },
    Scenario(
      "a connection that a rule for lo may have refused", raises: ["application.refused"],
      .unknown, outcome: .refused
    ) {
      $0.commands[["nft", "-j", "list", "ruleset"]] = .output(
        ruleset(
          [
            [
              #"{"match": {"op": "==", "left": {"meta": {"key": "iifname"}}, "right": "lo"}}"#,
              reset,
            ]
          ], hook: "input"))
    },
  ]

  private static let drop = #"{"drop": null}"#
  private static let reset = #"{"reject": {"type": "tcp reset"}}"#

  private static func ruled(
    _ description: String, _ rules: [String]..., hook: String = "input", raises id: String?,
    _ verdict: Verdict
  ) -> Scenario {
    Scenario(description, raises: [id].compactMap(\.self), verdict) {
      $0.commands[["nft", "-j", "list", "ruleset"]] = .output(ruleset(rules, hook: hook))
    }
  }

  /// A match of a range of sources.
  static func source(_ address: String, _ length: Int) -> String {
    """
    {"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}},
    "right": {"prefix": {"addr": "\(address)", "len": \(length)}}}}
    """
  }

  /// One base chain with these rules, as `nft -j list ruleset` prints it.
  static func ruleset(
    _ rules: [[String]], hook: String, isNAT: Bool = false
  ) -> String {
    let listed = rules.enumerated().map { number, statements in
      """
      {"rule": {"family": "inet", "table": "f", "chain": "only", "handle": \(number + 2),
      "expr": [\(statements.joined(separator: ", "))]}}
      """
    }
    let head = """
      {"metainfo": {"version": "1.0.6"}}, {"table": {"family": "inet", "name": "f"}},
      {"chain": {"family": "inet", "table": "f", "name": "only", "handle": 1,
      "type": "\(isNAT ? "nat" : "filter")", "hook": "\(hook)", "prio": \(isNAT ? -100 : 0), "policy": "accept"}}
      """
    return "{\"nftables\": [\(([head] + listed).joined(separator: ", "))]}"
  }
}
