/// `LogRecord`: one event.
struct LogRecord: OTLPMessage, Hashable {
  /// When it happened; nanoseconds since 1970.
  var timeUnixNano: UInt64
  /// When it was handed over.
  var observedTimeUnixNano: UInt64
  var severity: Severity
  /// One sentence for people.
  var body: String
  var attributes: [OTLPAttribute]
  var eventName: EventName

  func encode(to fields: inout some OTLPFieldWriter) {
    fields.fixed64(1, "timeUnixNano", timeUnixNano)
    fields.number(2, "severityNumber", severity.rawValue)
    fields.string(3, "severityText", severity.text)
    fields.message(5, "body", OTLPValue.string(body))
    fields.messages(6, "attributes", attributes)
    fields.fixed64(11, "observedTimeUnixNano", observedTimeUnixNano)
    fields.string(12, "eventName", eventName.rawValue)
  }

  /// `SeverityNumber`, the first of each range: log data model, "severity fields".
  enum Severity: UInt32, Sendable, Hashable {
    case info = 9
    case warn = 13
    case error = 17

    var text: String {
      switch self {
      case .info: "INFO"
      case .warn: "WARN"
      case .error: "ERROR"
      }
    }

    /// Of a verdict, or of a finding's severity: what was not checked is no good news.
    init(verdict: String) {
      switch verdict {
      case "fail": self = .error
      case "warn", "unknown": self = .warn
      default: self = .info
      }
    }
  }

  /// The kinds of records, by their names on the wire; never renamed.
  enum EventName: String, Sendable, Hashable, CaseIterable {
    case report = "clb.inspect.report"
    case target = "clb.inspect.target"
    case hop = "clb.inspect.hop"
    case finding = "clb.inspect.finding"
    case resolved = "clb.inspect.resolved"

    /// The last word, as the attribute `clb.record` repeats it: some receivers drop `eventName`.
    var record: String { rawValue.split(separator: ".").last.map { String($0) } ?? rawValue }
  }
}
