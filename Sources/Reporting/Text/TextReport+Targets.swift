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
    if let standing = report.changes?.targets[diagnosis.target.name] {
      writer.paragraph(standing.words, indent: 2, label: [Span("history: ")])
    }
    if let listener = diagnosis.target.listener {
      let state = diagnosis.target.reportedState.map { ", which CLB calls \($0.rawValue)" } ?? ""
      writer.paragraph("\(listener)\(state)", indent: 2, label: [Span("listener: ")])
    }
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
      + (isRhythmAssumed ? " (assumed)" : "")
    let ranges = sources.map(\.description).joined(separator: ", ")
    let origin =
      ranges.isEmpty ? "from nobody knows where" : "from \(ranges)" + mark(.sourceIPType)
    let type = listener == nil ? [] : ["CheckType \(checkType.rawValue)" + mark(.checkType)]
    let stopped = healthCheck.isEnabled ? [] : ["switched off"]
    return (stopped + type + [request] + answer + [timeOut, rhythm, origin])
      .joined(separator: ", ")
  }

  private var isRhythmAssumed: Bool {
    !healthCheck.assumed.isDisjoint(with: [.intervalTime, .unHealthNum])
  }

  private var request: String {
    switch checkType {
    case .tcp: return "TCP connection"
    case .ping: return "ping"
    case .custom: return custom
    case .grpc:
      let tls = transport == .grpcs ? " by TLS" : ""
      return "gRPC call of \(healthCheck.httpCheckPath)\(tls) (assumed: no document names CLB's)"
    case .http, .https:
      let method = healthCheck.httpCheckMethod.rawValue + mark(.httpCheckMethod)
      let domain = healthCheck.httpCheckDomain ?? "the address"
      return "\(method) \(healthCheck.httpCheckPath) \(healthCheck.httpVersion.rawValue)"
        + mark(.httpVersion) + ", Host: \(domain)" + mark(.httpCheckDomain)
    }
  }

  private var custom: String {
    let what = transport == .udp ? "UDP datagram" : "TCP connection"
    guard let custom = healthCheck.custom, custom != .portOnly else { return what }
    return "\(what) with \(custom.words(custom.send))"
  }

  private var answer: [String] {
    switch checkType {
    case .tcp: return []
    case .ping: return ["healthy on an echo reply"]
    case .http, .https: return ["healthy on \(healthCheck.httpCode)" + mark(.httpCode)]
    case .grpc: return ["healthy on status \(healthCheck.extendedCode)"]
    case .custom:
      guard let custom = healthCheck.custom, !custom.receive.isEmpty else {
        return [transport == .udp ? "healthy unless port-unreachable" : "healthy on any answer"]
      }
      return ["healthy on \(custom.words(custom.receive))"]
    }
  }

  private func mark(_ parameter: HealthCheck.Parameter) -> String {
    healthCheck.assumed.contains(parameter) ? " (assumed)" : ""
  }
}

extension CustomCheck {
  /// The bytes as the check writes them, the first 32.
  fileprivate func words(_ bytes: [UInt8]) -> String {
    let more = bytes.count > 32 ? "…" : ""
    guard contextType == .hexadecimal else {
      return "\"\(String(decoding: bytes.prefix(32), as: UTF8.self))\(more)\""
    }
    let digits = bytes.prefix(32).map {
      ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true)
    }
    return digits.joined() + more
  }
}
