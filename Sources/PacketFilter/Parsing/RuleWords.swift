/// Looks for words in the text of rules without parsing them: most rules hold none of those asked for.
struct RuleWords {
  /// The byte in front of each word.
  private let mark: UInt8
  private let words: [[UInt8]]
  private let starts: Set<UInt8>

  /// Words of nft's JSON, each with what stands behind it; a quote stands in front.
  static func ofJSON(_ words: [String]) -> RuleWords {
    RuleWords(mark: UInt8(ascii: "\""), words)
  }

  /// Words of lines that iptables-save writes; a blank stands in front.
  static func ofSave(_ words: [String]) -> RuleWords { RuleWords(mark: 32, words) }

  private init(mark: UInt8, _ words: [String]) {
    self.mark = mark
    self.words = words.map { Array($0.utf8) }
    starts = Set(self.words.compactMap(\.first))
  }

  /// Whether one of the words stands anywhere in those bytes, also inside of other text.
  func occur(in bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var range = range
    while let start = ByteText.firstIndex(of: mark, in: bytes, range) {
      range = start + 1..<range.upperBound
      guard let first = range.first, starts.contains(bytes[first]) else { continue }
      if words.contains(where: { bytes[range].starts(with: $0) }) { return true }
    }
    return false
  }
}
