import Checker
import Collectors
import FoundationEssentials
import Host
import LoadBalancer
import Probes

/// What a capture keeps beside the readings: the targets, and what the probes learned of each.
struct InspectionNotes {
  var selection: TargetSelection?
  var probes: [String: ProbeReport]
  /// `nil` in captures of versions that kept none.
  var cloud: CloudFacts?
  var transmitRates: TransmitRates?

  private static let targetsName = "targets"
  private static let probesName = "probes"
  private static let cloudName = "cloud"
  private static let transmitRatesName = "transmitRates"

  init(
    selection: TargetSelection?, probes: [String: ProbeReport], cloud: CloudFacts?,
    transmitRates: TransmitRates?
  ) {
    self.selection = selection
    self.probes = probes
    self.cloud = cloud
    self.transmitRates = transmitRates
  }

  /// What the capture's notes say; a note that is missing or not understood is left out.
  init(_ door: ReplayingDoor) {
    let decoded = InspectionNotes.decode(TargetSelection.self, door.note(Self.targetsName))
    let isSensible = decoded?.targets.allSatisfy(\.healthCheck.hasSensibleTimes) ?? false
    selection = isSensible ? decoded : nil
    let reports = InspectionNotes.decode([ProbeReport].self, door.note(Self.probesName)) ?? []
    probes = Dictionary(reports.map { ($0.target, $0) }, uniquingKeysWith: { $1 })
    let cloud = InspectionNotes.decode(CloudFacts.self, door.note(Self.cloudName))
    self.cloud = cloud?.isSensible == true ? cloud : nil
    transmitRates = InspectionNotes.decode(TransmitRates.self, door.note(Self.transmitRatesName))
  }

  /// What the recorded probes tell of these targets: those of a check that asks the same.
  func probes(of targets: [Target]) -> [String: ProbeReport] {
    let recorded = Dictionary(
      (selection?.targets ?? []).map { ($0.name, $0.healthCheck) }, uniquingKeysWith: { $1 })
    let alike = targets.filter { recorded[$0.name]?.asksTheSame(as: $0.healthCheck) == true }
    return probes.filter { name, _ in alike.contains { $0.name == name } }
  }

  /// The notes as entries of a capture.
  var entries: [CaptureEntry] {
    let reports = probes.values.sorted { $0.target < $1.target }
    // The probes come last: a file that was cut off has none then, whatever else it lacks, and nothing of
    // it reads as healthy.
    return [
      cloud.flatMap { Self.encode($0) }.map { .note(Self.cloudName, json: $0) },
      transmitRates.flatMap { Self.encode($0) }.map { .note(Self.transmitRatesName, json: $0) },
      selection.flatMap { Self.encode($0) }.map { .note(Self.targetsName, json: $0) },
      Self.encode(reports).map { .note(Self.probesName, json: $0) },
    ].compactMap(\.self)
  }

  private static func encode(_ value: some Encodable) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, _ json: String?) -> Value? {
    json.flatMap { try? JSONDecoder().decode(type, from: Data($0.utf8)) }
  }
}
