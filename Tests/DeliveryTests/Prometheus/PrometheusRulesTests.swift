import Delivery
import Host
import JSONText
import Testing

@Suite("The rules and the dashboard", .timeLimit(.minutes(3)))
struct PrometheusRulesTests {
  private static let directory =
    "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/") + "/Docs/prometheus"

  static func text(_ name: String) throws -> String {
    let bytes = LiveDoor().readFile("\(directory)/\(name)", limit: .standard).value
    return String(decoding: try #require(bytes, "\(name)"), as: UTF8.self)
  }

  /// Queries of the dashboard, with every host in the place of the variable.
  private static func queries() throws -> [String] {
    let bytes = Array(try text("dashboard.json").utf8)
    var reader = JSONReader(bytes, bytes.indices)
    let dashboard = try reader.value()
    let panels = try #require(dashboard["panels"]?.array)
    return panels.flatMap { $0["targets"]?.array ?? [] }.compactMap { $0["expr"]?.string }
      .map { $0.replacing("$instance", with: ".*") }
  }

  @Test("ask for no metric that the agent does not write, and the dashboard shows all of them")
  func names() throws {
    let queries = try Self.queries()
    #expect(queries.count > 10)
    let rules = try Self.text("clb-agent.rules.yaml")
    for text in queries + [rules] {
      for name in text.matches(of: /\bclb_[a-z_]+/).map({ String($0.output) }) {
        #expect(PrometheusText.names.contains(name), "\(name)")
      }
    }
    let shown = Set(queries.flatMap { $0.matches(of: /\bclb_[a-z_]+/).map { String($0.output) } })
    // When it was inspected, and when the oldest report was taken, are for rules and for people.
    let rest = PrometheusText.names.subtracting(shown)
    #expect(rest == ["clb_inspect_timestamp_seconds", "clb_spool_oldest_timestamp_seconds"])
  }

  @Test("have a page that names every metric, and no other")
  func page() throws {
    let page = try Self.text("README.md")
    let named = Set(page.matches(of: /\bclb_[a-z_]+/).map { String($0.output) })
    #expect(named.subtracting(["clb_agent"]) == PrometheusText.names)
  }

  @Test(
    "hold to promtool, the rules with what they shall fire at",
    .enabled(if: DebianTool.has("promtool"), "needs promtool, of Debian's package prometheus"))
  func promtool() async throws {
    let check = try await DebianTool.run(
      "promtool", ["check", "rules", "\(Self.directory)/clb-agent.rules.yaml"])
    #expect(check.status == 0, "\(check.errors)")
    let test = try await DebianTool.run(
      "promtool", ["test", "rules", "\(Self.directory)/clb-agent.rules.test.yaml"])
    #expect(test.status == 0, "\(test.output)\(test.errors)")
    // A query of the dashboard is legal where a rule that records it is.
    let root = try TemporaryRoot()
    let rules = try Self.queries().enumerated().map {
      "  - record: q\($0.offset)\n    expr: '\($0.element)'\n"
    }
    try root.write("q.yaml", "groups:\n- name: q\n  rules:\n" + rules.joined())
    let dashboard = try await DebianTool.run("promtool", ["check", "rules", "\(root.path)/q.yaml"])
    #expect(dashboard.status == 0, "\(dashboard.output)\(dashboard.errors)")
  }
}
