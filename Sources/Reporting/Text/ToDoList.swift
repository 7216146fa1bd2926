import Checker

/// What to do in one layer, in order.
struct ToDoList: Hashable {
  let layer: Layer
  var steps: [Step]

  /// One remedy, with the findings that it ends.
  struct Step: Hashable {
    let remedy: Remedy
    var findings: [FindingID]
    /// The number, from 1, of the better remedy that this one stands in for.
    var fallbackFor: Int?
    /// The cause that is to be removed first, when the finding is a consequence.
    let cause: FindingID?
  }

  /// The lists that have steps, in the order of `Layer`.
  ///
  /// In a list what fails comes before what may fail, and a consequence after all causes. A finding's
  /// remedies keep their order. A remedy of several findings stands once, where it comes first.
  static func lists(of findings: [Finding]) -> [ToDoList] {
    var places: [Remedy: Place] = [:]
    return Layer.allCases.compactMap { layer in
      var list = ToDoList(layer: layer, steps: [])
      for finding in ordered(findings.filter { $0.layer == layer }) {
        list.add(finding, &places)
      }
      return list.steps.isEmpty ? nil : list
    }
  }

  private struct Place {
    let layer: Layer
    let number: Int
  }

  private static func ordered(_ findings: [Finding]) -> [Finding] {
    let ranks = findings.enumerated().map { (offset: $0, isLate: $1.cause != nil, finding: $1) }
    return ranks.sorted { left, right in
      if left.isLate != right.isLate { return right.isLate }
      if left.finding.severity != right.finding.severity {
        return left.finding.severity < right.finding.severity
      }
      return left.offset < right.offset
    }.map(\.finding)
  }

  private mutating func add(_ finding: Finding, _ places: inout [Remedy: Place]) {
    var previous: Int?
    for remedy in finding.remedies {
      if let place = places[remedy] {
        // Under another layer's heading its number would mean nothing here.
        guard place.layer == layer else { continue }
        note(finding.id, at: place.number - 1, isFirstChoice: previous == nil)
        previous = place.number
        continue
      }
      steps.append(
        Step(
          remedy: remedy, findings: [finding.id], fallbackFor: previous, cause: finding.cause))
      places[remedy] = Place(layer: layer, number: steps.count)
      previous = steps.count
    }
  }

  private mutating func note(_ finding: FindingID, at index: Int, isFirstChoice: Bool) {
    if !steps[index].findings.contains(finding) { steps[index].findings.append(finding) }
    if isFirstChoice { steps[index].fallbackFor = nil }
  }
}
