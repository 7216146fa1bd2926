import Addressing
import Checker
import LoadBalancer
import Settings
import Testing

@Suite("What goes before what")
struct PrecedenceTests {
  private static let file = """
    targets:
      - {url: "http://:80/a", timeOut: 9, httpCode: 2xx, sources: 10.9.0.0/16}
      - tcp://:22
    sources: 10.8.0.0/16
    skip: [load, tcp, conntrack.nearly-full]
    """

  private static func settings(
    _ change: (inout CommandLineSettings) throws -> Void = { _ in }
  ) throws -> Settings {
    var line = CommandLineSettings()
    try change(&line)
    return try Settings(parsing: Array(file.utf8)).overridden(by: line)
  }

  private static func value(_ settings: Settings, _ path: String) -> String? {
    settings.rows.first { $0.path == path }
      .map { "\($0.value) \($0.origin?.words(file: "f") ?? "default")" }
  }

  @Test("the file before the defaults")
  func file() throws {
    let settings = try Self.settings()
    #expect(settings.targetOrigin == .settings)
    #expect(Self.value(settings, "targets[0].timeOut") == "9 f:2")
    #expect(Self.value(settings, "targets[1].timeOut") == "2 default")
    #expect(Self.value(settings, "sources") == "10.8.0.0/16 f:4")
    #expect(Self.value(settings, "thresholds.conntrack") == "90 default")
    #expect(
      settings.namedTargets.map { $0.sources.map(\.description) } == [
        ["10.9.0.0/16"], ["10.8.0.0/16"],
      ])
    #expect(Self.value(Settings(), "sources") == "100.64.0.0/10 default")
    #expect(Settings().probeSources == [ProbeSources.range])
  }

  @Test("options of the check before the file, for every target")
  func check() throws {
    let settings = try Self.settings { $0.check.timeOut = Setting(4, from: .option("--timeout")) }
    #expect(Self.value(settings, "targets[0].timeOut") == "4 --timeout")
    #expect(Self.value(settings, "targets[1].timeOut") == "4 --timeout")
    #expect(Self.value(settings, "targets[0].httpCode") == "2xx f:2")
    #expect(settings.namedTargets.map(\.healthCheck.timeOut) == [4, 4])
  }

  @Test("--source before every source of the file")
  func sources() throws {
    let prefix = try #require(AddressPrefix(parsing: "10.7.0.0/16"))
    let settings = try Self.settings { $0.sources = [prefix] }
    #expect(Self.value(settings, "sources") == "10.7.0.0/16 --source")
    #expect(settings.namedTargets.map(\.sources) == [[prefix], [prefix]])
    #expect(settings.probeSources == [prefix])
  }

  @Test("--target before all targets of the file")
  func targets() throws {
    let settings = try Self.settings { $0.targets = [try TargetURL(parsing: "tcp://:8080")] }
    #expect(settings.targetOrigin == .named)
    #expect(settings.namedTargets.map(\.url.description) == ["tcp://:8080"])
    #expect(Self.value(settings, "targets[0].url") == "tcp://:8080 --target")
    #expect(settings.namedTargets.first?.sources.map(\.description) == ["10.8.0.0/16"])
  }

  @Test("--listeners before targets and documents of the file, whose paths begin at its directory")
  func listeners() throws {
    let line = try Self.settings { $0.listeners = "here" }
    #expect(line.targets.isEmpty && Self.value(line, "listeners") == "here --listeners")
    var file = try Settings(parsing: Array("listeners: docs/\n".utf8))
    file.resolvePaths(from: "/etc/clb-agent")
    #expect(Self.value(file, "listeners") == "/etc/clb-agent/docs/ f:1")
    file.resolvePaths(from: "/elsewhere")
    #expect(file.listeners?.value == "/etc/clb-agent/docs/")
    var replaced = CommandLineSettings()
    replaced.targets = [try TargetURL(parsing: "tcp://:80")]
    #expect(file.overridden(by: replaced).listeners == nil)
  }

  @Test("--skip beside the file's, and --only before them")
  func skips() throws {
    let settings = try Self.settings {
      $0.skip = ["tcp", "address"]
      $0.only = ["load"]
    }
    let rows = settings.rows.filter { $0.path.hasPrefix("skip") }
    #expect(
      rows.map { "\($0.value) \($0.origin?.words(file: "f") ?? "")" } == [
        "conntrack.nearly-full f:5", "tcp --skip", "address --skip",
      ])
  }
}
