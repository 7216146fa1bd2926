import Addressing
import FoundationEssentials

/// A ruleset that was once judged wrongly, with what the kernel did.
struct Regression: Sendable, CustomStringConvertible {
  struct Case: Sendable, Codable {
    var question: Question
    var source: IPAddress
    var kernel: Outcome
  }

  var name: String
  var directory: String
  var test: Case
  /// What loads the ruleset into a kernel.
  var loadSteps: [LoadStep]

  var description: String { name }

  /// Every regression that is kept.
  static let all: [Regression] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: Layout.regressions)) ?? []
    return names.sorted().compactMap { try? Regression(named: $0) }
  }()

  private init(named name: String) throws {
    self.name = name
    directory = "\(Layout.regressions)/\(name)"
    let text = try String(contentsOfFile: "\(directory)/case.json", encoding: .utf8)
    loadSteps = LoadStep.parsing(
      try String(contentsOfFile: "\(directory)/load.sh", encoding: .utf8))
    test = try JSONDecoder().decode(Case.self, from: Data(text.utf8))
  }
}
