import Checker
import LoadBalancer
import Testing

/// A host that is nearly at a limit, and the threshold that decides.
struct NearLimit: Sendable, CustomTestStringConvertible {
  var testDescription: String
  /// What is raised from the lower value on, and no more from the higher.
  var raises: String
  var path: any WritableKeyPath<Thresholds, Int> & Sendable
  var reached: Int
  var missed: Int
  var changeHost: @Sendable (inout FakeHost) -> Void

  static let all: [NearLimit] = [
    NearLimit(
      testDescription: "conntrack", raises: "conntrack.nearly-full", path: \.conntrack, reached: 50,
      missed: 51
    ) {
      $0.files["/proc/sys/net/netfilter/nf_conntrack_count"] = "500\n"
      $0.files["/proc/sys/net/netfilter/nf_conntrack_max"] = "1000\n"
    },
    NearLimit(
      testDescription: "processors", raises: "load.cpu-pressure", path: \.cpuPressure, reached: 20,
      missed: 21
    ) { $0.files["/proc/pressure/cpu"] = FakeHost.pressure(20) },
    NearLimit(
      testDescription: "memory", raises: "load.memory-pressure", path: \.memoryPressure, reached: 5,
      missed: 6
    ) { $0.files["/proc/pressure/memory"] = FakeHost.pressure(5) },
    NearLimit(
      testDescription: "disks", raises: "load.io-pressure", path: \.ioPressure, reached: 30,
      missed: 31
    ) { $0.files["/proc/pressure/io"] = FakeHost.pressure(30) },
    NearLimit(
      testDescription: "load", raises: "load.high-average", path: \.loadOneMinute, reached: 10,
      missed: 11
    ) {
      $0.files["/proc/pressure/cpu"] = .some(nil)
      $0.files["/sys/devices/system/cpu/online"] = "0-1\n"
      $0.files["/proc/loadavg"] = "20.00 20.00 20.00 1/100 4000\n"
    },
    NearLimit(
      testDescription: "load of five minutes", raises: "load.high-average", path: \.loadFiveMinutes,
      reached: 10, missed: 11
    ) {
      $0.files["/proc/pressure/cpu"] = .some(nil)
      $0.files["/sys/devices/system/cpu/online"] = "0-1\n"
      $0.files["/proc/loadavg"] = "90.00 20.00 20.00 1/100 4000\n"
    },
  ]
}

@Suite("A threshold")
struct ThresholdTests {
  private static func raised(
    _ scenario: Scenario, _ path: WritableKeyPath<Thresholds, Int>, _ value: Int
  ) async throws -> [String] {
    var thresholds = Thresholds.standard
    thresholds[keyPath: path] = value
    return try await scenario.diagnose(by: Checker(thresholds: thresholds)).findings
      .filter { $0.severity == .warn }.map(\.id.rawValue)
  }

  @Test("decides from where on a finding is raised", arguments: NearLimit.all)
  func decides(_ near: NearLimit) async throws {
    let scenario = Scenario(near.testDescription, raises: [], .pass, host: near.changeHost)
    #expect(try await Self.raised(scenario, near.path, near.reached) == [near.raises])
    #expect(try await Self.raised(scenario, near.path, near.missed) == [])
  }

  @Test("of more than a full table is none for a full table")
  func full() async throws {
    let scenario = Scenario("full", raises: [], .fail) {
      $0.files["/proc/sys/net/netfilter/nf_conntrack_count"] = "1000\n"
      $0.files["/proc/sys/net/netfilter/nf_conntrack_max"] = "1000\n"
    }
    var thresholds = Thresholds.standard
    thresholds.conntrack = 100
    let diagnosis = try await scenario.diagnose(by: Checker(thresholds: thresholds))
    #expect(diagnosis.findings.map(\.id.rawValue) == ["conntrack.table-full"])
  }
}
