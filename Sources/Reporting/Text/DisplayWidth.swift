/// How many columns of a terminal text takes.
///
/// Counted scalar by scalar: 0 for combining marks, 2 for East Asian wide characters and emoji, else
/// 1. Terminals differ on joined emoji; there this counts too much rather than too little, so a line
/// that is said to fit does fit. The text is taken to be escaped already: see `HostText`.
enum DisplayWidth {
  static func columns(of text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
  }

  static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    if isZeroWidth(scalar) { return 0 }
    return isWide(scalar) ? 2 : 1
  }

  /// The text up to so many columns, the last of them `…` if something is cut off.
  static func cut(_ text: String, toColumns limit: Int) -> String {
    guard columns(of: text) > limit else { return text }
    var used = 1
    let kept = text.unicodeScalars.prefix { scalar in
      used += columns(of: scalar)
      return used <= limit
    }
    return String(kept) + "…"
  }

  private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
    // The vowels and finals of Hangul are drawn inside their wide first letter.
    if (0x1160...0x11FF).contains(scalar.value) { return true }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return true
    default: return false
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isEmojiPresentation || wideRanges.contains { $0.contains(scalar.value) }
  }

  /// The blocks whose characters are wide, with the few narrow ones inside them.
  ///
  /// Source: Unicode Standard Annex #11, `EastAsianWidth.txt`, classes W and F.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF,
    0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}
