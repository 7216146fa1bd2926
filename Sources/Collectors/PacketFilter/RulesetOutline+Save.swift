package import Host

extension RulesetOutline {
  /// Parses what `iptables-save` and its five sisters write.
  ///
  /// Empty text is an empty ruleset. Comments are skipped, among them the warnings that the nft
  /// variant puts between its tables.
  ///
  /// - Throws: the first line that is no comment, table, chain, rule or `COMMIT`; one of these out
  ///   of its table; a rule of a chain not declared; or the last line where a table has no
  ///   `COMMIT`, for a half listing misleads.
  package init(parsingSave bytes: [UInt8]) throws(ParseFailure) {
    self.init()
    var reader = SaveReader(text: bytes)
    var table: String?
    var places: [Substring: Int] = [:]
    while let line = reader.next() {
      switch line.text.first {
      case nil, "#": continue
      case "*" where table == nil && line.text.count > 1:
        table = String(line.text.dropFirst())
        tables.append(String(line.text.dropFirst()))
        places = [:]
      case "C" where table != nil && line.text == "COMMIT": table = nil
      case ":":
        places[line.words.first?.dropFirst() ?? ""] = chains.count
        chains.append(try Chain(saved: line, table: table))
      case "-", "[":
        let rule = line.rule
        guard table != nil, let name = rule.chain, let place = places[name] else {
          throw line.failure(expected: "a rule of a chain declared in its table")
        }
        add(rule, to: place, text: line.text)
      default: throw line.failure(expected: "a table, a chain, a rule or COMMIT")
      }
    }
    guard table == nil else {
      throw ParseFailure(
        line: reader.lineNumber, found: "the end of the listing", expected: "COMMIT")
    }
  }

  private mutating func add(_ rule: SavedRule, to place: Int, text: Substring) {
    ruleCount += 1
    chains[place].ruleCount += 1
    if chains[place].firstRule == nil { chains[place].firstRule = String(text) }
    if redirection == nil, rule.redirects { redirection = String(text) }
    usesAddressSets = usesAddressSets || rule.usesAddressSets
  }
}

extension RulesetOutline.Chain {
  /// `:INPUT ACCEPT [0:0]` is a base chain, `:ts-input - [0:0]` is not.
  fileprivate init(saved line: SavedLine, table: String?) throws(ParseFailure) {
    let words = line.words
    guard let table, words.count >= 2, words[0].count > 1 else {
      throw line.failure(expected: "a chain with its policy, in a table")
    }
    self.init(
      family: "", table: table, name: String(words[0].dropFirst()), isBase: words[1] != "-",
      policy: words[1] == "-" ? nil : words[1].lowercased(), ruleCount: 0,
      evidence: String(line.text), firstRule: nil)
  }
}

/// One line of a saved ruleset; a rule whose comment holds a line feed is one line all the same.
private struct SavedLine {
  var number: Int
  var text: Substring

  var words: [Substring] { text.split(separator: " ") }

  func failure(expected: String) -> ParseFailure {
    ParseFailure(line: number, found: String(text), expected: expected)
  }

  /// The line's chain and target. With `-c` the counters stand in front: `[0:0] -A INPUT …`.
  var rule: SavedRule {
    var words = SavedRule.words(of: text)
    if words.first?.first == "[" { words.removeFirst() }
    guard words.first == "-A", words.count >= 2 else { return SavedRule() }
    var rule = SavedRule(chain: Substring(words[1]))
    for (option, argument) in zip(words.dropFirst(2), words.dropFirst(3)) {
      if option == "-j" { rule.target = argument }
      if option == "-m", argument == "set" { rule.usesAddressSets = true }
    }
    if rule.target == "SET" { rule.usesAddressSets = true }
    return rule
  }
}

/// What an outline needs of one rule.
private struct SavedRule {
  var chain: Substring?
  var target: String?
  var usesAddressSets = false

  /// Whether the target gives packets another destination.
  var redirects: Bool {
    ["DNAT", "REDIRECT", "TPROXY", "NETMAP", "DNPT"].contains(target ?? "")
  }

  /// Words between blanks; double quotes join what they enclose, a backslash takes the next as it
  /// is.
  static func words(of text: Substring) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    var isEscaped = false
    for character in text.unicodeScalars {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted.toggle()
        word = word ?? ""
      } else if character == " ", !isQuoted {
        if let ended = word { words.append(ended) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return word.map { words + [$0] } ?? words
  }
}

/// Takes a saved ruleset apart into lines.
private struct SaveReader {
  private let text: [UInt8]
  private var position = 0
  /// The line that was taken last, from 1.
  private(set) var lineNumber = 0

  init(text: [UInt8]) { self.text = text }

  /// The next line, without its end. In a rule, a line feed inside double quotes does not end it.
  mutating func next() -> SavedLine? {
    guard position < text.count else { return nil }
    let isRule = text[position] == UInt8(ascii: "-") || text[position] == UInt8(ascii: "[")
    lineNumber += 1
    let number = lineNumber
    var end = position
    var isQuoted = false
    while end < text.count {
      let byte = text[end]
      if byte == UInt8(ascii: "\n") {
        guard isRule, isQuoted else { break }
        lineNumber += 1
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == UInt8(ascii: "\\"), isRule, end + 1 < text.count {
        end += 1
      }
      end += 1
    }
    let line = String(decoding: text[position..<end], as: UTF8.self)
    position = end + 1
    return SavedLine(number: number, text: Substring(line))
  }
}
