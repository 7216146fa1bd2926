import FoundationEssentials
import Glibc

/// A host of its own in the running kernel, made for one measurement and gone with it.
enum World {
  /// What is to be loaded and sent.
  struct Job: Sendable, Encodable {
    var load: [LoadStep]
    var probes: [Probe]
    /// An existing directory that takes the listings of the host's own tools.
    var listings: String?
    /// How often each probe is sent; the connections are forgotten between.
    var rounds = 2
    /// How long nothing must have come back before silence is an answer, in seconds.
    var quiet = 0.03
    /// Whether nf_tables tells which rules each packet meets.
    var trace = false
    var ports = Vocabulary.ports
  }

  /// What came back.
  struct Measurement: Sendable, Decodable {
    /// The part of the ruleset that its tool or the kernel refused; then there are no rounds.
    var failure: Refusal?
    /// One outcome a probe, in their order.
    var rounds: [[Outcome]]?
    /// What `nft monitor trace` wrote.
    var trace: String?

    /// The outcomes of each round.
    func outcomes() throws(Refusal) -> [[Outcome]] {
      guard let rounds else {
        throw failure ?? Refusal(words: [], input: "", errors: "no rounds and no refusal")
      }
      return rounds
    }
  }

  static func measure(_ job: Job) async throws -> Measurement {
    let input = String(decoding: try JSONEncoder().encode(job), as: UTF8.self)
    let output = try await succeed(
      ["/usr/bin/python3", "-B", "\(Layout.world)/world.py"], input: input)
    return try JSONDecoder().decode(Measurement.self, from: Data(output.utf8))
  }
}

/// A tool or the kernel refused a part of a ruleset.
struct Refusal: Error, Decodable {
  var words: [String]
  var input: String
  var errors: String

  /// Who refused, why, and the line of the input that iptables names.
  var reason: String {
    let lines = input.split(separator: "\n")
    let line =
      errors.firstMatch(of: /line:? (\d+)/).flatMap { Int($0.1) }
      .flatMap { lines.indices.contains($0 - 1) ? lines[$0 - 1] : nil } as Substring?
    let why = errors.split(separator: "\n").prefix(2).joined(separator: " ")
    // Of legacy iptables the kernel refuses a table as a whole.
    let found = line == "COMMIT" ? input[...] : line
    return "\(words.first ?? ""): \(why)" + (found.map { " [\($0)]" } ?? "")
  }
}

/// A directory for one measurement's listings, gone with the body's end.
///
/// Its name is that of every lab's things, `clbt-lab-PID-…`, which are swept when the process is gone.
func withTemporaryDirectory<Outcome: Sendable>(
  _ body: (String) async throws -> Outcome
) async throws -> Outcome {
  let path = "/tmp/clbt-lab-\(getpid())-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try await body(path)
}
