/// The bit mask `HttpCode`: which classes of status mean "healthy".
package struct HTTPCode: OptionSet, Sendable, Hashable, Codable {
  /// 1–31: the sum of 1 for 1xx, 2 for 2xx, 4 for 3xx, 8 for 4xx, 16 for 5xx.
  package let rawValue: Int

  package init(rawValue: Int) { self.rawValue = rawValue }

  package static let informational = HTTPCode(rawValue: 1)
  package static let successful = HTTPCode(rawValue: 2)
  package static let redirection = HTTPCode(rawValue: 4)
  package static let clientError = HTTPCode(rawValue: 8)
  package static let serverError = HTTPCode(rawValue: 16)

  /// 1xx to 4xx, what the console ticks for a new rule.
  ///
  /// The API's own default is 31, every class; under it no status is ever unhealthy, so assuming it
  /// would hide a server that answers 503.
  package static let consoleDefault: HTTPCode = [
    .informational, .successful, .redirection, .clientError,
  ]

  /// Parses a number from 1 to 31, or classes separated by commas: `2xx,3xx`.
  package init?(parsing text: some StringProtocol) {
    if let number = Int(text) {
      guard (1...31).contains(number) else { return nil }
      self.init(rawValue: number)
      return
    }
    var mask: HTTPCode = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      let lowercased = word.lowercased()
      guard lowercased.utf8.count == 3, lowercased.hasSuffix("xx"), let digit = lowercased.first,
        let statusClass = digit.wholeNumberValue, (1...5).contains(statusClass)
      else { return nil }
      mask.insert(HTTPCode(rawValue: 1 << (statusClass - 1)))
    }
    self = mask
  }

  /// Whether the class of this status, 100–599, is in the mask.
  package func accepts(status: Int) -> Bool {
    guard (100...599).contains(status) else { return false }
    return contains(HTTPCode(rawValue: 1 << (status / 100 - 1)))
  }
}

extension HTTPCode: CustomStringConvertible {
  /// The classes in the mask: `1xx-4xx`, or `2xx,5xx`.
  package var description: String {
    let classes = (1...5).filter { contains(HTTPCode(rawValue: 1 << ($0 - 1))) }
    guard let first = classes.first, let last = classes.last else { return "none" }
    if classes.count > 1, classes.count == last - first + 1 { return "\(first)xx-\(last)xx" }
    return classes.map { "\($0)xx" }.joined(separator: ",")
  }
}
