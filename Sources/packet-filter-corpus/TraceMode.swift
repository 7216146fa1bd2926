import Addressing
import FoundationEssentials
import Glibc
import PacketFilter

/// Answers one question a line.
enum TraceMode {
  private struct Question: Decodable {
    var src: String
    var dst: String
    var proto: String
    var dport: UInt16?
    var sport: UInt16?
    var iif: String?
  }

  static func run(_ arguments: [String]) -> Int32 {
    var rules: String?
    var questions = "-"
    var index = 0
    while index + 1 < arguments.count {
      switch arguments[index] {
      case "--rules": rules = arguments[index + 1]
      case "--questions": questions = arguments[index + 1]
      default: break
      }
      index += 2
    }
    guard let rules else {
      print("usage: trace --rules DIR --questions FILE|-")
      return 64
    }
    let directory = RulesDirectory(rules)
    let parsed = PacketFilterRules(listings: directory.listings)
    for failure in parsed.failures {
      let text = "\(failure.command) \(failure.failure)\n"
      _ = Array(text.utf8).withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }
    var evaluator = FilterEvaluator(rules: parsed, host: directory.host)
    if questions != "-" {
      let file = open(questions, O_RDONLY)
      guard file >= 0, dup2(file, 0) == 0 else {
        print("cannot read \(questions)")
        return 64
      }
    }
    while let line = readLine() {
      print(answer(line, &evaluator))
      fflush(nil)
    }
    return 0
  }

  private static func answer(_ line: String, _ evaluator: inout FilterEvaluator) -> String {
    guard let question = try? JSONDecoder().decode(Question.self, from: Data(line.utf8)),
      let asked = filterQuestion(question)
    else { return "{\"error\": \"not a question\"}" }
    return FilterAnswer.jsonLine(evaluator.answers(to: asked))
  }

  private static func filterQuestion(_ question: Question) -> FilterQuestion? {
    guard let source = AddressPrefix(parsing: question.src),
      let destination = IPAddress(parsing: question.dst),
      let transport = FilterQuestion.TransportKind(rawValue: question.proto)
    else { return nil }
    return FilterQuestion(
      sources: AddressSet(source), sourcePorts: question.sport.map { PortRange($0) },
      destination: destination, transport: transport, port: question.dport,
      inInterface: question.iif ?? "eth0")
  }
}
