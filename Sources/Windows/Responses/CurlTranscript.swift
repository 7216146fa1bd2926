package import Host

/// What several runs of curl printed, each behind a line with its command.
///
/// The command may have a prompt before it, as a copied console has, or a `#`.
package struct CurlTranscript: Sendable, Hashable {
  package var exchanges: [CurlExchange]

  /// Parses the whole file. Bodies and curl's progress are passed over.
  ///
  /// A last line without its end is left out.
  ///
  /// - Throws: when there is a response and no command before it, or nothing at all.
  package init(parsing text: ConsoleText) throws(ParseFailure) {
    exchanges = []
    var isHead = false
    for line in text.isWhole ? text.lines[...] : text.lines.dropLast() {
      if let command = CurlCommand(parsing: line.text) {
        exchanges.append(command.exchange)
        isHead = false
      } else if let (statusLine, status) = Self.statusLine(line) {
        guard !exchanges.isEmpty else {
          throw ParseFailure(
            line: line.number, found: line.text,
            expected: "a line with the curl command and its URL before its response")
        }
        exchanges[exchanges.count - 1].outcome = .response(
          CurlExchange.Response(statusLine: statusLine, status: status, fields: []))
        isHead = true
      } else if isHead, line.isBlank {
        isHead = false
      } else if isHead {
        addField(line)
      } else if let (code, words) = Self.error(line), !exchanges.isEmpty {
        if exchanges[exchanges.count - 1].outcome == .nothing {
          exchanges[exchanges.count - 1].outcome = .failure(code: code, text: words)
        }
      }
    }
    guard !exchanges.isEmpty else {
      throw .cut(text, expected: "a line with a curl command and its URL")
    }
  }

  private mutating func addField(_ line: ConsoleText.Line) {
    guard let colon = line.text.firstIndex(of: ":"),
      case .response(var response) = exchanges[exchanges.count - 1].outcome
    else { return }
    response.fields.append(
      CurlExchange.Field(
        name: String(line.text[..<colon]),
        value: String(trimmedBlanks(line.text[line.text.index(after: colon)...]))))
    exchanges[exchanges.count - 1].outcome = .response(response)
  }

  private static func statusLine(_ line: ConsoleText.Line) -> (String, Int)? {
    guard line.text.hasPrefix("HTTP/"), line.words.count >= 2, line.words[1].utf8.count == 3,
      let status = Int(line.words[1]), (100...599).contains(status)
    else { return nil }
    return (String(line.trimmed), status)
  }

  /// `curl: (7) Failed to connect …`, which PowerShell may put its own words before.
  private static func error(_ line: ConsoleText.Line) -> (Int, String)? {
    guard let start = line.text.firstRange(of: "curl: ("),
      let end = line.text[start.upperBound...].firstIndex(of: ")"),
      let code = Int(line.text[start.upperBound..<end])
    else { return nil }
    return (code, String(line.text[start.lowerBound...]))
  }
}

/// A command line of curl, as far as it tells what was asked.
private struct CurlCommand {
  let exchange: CurlExchange

  init?(parsing line: String) {
    let words = CurlCommand.words(line)
    guard
      let start = words.firstIndex(where: { word in
        let name = word.lowercased()
        return ["curl", "curl.exe"].contains { name == $0 || name.hasSuffix(">\($0)") }
      }),
      let url = words[start...].first(where: {
        $0.lowercased().hasPrefix("http://") || $0.lowercased().hasPrefix("https://")
      })
    else { return nil }
    let options = words[start...].dropFirst()
    let letters = options.filter { $0.hasPrefix("-") && !$0.hasPrefix("--") }
    let isHead = options.contains("--head") || letters.contains { $0.contains("I") }
    let named = CurlCommand.value(of: ["-X", "--request"], options)
    let host = CurlCommand.values(of: ["-H", "--header"], options).lazy.compactMap { header in
      header.lowercased().hasPrefix("host:")
        ? String(trimmedBlanks(header.dropFirst("host:".count))) : nil
    }.first
    exchange = CurlExchange(
      url: url, method: named ?? (isHead ? "HEAD" : "GET"), host: host,
      isHTTP10: options.contains("--http1.0") || options.contains("-0"), outcome: .nothing,
      command: String(trimmedBlanks(line)))
  }

  private static func values(of names: [String], _ words: ArraySlice<String>) -> [String] {
    zip(words, words.dropFirst()).filter { names.contains($0.0) }.map(\.1)
  }

  private static func value(of names: [String], _ words: ArraySlice<String>) -> String? {
    values(of: names, words).first
  }

  /// The words, with quotes of either kind holding one together.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    for character in line {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
      } else if quote == nil, character == " " || character == "\t" {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }
}
