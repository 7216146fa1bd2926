import Checker
import Testing

@testable import Reporting

@Suite("findings in order")
struct FindingOrderTests {
  static func finding(
    _ id: String, cause: String? = nil, targets: [String] = [], layer: Layer = .layer7,
    severity: Severity = .fail, remedies: [String] = []
  ) -> Finding {
    Finding(
      id: FindingID(rawValue: id), layer: layer, severity: severity, summary: id,
      remedies: remedies.map { Remedy(summary: $0) }, targets: targets,
      cause: cause.map(FindingID.init(rawValue:)))
  }

  struct Shape: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let findings: [Finding]
    let shape: String
  }

  @Test(
    "put each consequence under its cause",
    arguments: [
      Shape(testDescription: "none", findings: [], shape: ""),
      Shape(
        testDescription: "a consequence that comes first",
        findings: [finding("b.b", cause: "a.a"), finding("a.a")], shape: "a.a(b.b)"),
      Shape(
        testDescription: "a chain",
        findings: [finding("a.a"), finding("b.b", cause: "a.a"), finding("c.c", cause: "b.b")],
        shape: "a.a(b.b(c.c))"),
      Shape(
        testDescription: "a missing cause", findings: [finding("b.b", cause: "x.x")],
        shape: "b.b<x.x"),
      Shape(
        testDescription: "its own cause", findings: [finding("b.b", cause: "b.b")],
        shape: "b.b<b.b"),
      Shape(
        testDescription: "a circle",
        findings: [finding("a.a", cause: "b.b"), finding("b.b", cause: "a.a")],
        shape: "a.a<b.b(b.b)"),
      Shape(
        testDescription: "the cause that has its target",
        findings: [
          finding("a.a", targets: ["one"]), finding("a.a", targets: ["two"], severity: .warn),
          finding("b.b", cause: "a.a", targets: ["two"]),
        ], shape: "a.a a.a(b.b)"),
      Shape(
        testDescription: "no cause that has its target",
        findings: [
          finding("a.a", targets: ["one"]), finding("b.b", cause: "a.a", targets: ["two"]),
        ], shape: "a.a b.b<a.a"),
      Shape(
        testDescription: "twins of different targets as one",
        findings: [finding("a.a", targets: ["one"]), finding("a.a", targets: ["two", "one"])],
        shape: "a.a"),
    ])
  func trees(_ shape: Shape) {
    #expect(Self.describe(FindingTree.trees(of: shape.findings)) == shape.shape)
  }

  private static func describe(_ trees: [FindingTree]) -> String {
    trees.map { tree in
      let elsewhere = tree.causeElsewhere.map { "<\($0)" } ?? ""
      let below = tree.consequences.isEmpty ? "" : "(\(describe(tree.consequences)))"
      return "\(tree.finding.id)\(elsewhere)\(below)"
    }.joined(separator: " ")
  }

  @Test("become lists by layer: fails, then warns, then the rest, then consequences")
  func lists() {
    let lists = ToDoList.lists(of: [
      Self.finding("h.h", layer: .host, remedies: ["host"]),
      Self.finding("w.w", severity: .warn, remedies: ["warn"]),
      Self.finding("c.c", cause: "f.f", remedies: ["consequence"]),
      Self.finding("i.i", severity: .info, remedies: ["info"]),
      Self.finding("f.f", remedies: ["fail", "fallback"]),
      Self.finding("b.b", layer: .bandwidth, remedies: ["bandwidth"]),
      Self.finding("four.none", layer: .layer4),
    ])
    #expect(lists.map(\.layer) == [.layer7, .bandwidth, .host])
    #expect(
      lists.first?.steps.map(\.remedy.summary) == [
        "fail", "fallback", "warn", "info", "consequence",
      ])
    #expect(lists.first?.steps.map(\.fallbackFor) == [nil, 1, nil, nil, nil])
    #expect(lists.first?.steps.last?.cause?.rawValue == "f.f")
  }

  @Test("name the same remedy once, as a first choice if it is one for any")
  func sameRemedy() {
    let lists = ToDoList.lists(of: [
      Self.finding("a.a", remedies: ["one", "two"]),
      Self.finding("b.b", remedies: ["two", "three", "three"]),
      Self.finding("c.c", layer: .host, remedies: ["two", "four"]),
    ])
    let steps = lists.first?.steps ?? []
    #expect(steps.map(\.remedy.summary) == ["one", "two", "three"])
    #expect(steps.map { $0.findings.map(\.rawValue) } == [["a.a"], ["a.a", "b.b"], ["b.b"]])
    #expect(steps.map(\.fallbackFor) == [nil, nil, 2])
    #expect(lists.last?.steps.map(\.remedy.summary) == ["four"])
  }
}
