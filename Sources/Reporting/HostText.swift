/// The one place where text from the host is made safe to show.
///
/// Process names, rule comments and HTTP headers are written by others. On a terminal they could
/// move the cursor, hide a line, retitle the window or, with bidirectional overrides, show a command
/// other than the one that is copied. So renderers pass all text through here, once, as they print.
///
/// Hostile are the Unicode categories Cc (controls: C0, DEL, C1), Cf (format: bidirectional marks,
/// overrides and isolates, zero-width characters, the byte order mark, tags), Zl and Zp (line and
/// paragraph separators). All else, wide and combining characters too, is left as it is.
package enum HostText {
  /// Whether a terminal or a reader's eye may take the scalar for something other than text.
  package static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
    // The answer for nearly all text, without a look at the tables.
    if (0x20..<0x7F).contains(scalar.value) { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }

  /// The text as one line for a terminal or a log: hostile scalars become `\t`, `\n`, `\r` or `\u{1b}`.
  ///
  /// A backslash stays as it is, since rules and patterns are full of them: the result is to be read,
  /// not to be turned back.
  package static func terminal(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHostile) else { return text }
    var safe = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t": safe += "\\t"
      case "\n": safe += "\\n"
      case "\r": safe += "\\r"
      case _ where isHostile(scalar): safe += "\\u{\(String(scalar.value, radix: 16))}"
      default: safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  /// Several lines, each made safe; line feeds alone stay.
  package static func lines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { terminal(String($0)) }.joined(separator: "\n")
  }

  /// The JSON document with every hostile scalar as `\uXXXX`, so that it is harmless on a terminal.
  ///
  /// Equal as JSON to what went in: an encoder leaves such scalars bare inside strings only, and
  /// line feeds bare between tokens only.
  package static func json(document: String) -> String {
    var safe = ""
    for scalar in document.unicodeScalars {
      if scalar != "\n", isHostile(scalar) {
        for unit in UTF16.encode(scalar) ?? .init() { safe += "\\u" + fourDigits(unit) }
      } else {
        safe.unicodeScalars.append(scalar)
      }
    }
    return safe
  }

  private static func fourDigits(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// The text up to so many Unicode scalars, with `…` in place of the rest.
  package static func cut(_ text: String, toScalars limit: Int) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end != scalars.endIndex
    else { return text }
    return String(scalars[..<end]) + "…"
  }
}
