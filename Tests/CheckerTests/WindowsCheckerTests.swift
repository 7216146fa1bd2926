import Addressing
import Checker
import FoundationEssentials
import Host
import LoadBalancer
import Testing
import Windows

@Suite("The checker on a Windows host")
struct WindowsCheckerTests {
  private typealias Files = [CaptureFile: [UInt8]]

  private static func files(_ capture: String) -> Files {
    let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    var files: Files = [:]
    for file in CaptureFile.allCases {
      let path = "\(root)/Tests/Captures/windows/\(capture)/\(file.rawValue)"
      files[file] = FileManager.default.contents(atPath: path).map(Array.init)
    }
    return files
  }

  private static func diagnose(
    _ files: Files, _ urls: [String] = ["http://10.0.8.5:80/"],
    _ change: (inout HealthCheck) -> Void = { _ in }
  ) throws -> Diagnosis {
    let facts = WindowsFacts(
      files.reduce(into: [:]) { $0[$1.key] = .value($1.value, from: .file($1.key.rawValue)) })
    var check = HealthCheck()
    change(&check)
    let selection = try TargetSelection(
      named: try urls.map {
        NamedTarget(
          url: try TargetURL(parsing: $0), sources: [ProbeSources.range], healthCheck: check)
      }, sources: [ProbeSources.range], healthCheck: check, facts: facts)
    return Checker().diagnose(
      selection.targets, origin: selection.origin, facts: facts, cloud: .standard)
  }

  private static func raised(_ diagnosis: Diagnosis) -> [String] {
    diagnosis.findings.filter { $0.severity != .info }.map(\.id.rawValue)
  }

  private static func replacing(
    _ old: String, _ new: String, in file: CaptureFile, of files: Files
  ) throws -> Files {
    var files = files
    let text = String(decoding: try #require(files[file]), as: UTF8.self)
    try #require(text.contains(old))
    files[file] = Array(text.replacing(old, with: new).utf8)
    return files
  }

  @Test("shows the hops that the files tell of, and no other")
  func hops() throws {
    let diagnosis = try Self.diagnose(Self.files("healthy"))
    #expect(diagnosis.verdict == .pass)
    #expect(
      diagnosis.targets.first?.path.map(\.hop)
        == ["address", "packet-filter", "listening-socket", "application", "bandwidth"])
  }

  @Test("learns the target from who is connected, and proves a TCP check by it")
  func learns() throws {
    let diagnosis = try Self.diagnose(Self.files("healthy"), [])
    #expect(diagnosis.targets.map(\.target.name) == ["tcp://10.0.8.5:80"])
    #expect(diagnosis.targetOrigin == .traffic && diagnosis.verdict == .pass)
  }

  @Test("learns targets from sockets reachable from outside, without those of Windows itself")
  func learnsFromSockets() throws {
    let diagnosis = try Self.diagnose(Self.files("firewall-drops"), [])
    #expect(diagnosis.targets.map(\.target.name) == ["tcp://10.0.8.5:8080"])
    #expect(diagnosis.targetOrigin == .listeningSockets)
  }

  /// A host made of the healthy one, and what it raises.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let file: CaptureFile
    let old: String
    let new: String
    let raises: [String]

    init(
      _ description: String, _ file: CaptureFile, _ old: String, _ new: String, _ raises: [String]
    ) {
      testDescription = description
      self.file = file
      self.old = old
      self.new = new
      self.raises = raises
    }
  }

  static let cases = [
    Case("404", .responses, "200 OK", "404 Not Found", ["application.unexpected-status"]),
    Case("a redirect", .responses, "200 OK", "302 Found", ["application.redirects"]),
    Case(
      "refused", .responses, "HTTP/1.1 200 OK", "curl: (7) Failed to connect",
      ["application.refused"]),
    Case(
      "a time limit", .responses, "HTTP/1.1 200 OK", "curl: (28) Operation timed out",
      ["application.no-answer"]),
    Case(
      "a request for another page", .responses, "10.0.8.5:80/", "10.0.8.5:80/other",
      ["application.no-answer"]),
    Case(
      "a request to another address", .responses, "10.0.8.5:80/", "localhost/",
      ["application.no-answer"]),
    Case(
      "GET where HEAD is asked", .responses, "-sSI", "-sSi", ["application.no-answer"]),
    Case(
      "nobody listens, so a rule for a program is open too", .sockets, ":80  ", ":81  ",
      ["listening-socket.other-port", "packet-filter.undecided"]),
    Case(
      "IPv6 alone", .sockets, "  TCP    0.0.0.0:80  ", "  TCP    0.0.0.0:81  ",
      ["listening-socket.ipv6-only"]),
    Case(
      "loopback alone", .sockets, "TCP    0.0.0.0:80  ", "TCP    127.0.0.1:80  ",
      ["listening-socket.ipv6-only"]),
    Case(
      "a duplicate address", .configuration, "10.0.8.5(Pref", "10.0.8.5(Dupl",
      []),
    Case(
      "another rule's program", .rules, "System\r\nInterfaceTypes", "C:\\x.exe\r\nInterfaceTypes",
      ["packet-filter.drops-probe"]),
    Case(
      "a translated rule listing", .rules, "Rule Name:", "Regelname:",
      ["packet-filter.unreadable"]),
  ]

  @Test("names the cause", arguments: cases.filter { !$0.raises.isEmpty })
  func names(_ sample: Case) throws {
    let files = try Self.replacing(
      sample.old, sample.new, in: sample.file, of: Self.files("healthy"))
    let diagnosis = try Self.diagnose(files) { $0.httpCode = .successful }
    #expect(Self.raised(diagnosis) == sample.raises)
    for finding in diagnosis.findings where finding.severity == .fail {
      #expect(!finding.evidence.isEmpty && !finding.remedies.isEmpty)
    }
  }

  @Test("raises findings only with layers and severities that their checks declare")
  func declared() throws {
    let declared = Dictionary(
      uniqueKeysWithValues: Checker.allChecks.flatMap { $0.declaration.findings }.map {
        ($0.id, $0)
      })
    for sample in Self.cases {
      let files = try Self.replacing(
        sample.old, sample.new, in: sample.file, of: Self.files("healthy"))
      for finding in (try Self.diagnose(files)).findings where finding.cause == nil {
        let declaration = try #require(declared[finding.id])
        #expect(declaration.severities.contains(finding.severity), "\(finding.id)")
        #expect(declaration.layer == finding.layer)
      }
    }
  }

  @Test(
    "calls a host neither sick nor well for a file that was cut", arguments: CaptureFile.allCases)
  func truncation(file: CaptureFile) throws {
    for (capture, url, wrong) in [
      ("healthy", "http://10.0.8.5:80/", [Verdict.fail, .warn]),
      ("firewall-drops", "http://10.0.8.5:8080/", [.pass]),
    ] {
      let files = Self.files(capture)
      guard let bytes = files[file] else { continue }
      for count in stride(from: 0, to: bytes.count, by: 23) {
        var cut = files
        cut[file] = Array(bytes.prefix(count))
        let diagnosis = try Self.diagnose(cut, [url])
        #expect(!wrong.contains(diagnosis.verdict), "\(capture) \(file.rawValue) \(count)")
      }
    }
  }

  @Test("leaves nothing decided where a file is missing", arguments: CaptureFile.allCases)
  func missing(file: CaptureFile) throws {
    var files = Self.files("healthy")
    files[file] = nil
    let diagnosis = try Self.diagnose(files)
    let isDecisive = file == .rules || file == .profiles || file == .sockets || file == .responses
    let isKnownElsewhere = file == .configuration || file == .version
    #expect(isKnownElsewhere || !isDecisive || diagnosis.verdict == .unknown)
    #expect(diagnosis.verdict == .unknown || diagnosis.verdict == .pass)
  }

  @Test("asks for the ping of a UDP check too")
  func ping() throws {
    let diagnosis = try Self.diagnose(Self.files("healthy"), ["udp://10.0.8.5:123"])
    let blocked = diagnosis.findings.filter { $0.severity == .fail }
    #expect(
      Set(blocked.map(\.id.rawValue)).isSuperset(of: ["packet-filter.drops-probe", "ping.filtered"])
    )
    let commands = blocked.flatMap(\.remedies).flatMap(\.commands)
    #expect(commands.contains { $0.contains("protocol=\"icmpv4:8,any\" remoteip=100.64.0.0/10") })
    #expect(commands.contains { $0.contains("protocol=UDP localport=123 remoteip=100.64.0.0/10") })
  }
}
