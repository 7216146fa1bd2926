import Checker
import FoundationEssentials
import Host
import LoadBalancer
import Probes

/// What a capture keeps beside the readings: the targets, and what the probes learned of each.
struct InspectionNotes {
  var selection: TargetSelection?
  var probes: [String: ProbeReport]

  private static let targetsName = "targets"
  private static let probesName = "probes"

  init(selection: TargetSelection?, probes: [String: ProbeReport]) {
    self.selection = selection
    self.probes = probes
  }

  /// What the capture's notes say; a note that is missing or not understood is left out.
  init(_ door: ReplayingDoor) {
    let decoded = InspectionNotes.decode(TargetSelection.self, door.note(Self.targetsName))
    let isSensible = decoded?.targets.allSatisfy(\.healthCheck.hasSensibleTimes) ?? false
    selection = isSensible ? decoded : nil
    let reports = InspectionNotes.decode([ProbeReport].self, door.note(Self.probesName)) ?? []
    probes = Dictionary(reports.map { ($0.target, $0) }, uniquingKeysWith: { $1 })
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
    return [
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
