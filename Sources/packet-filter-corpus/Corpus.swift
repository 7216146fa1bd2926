import FoundationEssentials

/// Rulesets as a host's tools print them, and what its kernel did with probes.
struct Corpus {
  /// One ruleset: a directory with a directory for each tool that loaded it.
  struct Ruleset: Decodable {
    var ruleset: String
    var directory: String
    var loaders: [String]
  }

  /// One packet and what became of it.
  struct Probe: Decodable {
    var ruleset: String
    var src: String
    var dst: String
    var proto: String
    var dport: UInt16?
    var iif: String
    var verdict: String
    var code: String?
    var to: String?
    var tport: UInt16?
    /// `false` where two rounds disagreed.
    var stable: Bool?
  }

  let directory: String
  let rulesets: [Ruleset]
  private let probes: [String: [Probe]]

  /// Reads the corpus in that directory; what is not there is empty.
  init(_ directory: String) {
    self.directory = directory
    rulesets = Self.lines(directory + "/rulesets.jsonl")
    var probes: [String: [Probe]] = [:]
    let files = (try? FileManager.default.contentsOfDirectory(atPath: directory + "/truth")) ?? []
    for file in files.sorted() {
      let all: [Probe] = Self.lines(directory + "/truth/" + file)
      for probe in all { probes[probe.ruleset, default: []].append(probe) }
    }
    self.probes = probes
  }

  /// The probes of a ruleset.
  func probes(of ruleset: Ruleset) -> [Probe] { probes[ruleset.ruleset] ?? [] }

  /// Where the listings of a ruleset are that one tool loaded.
  func path(of ruleset: Ruleset, _ loader: String) -> String {
    "\(directory)/rulesets/\(ruleset.directory)/\(loader)"
  }

  private static func lines<Item: Decodable>(_ path: String) -> [Item] {
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    let decoder = JSONDecoder()
    return data.split(separator: 10).compactMap { try? decoder.decode(Item.self, from: Data($0)) }
  }
}
