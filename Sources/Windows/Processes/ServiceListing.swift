package import Host

/// The services of a Windows host, by short name, as `sc query state= all` lists them.
package struct ServiceListing: Sendable, Hashable {
  /// Short name → state, one of `SERVICE_STOPPED` (1) to `SERVICE_PAUSED` (7) of winsvc.h.
  package var states: [String: Int]

  /// Parses the whole output. `SERVICE_NAME` is the same in all languages, and of the state only the
  /// number counts: it is the second number of a block, behind that of the type.
  ///
  /// - Throws: where a service has no state, as the last of a cut file.
  package init(parsing text: ConsoleText) throws(ParseFailure) {
    states = [:]
    var name: String?
    var numbers: [Int] = []
    for line in text.filled {
      if line.text.hasPrefix("SERVICE_NAME:") {
        try end(name, numbers, line)
        name = String(trimmedBlanks(line.text.dropFirst("SERVICE_NAME:".count)))
        numbers = []
      } else if line.text.first == " " || line.text.first == "\t",
        let colon = line.text.firstIndex(of: ":"),
        let number = Int(
          trimmedBlanks(line.text[line.text.index(after: colon)...]).prefix { $0.isNumber })
      {
        numbers.append(number)
      }
    }
    guard let last = text.filled.last, name != nil, text.isWhole else {
      throw .cut(text, expected: "services of \"sc query state= all\"")
    }
    try end(name, numbers, last)
  }

  private mutating func end(
    _ name: String?, _ numbers: [Int], _ line: ConsoleText.Line
  ) throws(ParseFailure) {
    guard let name else { return }
    guard numbers.count >= 2, (1...7).contains(numbers[1]) else {
      throw ParseFailure(
        line: line.number, found: String(line.trimmed),
        expected: "type and state of the service \(name) before")
    }
    states[name] = numbers[1]
  }

  package func isRunning(_ name: String) -> Bool? {
    states.first { $0.key.lowercased() == name.lowercased() }.map { $0.value == 4 }
  }
}
