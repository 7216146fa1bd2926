import Addressing
import Checker
import LoadBalancer

extension TextReport {
  /// Lines that a healthy target's path may take before each hop is cut to one line.
  ///
  /// With it a healthy host's report fits a terminal of 25 lines; JSON has the whole sentences.
  private static let healthyPathLines = 15
  /// Columns beyond which a hop's name no longer widens the column of names.
  private static let widestHop = 20

  mutating func write(_ diagnosis: TargetDiagnosis) {
    writer.blank()
    writer.title(
      diagnosis.target.name, tone: .strong,
      ending: Span(diagnosis.verdict.word, diagnosis.verdict.tone))
    writer.paragraph(diagnosis.target.parameters, indent: 2, label: [Span("check: ")])
    let whole = writing(diagnosis.path, .wrap)
    let isLong = whole.lineCount - writer.lineCount > Self.healthyPathLines
    writer = diagnosis.verdict == .pass && isLong ? writing(diagnosis.path, .cut) : whole
  }

  /// The text so far with the hops behind it, verdicts and names in columns.
  private func writing(_ path: [HopDiagnosis], _ overflow: LineWriter.Overflow) -> LineWriter {
    let verdictColumns = path.map(\.word.count).max() ?? 0
    let hopColumns = path.map { min(DisplayWidth.columns(of: $0.hop), Self.widestHop) }.max() ?? 0
    var writer = writer
    for hop in path {
      let word = hop.word
      let name = Self.padded(hop.hop, to: hopColumns)
      let reason = hop.skip.map { "skipped by \($0)" } ?? hop.cause.map { "a consequence of \($0)" }
      writer.paragraph(
        hop.summary + (reason.map { " (\($0))" } ?? ""), indent: 2,
        label: [
          Span(word, hop.tone), Span(Self.padded("", to: verdictColumns - word.count)),
          Span(name),
        ], overflow: overflow)
    }
    return writer
  }

  /// The text with two spaces behind it, and more up to so many columns before those.
  private static func padded(_ text: String, to columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - DisplayWidth.columns(of: text)) + 2)
  }
}

extension HopDiagnosis {
  /// The verdict as people see it; what was left out has none.
  fileprivate var word: String { skip == nil ? verdict.word : "SKIPPED" }

  fileprivate var tone: Tone { skip == nil ? verdict.tone : .plain }
}

extension Target {
  /// What the load balancer asks, and how soon it wants an answer; guesses are marked.
  fileprivate var parameters: String {
    let timeOut = "within \(healthCheck.timeOut) s" + mark(.timeOut)
    let rhythm =
      "every \(healthCheck.intervalTime) s, unhealthy after \(healthCheck.unHealthNum) failures"
    let origin = "from " + sources.map(\.description).joined(separator: ", ")
    return ([request] + answer + [timeOut, rhythm, origin]).joined(separator: ", ")
  }

  private var request: String {
    switch transport {
    case .tcp: return "TCP connection"
    case .udp: return "UDP datagram and ping"
    case .grpc, .grpcs: return "gRPC call"
    case .http, .https:
      let method = healthCheck.httpCheckMethod.rawValue + mark(.httpCheckMethod)
      let domain = healthCheck.httpCheckDomain ?? "the address"
      return "\(method) \(healthCheck.httpCheckPath) \(healthCheck.httpVersion.rawValue)"
        + mark(.httpVersion) + ", Host: \(domain)" + mark(.httpCheckDomain)
    }
  }

  private var answer: [String] {
    transport.isHTTP ? ["healthy on \(healthCheck.httpCode)" + mark(.httpCode)] : []
  }

  private func mark(_ parameter: HealthCheck.Parameter) -> String {
    healthCheck.assumed.contains(parameter) ? " (assumed)" : ""
  }
}
