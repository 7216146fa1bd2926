import Probes

/// What must not be shown of a request, though a receiver may send it back in its answer.
struct Secrets {
  private let words: [[UInt8]]

  /// Shorter words (`Bearer`) tell nothing, and would be found in innocent text.
  private static let shortest = 8

  init(_ fields: [HTTPPost.Field]) {
    words = fields.filter(\.isSecret)
      .flatMap { $0.value.split(whereSeparator: { " \t,;".contains($0) }) }
      .filter { $0.utf8.count >= Self.shortest }.map { Array($0.utf8) }
  }

  /// The answer with `***` wherever it repeats a secret.
  func removed(from answer: HTTPAnswer) -> HTTPAnswer {
    guard !words.isEmpty else { return answer }
    switch answer {
    case .response(var response, let body):
      response.statusLine = removed(from: response.statusLine)
      return .response(response, body: removed(from: body))
    // Reasons quote what came in the place of an answer.
    case .none(let reason): return .none(reason: removed(from: reason))
    case .misconfigured(let key, let reason):
      return .misconfigured(key, reason: removed(from: reason))
    }
  }

  private func removed(from text: String) -> String {
    String(decoding: removed(from: Array(text.utf8)), as: UTF8.self)
  }

  private func removed(from bytes: [UInt8]) -> [UInt8] {
    words.reduce(bytes) { bytes, word in
      var result: [UInt8] = []
      var rest = bytes[...]
      while let first = rest.first {
        if rest.starts(with: word) {
          result += Array("***".utf8)
          rest = rest.dropFirst(word.count)
        } else {
          result.append(first)
          rest = rest.dropFirst()
        }
      }
      return result
    }
  }
}
