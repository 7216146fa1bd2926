import Checker

/// One finding with the findings that follow from it.
struct FindingTree: Hashable {
  let finding: Finding
  let consequences: [FindingTree]
  /// The finding's cause, where that does not stand above it.
  let causeElsewhere: FindingID?

  /// The findings in their own order, those that differ only in their targets as one, and each
  /// consequence under the first finding that has its cause's id and one of its targets.
  ///
  /// Every finding is in the result once, also when its cause is missing or two name each other.
  static func trees(of findings: [Finding]) -> [FindingTree] {
    let merged = merging(findings)
    var children: [Int: [Int]] = [:]
    var roots: [Int] = []
    for index in merged.indices {
      if let parent = parent(of: index, in: merged) {
        children[parent, default: []].append(index)
      } else {
        roots.append(index)
      }
    }
    var isPlaced = merged.map { _ in false }
    func tree(at index: Int, isRoot: Bool) -> FindingTree {
      isPlaced[index] = true
      let below = (children[index] ?? []).filter { !isPlaced[$0] }
      return FindingTree(
        finding: merged[index], consequences: below.map { tree(at: $0, isRoot: false) },
        causeElsewhere: isRoot ? merged[index].cause : nil)
    }
    let reachable = roots.map { tree(at: $0, isRoot: true) }
    // What is left are circles, entered at the finding that comes first.
    let circular = merged.indices.compactMap { isPlaced[$0] ? nil : tree(at: $0, isRoot: true) }
    return reachable + circular
  }

  private static func merging(_ findings: [Finding]) -> [Finding] {
    var merged: [Finding] = []
    var positions: [Finding: Int] = [:]
    for finding in findings {
      var key = finding
      key.targets = []
      guard let position = positions[key] else {
        positions[key] = merged.count
        merged.append(finding)
        continue
      }
      for target in finding.targets where !merged[position].targets.contains(target) {
        merged[position].targets.append(target)
      }
    }
    return merged
  }

  private static func parent(of index: Int, in findings: [Finding]) -> Int? {
    let finding = findings[index]
    guard let cause = finding.cause else { return nil }
    return findings.indices.first { other in
      let candidate = findings[other]
      return other != index && candidate.id == cause
        && (candidate.targets.isEmpty || finding.targets.isEmpty
          || candidate.targets.contains(where: finding.targets.contains))
    }
  }
}
