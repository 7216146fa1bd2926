package import Host

/// The kernel's counters of one network namespace, by the names that it gives them.
///
/// Every kernel has other columns, so each is found by name. A name that this kernel does not know
/// has no value, which is not 0.
package struct ProtocolCounters: Sendable, Hashable {
  private var values: [CounterName: Int]

  package init(values: [CounterName: Int]) {
    self.values = values
  }

  /// Parses `/proc/net/netstat` or `/proc/net/snmp`: groups of two lines, names over numbers.
  ///
  /// A count above 2⁶³ is taken as negative: some gauges go below 0 and are printed unsigned.
  ///
  /// - Throws: the first line that has no group name, another one than the line above it, another
  ///   count of words than that, or a word that is no number.
  package init(parsing text: some StringProtocol) throws(ParseFailure) {
    let lines = text.kernelLines
    values = [:]
    for start in stride(from: 0, to: lines.count, by: 2) {
      guard lines.indices.contains(start + 1) else {
        throw lines[start].failure(found: lines[start].text, expected: "a line of numbers below it")
      }
      try add(names: lines[start], numbers: lines[start + 1])
    }
  }

  /// Parses `/proc/net/snmp6`: on each line a name such as `Ip6InReceives` and a number.
  ///
  /// - Throws: the first line that is not of this form.
  package init(parsingNamePerLine text: some StringProtocol) throws(ParseFailure) {
    values = [:]
    for line in text.kernelLines {
      let words = line.words
      guard words.count == 2, let number = ProtocolCounters.number(words[1]) else {
        throw line.failure(found: line.text, expected: "a name and a number")
      }
      values[CounterName(rawValue: String(words[0]))] = number
    }
  }

  private mutating func add(
    names: NumberedLine, numbers: NumberedLine
  ) throws(ParseFailure) {
    let nameWords = names.words
    let numberWords = numbers.words
    guard let group = nameWords.first, group.last == ":", group.count > 1 else {
      throw names.failure(found: names.text, expected: "a group's name and a colon")
    }
    guard numberWords.first == group else {
      throw numbers.failure(found: numberWords.first ?? "", expected: String(group))
    }
    guard nameWords.count == numberWords.count else {
      throw numbers.failure(
        found: "\(numberWords.count - 1) numbers",
        expected: "\(nameWords.count - 1), one for each name in line \(names.number)")
    }
    for (name, word) in zip(nameWords, numberWords).dropFirst() {
      guard let number = ProtocolCounters.number(word) else {
        throw numbers.failure(found: word, expected: "a number for \(name)")
      }
      values[CounterName(rawValue: "\(group.dropLast()).\(name)")] = number
    }
  }

  private static func number(_ word: Substring) -> Int? {
    Int(kernelDecimal: word) ?? UInt(kernelDecimal: word).map { Int(bitPattern: $0) }
  }

  /// The counter's value; `nil` where this kernel has no such counter.
  package subscript(name: CounterName) -> Int? { values[name] }

  /// How many counters there are.
  package var count: Int { values.count }
}
