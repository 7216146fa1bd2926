import JSONText

/// How the body of an answer with status 200 is read.
enum AnswerReading: Sendable, Hashable {
  /// As an `Export…ServiceResponse` of that signal, in the encoding of the request if the answer names none.
  case otlp(QueueName.Signal, OTLPReceiver.Encoding)
  /// Not at all: a webhook answers what it likes.
  case ignored

  /// `ExportLogsPartialSuccess` or `ExportMetricsPartialSuccess`; without one, nothing is rejected.
  struct PartialSuccess: Hashable {
    var rejected = 0
    var message = ""
  }

  /// More records than any request has: what a receiver claims beyond that is not counted, for sums of such
  /// claims would overflow.
  private static let rejectedLimit = 1 << 20

  /// What the receiver says; `nil` for a body that is no such message.
  func answer(_ body: [UInt8], type: String?) -> PartialSuccess? {
    guard case .otlp(let signal, let encoding) = self, !body.isEmpty else {
      return PartialSuccess()
    }
    var answer: PartialSuccess?
    switch OTLPReceiver.Encoding(contentType: type ?? encoding.contentType) {
    case .protobuf: answer = Self.protobuf(body)
    case .json: answer = Self.json(body, signal)
    case nil: answer = nil
    }
    answer?.rejected.clamp(to: 0...Self.rejectedLimit)
    return answer
  }

  private static func protobuf(_ body: [UInt8]) -> PartialSuccess? {
    var answer = PartialSuccess()
    var outer = ProtobufReader(body)
    do {
      while let field = try outer.next() {
        guard field.number == 1, case .bytes(let content) = field.value else { continue }
        var inner = ProtobufReader(content)
        while let field = try inner.next() {
          switch (field.number, field.value) {
          case (1, .number(let count)):
            answer.rejected = Int(clamping: Int64(bitPattern: count))
          case (2, .bytes(let text)): answer.message = String(decoding: text, as: UTF8.self)
          default: break
          }
        }
      }
      return answer
    } catch {
      return nil
    }
  }

  private static func json(_ body: [UInt8], _ signal: QueueName.Signal) -> PartialSuccess? {
    var reader = JSONReader(body, 0..<body.count)
    guard let value = try? reader.value(), reader.isAtEnd(), case .object = value else {
      return nil
    }
    var answer = PartialSuccess()
    guard let partial = value["partialSuccess"] else { return answer }
    switch partial["\(signal == .logs ? "rejectedLogRecords" : "rejectedDataPoints")"] {
    case .integer(let count)?: answer.rejected = Int(clamping: count)
    case .string(let digits)?: answer.rejected = Int(digits) ?? 0
    default: break
    }
    answer.message = partial["errorMessage"]?.string ?? ""
    return answer
  }
}

extension Int {
  fileprivate mutating func clamp(to range: ClosedRange<Int>) {
    self = Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}

extension OTLPReceiver.Encoding {
  var contentType: String {
    switch self {
    case .protobuf: "application/x-protobuf"
    case .json: "application/json"
    }
  }

  /// The encoding that a `Content-Type` names; `nil` for another type.
  init?(contentType: String) {
    let type = contentType.prefix { $0 != ";" }.lowercased()
    switch String(type.filter { $0 != " " }) {
    case "application/x-protobuf", "application/protobuf": self = .protobuf
    case "application/json": self = .json
    default: return nil
    }
  }
}

/// What an answer says in its body of why it is no 200.
enum StatusMessage {
  /// The message of a `google.rpc.Status`, which OTLP receivers send; else the body's first line. One line.
  static func text(of body: [UInt8], type: String?) -> String {
    switch type.flatMap(OTLPReceiver.Encoding.init(contentType:)) {
    case .protobuf: (protobuf(body) ?? "").utf8.shown
    case .json: (json(body).map { Array($0.utf8) } ?? body).shown
    case nil: body.shown
    }
  }

  private static func protobuf(_ body: [UInt8]) -> String? {
    var reader = ProtobufReader(body)
    while let field = try? reader.next() {
      if field.number == 2, case .bytes(let text) = field.value {
        return String(decoding: text, as: UTF8.self)
      }
    }
    return nil
  }

  private static func json(_ body: [UInt8]) -> String? {
    var reader = JSONReader(body, 0..<body.count)
    return (try? reader.value())?["message"]?.string
  }
}
