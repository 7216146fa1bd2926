import Addressing
import FoundationEssentials
import PacketFilter
import Testing

@testable import packet_filter_corpus

/// Rulesets of public projects with a real kernel's answers, kept outside the project.
@Suite("agrees with the kernel")
struct CorpusTests {
  /// `PACKET_FILTER_CORPUS`, or `../shared/corpus` beside the checkout.
  static let directory: String? = {
    let here = #filePath.split(separator: "/").dropLast(3).dropLast().joined(separator: "/")
    let candidates = [
      ProcessInfo.processInfo.environment["PACKET_FILTER_CORPUS"], "/\(here)/shared/corpus",
    ]
    return candidates.compactMap { $0 }.first {
      FileManager.default.fileExists(atPath: $0 + "/rulesets.jsonl")
    }
  }()

  @Test(
    "on every probe of the corpus that it decides, and decides nearly all",
    .enabled(if: directory != nil, "there is no corpus beside the checkout"))
  func corpus() throws {
    let corpus = try #require(Self.directory.map(Corpus.init))
    var score = Score()
    for ruleset in corpus.rulesets {
      for loader in ruleset.loaders {
        score.add(corpus, ruleset, loader)
      }
    }
    #expect(score.wrong.isEmpty, "\(score.wrong.prefix(5))")
    #expect(score.unstableButDecided.isEmpty)
    #expect(Double(score.decided) >= 0.97 * Double(score.stable))
    #expect(score.stable > 1000)
  }
}
