import Reporting

/// `Retry-After`: seconds, or an HTTP date; RFC 9110, section 10.2.3.
enum RetryAfter {
  /// No receiver is waited for longer than this at its word: a day.
  static let limit = 86_400

  /// Seconds from now; `nil` for anything malformed, as if the field were absent.
  static func seconds(_ text: String, now: Timestamp) -> Int? {
    if !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      return min(Int(text) ?? limit, limit)
    }
    guard let date = HTTPDate.parse(text) else { return nil }
    return min(max(0, Int(date.secondsSinceEpoch - now.secondsSinceEpoch)), limit)
  }
}

/// The preferred form of an HTTP date: `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// The two obsolete forms of RFC 9110, section 5.6.7, are taken for malformed: a receiver that asks for
/// patience in one of them gets the agent's own backoff.
enum HTTPDate {
  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func parse(_ text: String) -> Timestamp? {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 6, words[0].hasSuffix(","), days.contains(String(words[0].dropLast())),
      words[1].utf8.count == 2, let month = months.firstIndex(of: String(words[2])),
      words[3].utf8.count == 4, words[5] == "GMT"
    else { return nil }
    let monthText = month < 9 ? "0\(month + 1)" : "\(month + 1)"
    return Timestamp(rfc3339: "\(words[3])-\(monthText)-\(words[1])T\(words[4]).000Z")
  }
}
