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
    guard !words.isEmpty, case .response(var response, var body) = answer else { return answer }
    response.statusLine = String(
      decoding: removed(from: Array(response.statusLine.utf8)), as: UTF8.self)
    body = removed(from: body)
    return .response(response, body: body)
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
