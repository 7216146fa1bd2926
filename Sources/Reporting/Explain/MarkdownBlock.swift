/// A block of the little Markdown that checks explain themselves in.
enum MarkdownBlock: Hashable {
  /// Running text, its lines joined.
  case paragraph(String)
  /// One item of a list with its mark: `-` or `1.`.
  case item(mark: String, String)
  /// One line of a fenced block, as it is.
  case code(String)
  /// An empty line between blocks.
  case gap

  /// The blocks of the text, in order, without gaps at either end.
  ///
  /// Known are paragraphs, flat lists and fences; any other markup is running text.
  static func blocks(of markdown: String) -> [MarkdownBlock] {
    var blocks: [MarkdownBlock] = []
    var isFenced = false
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.drop { $0 == " " }
      if words.hasPrefix("```") {
        isFenced.toggle()
      } else if isFenced {
        blocks.append(.code(String(line)))
      } else if words.isEmpty {
        if let last = blocks.last, last != .gap { blocks.append(.gap) }
      } else {
        append(words, to: &blocks)
      }
    }
    if blocks.last == .gap { blocks.removeLast() }
    return blocks
  }

  private static func append(_ words: Substring, to blocks: inout [MarkdownBlock]) {
    if let mark = listMark(of: words) {
      let rest = words.dropFirst(mark.count).drop { $0 == " " }
      blocks.append(.item(mark: String(mark), String(rest)))
      return
    }
    switch blocks.last {
    case .paragraph(let text):
      blocks[blocks.count - 1] = .paragraph("\(text) \(words)")
    case .item(let mark, let text):
      blocks[blocks.count - 1] = .item(mark: mark, "\(text) \(words)")
    case .code, .gap, nil:
      blocks.append(.paragraph(String(words)))
    }
  }

  private static func listMark(of words: Substring) -> Substring? {
    if words.hasPrefix("- ") || words.hasPrefix("* ") { return words.prefix(1) }
    let number = words.prefix { $0.isASCII && $0.isNumber }
    guard (1...3).contains(number.count), words.dropFirst(number.count).hasPrefix(". ") else {
      return nil
    }
    return words.prefix(number.count + 1)
  }
}
