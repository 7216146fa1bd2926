package import Host

/// A table of `/proc/net/stat`: counters by name, with a row for each processor.
package struct ProcessorCounters: Sendable, Hashable {
  /// The columns' names, in order.
  package let names: [String]
  /// One row for each possible processor, as many numbers as there are names.
  package let rows: [[Int]]

  package init(names: [String], rows: [[Int]]) {
    self.names = names
    self.rows = rows
  }

  /// Parses a header of names over rows of hexadecimal numbers.
  ///
  /// - Throws: line 1 when there is no header, or the first row with another count of words than
  ///   the header, or with a word that is no hexadecimal number.
  package init(parsing text: some StringProtocol) throws(ParseFailure) {
    let lines = text.kernelLines
    guard let header = lines.first?.words, !header.isEmpty else {
      throw ParseFailure(line: 1, found: "", expected: "a header of names")
    }
    names = header.map(String.init)
    var rows: [[Int]] = []
    for line in lines.dropFirst() {
      let words = line.words
      guard words.count == header.count else {
        throw line.failure(
          found: "\(words.count) numbers", expected: "\(header.count), one for each name")
      }
      rows.append(try ProcessorCounters.row(words, of: line))
    }
    self.rows = rows
  }

  private static func row(_ words: [Substring], of line: NumberedLine) throws(ParseFailure) -> [Int]
  {
    var numbers: [Int] = []
    for word in words {
      guard let number = UInt32(kernelHexadecimal: word) else {
        throw line.failure(found: word, expected: "a hexadecimal number of at most 32 bits")
      }
      numbers.append(Int(number))
    }
    return numbers
  }

  /// The sum of a column over all processors; `nil` where this kernel has no such column.
  ///
  /// Not for `entries`: every row repeats the count of the whole table there.
  package func sum(of name: String) -> Int? {
    guard let column = names.firstIndex(of: name) else { return nil }
    return rows.reduce(0) { $0 + $1[column] }
  }

  /// Entries of the table that the counters are of.
  package var entries: Int? {
    guard let column = names.firstIndex(of: "entries") else { return nil }
    return rows.first?[column]
  }
}
