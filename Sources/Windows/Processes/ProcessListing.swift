package import Host

/// The processes of a Windows host.
package struct ProcessListing: Sendable, Hashable {
  package var processes: [UInt32: WindowsProcess]

  package init(processes: [UInt32: WindowsProcess]) { self.processes = processes }

  /// Parses `tasklist /svc /fo csv /nh`, or `tasklist /fo csv`; neither has labels that matter.
  ///
  /// - Throws: the first line that is not of quoted columns with a number as the second, or the last of
  ///   a cut file. A first line without a number is a heading.
  package init(parsing text: ConsoleText) throws(ParseFailure) {
    processes = [:]
    for line in text.filled {
      let columns = try CSVLine(parsing: line).columns
      guard columns.count >= 3, let id = UInt32(columns[1]) else {
        if processes.isEmpty { continue }
        throw ParseFailure(
          line: line.number, found: line.text, expected: "\"NAME\",\"PID\",… of tasklist")
      }
      // Three columns are those of /svc. What stands for "none" there is of the host's language.
      let services = columns.count == 3 ? columns[2].split(separator: ",").map(String.init) : nil
      processes[id] = WindowsProcess(id: id, name: columns[0], services: services)
    }
    guard text.isWhole, !processes.isEmpty else {
      throw .cut(text, expected: "lines of \"tasklist /svc /fo csv /nh\"")
    }
  }

  /// Adds paths from `ProcessId,ExecutablePath` as ConvertTo-Csv writes them.
  ///
  /// - Throws: the first line that is not of two quoted columns, or the last of a cut file.
  package mutating func addPaths(parsing text: ConsoleText) throws(ParseFailure) {
    for line in text.filled where !line.text.hasPrefix("#") {
      let columns = try CSVLine(parsing: line).columns
      guard columns.count == 2 else {
        throw ParseFailure(
          line: line.number, found: line.text, expected: "\"PID\",\"PATH\"")
      }
      guard let id = UInt32(columns[0]), !columns[1].isEmpty else { continue }
      let name = columns[1].split(separator: "\\").last.map(String.init) ?? columns[1]
      processes[id, default: WindowsProcess(id: id, name: name)].path = columns[1]
    }
    guard text.isWhole else { throw .cut(text, expected: "a line end") }
  }
}

/// One line of comma-separated columns, each in double quotes.
struct CSVLine {
  let columns: [String]

  init(parsing line: ConsoleText.Line) throws(ParseFailure) {
    var columns: [String] = []
    var rest = line.trimmed
    while true {
      // ConvertTo-Csv leaves a column without a value bare.
      let isBare = rest.isEmpty || rest.first == ","
      guard let (column, behind) = isBare ? ("", rest) : CSVLine.quoted(rest) else { break }
      columns.append(column)
      if behind.isEmpty {
        self.columns = columns
        return
      }
      guard behind.first == "," else { break }
      rest = behind.dropFirst()
    }
    throw ParseFailure(
      line: line.number, found: line.text, expected: "columns in double quotes with commas between")
  }

  /// The text between quotes, and what is behind; two quotes stand for one.
  private static func quoted(_ text: Substring) -> (String, Substring)? {
    guard text.first == "\"" else { return nil }
    var column = ""
    var rest = text.dropFirst()
    while let quote = rest.firstIndex(of: "\"") {
      column += rest[..<quote]
      rest = rest[rest.index(after: quote)...]
      guard rest.first == "\"" else { return (column, rest) }
      column += "\""
      rest = rest.dropFirst()
    }
    return nil
  }
}
