import Addressing
import Testing

@Suite("A comparison")
struct ComparisonTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var answer: Answer
    var outcomes: [Outcome]
    var judgement: Judgement
  }

  private static func answer(
    _ verdict: String, with: String? = nil, to: String? = nil, direction: String? = nil
  ) -> Answer {
    Answer(sources: ["0.0.0.0/0"], verdict: verdict, with: with, to: to, direction: direction)
  }

  private static let forwarded = Outcome(verdict: .forward, to: .v4(0xAC11_0002), port: 8080)

  @Test(
    "judges an answer by what the kernel did",
    arguments: [
      Row(
        testDescription: "the same verdict", answer: answer("drop"),
        outcomes: [Outcome(verdict: .drop)], judgement: .agreed),
      Row(
        testDescription: "another verdict", answer: answer("accept"),
        outcomes: [Outcome(verdict: .drop)], judgement: .disagreed(.verdict)),
      Row(
        testDescription: "another rejection", answer: answer("reject", with: "tcp-reset"),
        outcomes: [Outcome(verdict: .reject, code: "3/3")], judgement: .disagreed(.rejection)),
      Row(
        testDescription: "the same rejection in nft's words",
        answer: answer("reject", with: "icmpx admin-prohibited"),
        outcomes: [Outcome(verdict: .reject, code: "1/1")], judgement: .agreed),
      Row(
        testDescription: "a rejected answer is silence",
        answer: answer("reject", direction: "reply"),
        outcomes: [Outcome(verdict: .drop)], judgement: .agreed),
      Row(
        testDescription: "the same destination", answer: answer("forward", to: "172.17.0.2:8080"),
        outcomes: [forwarded], judgement: .agreed),
      Row(
        testDescription: "another destination", answer: answer("forward", to: "172.17.0.2:80"),
        outcomes: [forwarded], judgement: .disagreed(.destination)),
      Row(
        testDescription: "decided, where the kernel is not", answer: answer("drop"),
        outcomes: [Outcome(verdict: .drop), Outcome(verdict: .accept)],
        judgement: .disagreed(.unstable)),
      Row(
        testDescription: "open, where the kernel is too", answer: answer("depends"),
        outcomes: [Outcome(verdict: .drop), Outcome(verdict: .accept)], judgement: .depends),
      Row(
        testDescription: "a word of no contract", answer: answer("perhaps"),
        outcomes: [Outcome(verdict: .drop)], judgement: .disagreed(.contract)),
    ])
  func judges(_ row: Row) {
    #expect(Judgement([row.answer], row.outcomes) == row.judgement)
  }

  @Test("wants each source in one answer")
  func partition() {
    let answer = Self.answer("drop")
    #expect(Judgement([], [Outcome(verdict: .drop)]) == .disagreed(.partition))
    #expect(Judgement([answer, answer], [Outcome(verdict: .drop)]) == .disagreed(.partition))
  }

  @Test("finds a source among addresses, prefixes and ranges")
  func sources() throws {
    let source = try #require(IPAddress(parsing: "100.64.1.7"))
    for text in ["100.64.1.7", "100.64.0.0/10", "0.0.0.0/0", "100.64.1.0-100.64.1.7"] {
      #expect(SourceRange(parsing: text)?.contains(source) == true, "\(text)")
    }
    for text in ["100.64.1.8", "100.128.0.0/10", "::/0", "100.64.1.8-100.64.1.9"] {
      #expect(SourceRange(parsing: text)?.contains(source) == false, "\(text)")
    }
    for text in ["", "-", "100.64.1.9-100.64.1.8", "::-1.2.3.4", "1-2-3"] {
      #expect(SourceRange(parsing: text) == nil, "\(text)")
    }
  }
}
