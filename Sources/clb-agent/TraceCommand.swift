import Addressing
import ArgumentParser
import Collectors
import Glibc
import Host
import PacketFilter
import Reporting

/// `clb-agent trace`: which rule takes which sources.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract:
      "Follow packets through the packet filters, rule by rule, for a whole range of sources.",
    discussion: """
      Examples:
        clb-agent trace --from 100.64.0.0/10 --to 10.0.0.5:80/tcp
        clb-agent trace --rules DIR --from 100.64.0.0/10 --to 10.0.0.5:80/tcp --in-interface eth0
        clb-agent trace --rules DIR --questions questions.jsonl

      DIR holds listings: nft.json, iptables-legacy-save.txt, iptables-nft-save.txt,
      ip6tables-legacy-save.txt, ip6tables-nft-save.txt, ipset-save.txt, ip-addr.txt, ip-route.txt
      and ip6-route.txt; those that are not there hold nothing.

      Exit status: 0 when all is accepted or forwarded, 2 when a rule stops some, 3 when something is
      open; with --questions 0 when every line was answered.
      """)

  @Option(help: ArgumentHelp("The sources.", valueName: "prefix"))
  var from: String?

  @Option(
    help: ArgumentHelp("Where to: 10.0.0.5:80/tcp, or 10.0.0.5/icmp.", valueName: "destination"))
  var to: String?

  @Option(
    help: ArgumentHelp(
      "By which interface packets come in; default: the address's own.", valueName: "name"))
  var inInterface: String?

  @Option(
    help: ArgumentHelp(
      "Read listings from here, instead of this host's rules.", valueName: "directory"),
    completion: .directory)
  var rules: String?

  @Option(
    help: ArgumentHelp(
      "Answer one JSON question a line; - is standard input.", valueName: "file"),
    completion: .file())
  var questions: String?

  @Option(help: ArgumentHelp("text (default) or json.", valueName: "format"))
  var format: ReportFormat = .text

  func run() throws {
    if let questions {
      guard from == nil, to == nil else {
        throw RunError.usage("--questions: expected without --from and --to")
      }
      return try answer(try lines(questions))
    }
    guard let from, let to else {
      throw RunError.usage("trace: expected --from and --to, or --questions")
    }
    let question: TraceQuestion
    do throws(TraceQuestionError) {
      question = try TraceQuestion(from: from, to: to, inInterface: inInterface)
    } catch {
      throw RunError.usage("--to \(error)")
    }
    var host = try TracedHost(rules)
    let trace: FilterTrace
    do throws(TraceQuestionError) {
      trace = host.evaluator.trace(try question.question(arrival: host.arrival))
    } catch {
      throw RunError.usage("trace: \(error)")
    }
    StandardOutput.write(
      format == .json ? FilterAnswer.jsonLine(trace.answers) + "\n" : TraceText.render(trace))
    throw ExitCode(TraceCommand.status(trace.answers))
  }

  private static func status(_ answers: [FilterAnswer]) -> Int32 {
    let verdicts = Set(answers.map(\.verdict))
    if !verdicts.isDisjoint(with: [.drop, .reject]) { return 2 }
    return verdicts.isDisjoint(with: [.depends, .undecided]) ? 0 : 3
  }

  private func lines(_ file: String) throws(RunError) -> [Substring] {
    let bytes = try InputFile.read(
      file == "-" ? "/proc/self/fd/0" : file, option: "--questions", expected: "a file of questions"
    )
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
  }

  private func answer(_ lines: [Substring]) throws(RunError) {
    var host = try TracedHost(rules)
    for (number, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      do throws(TraceQuestionError) {
        let question = try TraceQuestion(parsing: String(line)).question(arrival: host.arrival)
        StandardOutput.write(FilterAnswer.jsonLine(host.evaluator.answers(to: question)) + "\n")
      } catch {
        throw .usage("--questions line \(number + 1): \(error)")
      }
    }
  }
}

/// The rules and addresses that a trace goes by: this host's, or a directory's.
private struct TracedHost {
  var evaluator: FilterEvaluator
  private let view: HostView

  init(_ directory: String?) throws(RunError) {
    guard let directory else {
      self = try TracedHost()
      return
    }
    guard access(directory, R_OK | X_OK) == 0 else {
      throw .usage(
        "--rules \"\(directory)\": \(systemErrorText(errno)); expected a directory of listings")
    }
    let listings = RulesDirectory(LiveDoor(root: directory))
    guard !listings.files.isEmpty else {
      throw .usage("--rules \"\(directory)\": expected nft.json or another of the listings in it")
    }
    view = listings.host
    evaluator = try TracedHost.evaluator(listings.listings, view)
  }

  /// This host, read by a child that keeps the privileges.
  private init() throws(RunError) {
    let door = try Collecting.run { door in _ = await FilterFacts.read(from: door) }.door
    let facts = blocking { await FilterFacts.read(from: door) }
    view = facts.hostView
    evaluator = try TracedHost.evaluator(facts.listings.forEvaluation, view)
  }

  private static func evaluator(
    _ listings: FilterListings, _ view: HostView
  ) throws(RunError) -> FilterEvaluator {
    let rules = PacketFilterRules(listings: listings)
    for failure in rules.failures {
      StandardError.write(
        "clb-agent: \(HostText.terminal("\(failure.command): \(failure.failure)"))\n")
    }
    return FilterEvaluator(rules: rules, host: view)
  }

  /// The interface that holds an address; the first that is not lo, where none does.
  func arrival(_ address: IPAddress) -> String? {
    let holder = view.interfaces.first { $0.addresses.contains(address) }
    return (holder ?? view.interfaces.first { $0.name != "lo" })?.name
  }
}
