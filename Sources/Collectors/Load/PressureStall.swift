package import Host

/// How much time tasks lost waiting for one resource.
///
/// Source: `/proc/pressure/cpu`, `memory` and `io`, psi.rst of the kernel's documentation; since
/// 4.20.
package struct PressureStall: Sendable, Hashable {
  /// Time in which at least one task waited; `nil` where the file has no such line.
  package var some: Share?
  /// Time in which all tasks that are not idle waited; for `cpu` only since 5.13.
  package var full: Share?

  package init(some: Share? = nil, full: Share? = nil) {
    self.some = some
    self.full = full
  }

  /// The lost time as averages and since boot.
  package struct Share: Sendable, Hashable {
    /// Percent of the last 10 seconds.
    package var average10: Double
    /// Percent of the last 60 seconds.
    package var average60: Double
    /// Percent of the last 300 seconds.
    package var average300: Double
    package var totalMicroseconds: UInt64

    package init(
      average10: Double, average60: Double, average300: Double, totalMicroseconds: UInt64
    ) {
      self.average10 = average10
      self.average60 = average60
      self.average300 = average300
      self.totalMicroseconds = totalMicroseconds
    }
  }

  /// Parses the whole of one pressure file.
  ///
  /// Lines whose first word is neither `some` nor `full` are skipped: the kernel may add kinds.
  ///
  /// - Throws: the first line that is not the form `some avg10=0.00 … total=0`, or line 1 of a file
  ///   with neither kind.
  package init(parsing text: some StringProtocol) throws(ParseFailure) {
    let lines = text.kernelLines
    for line in lines {
      switch line.words.first {
      case "some": some = try Share(parsing: line)
      case "full": full = try Share(parsing: line)
      default: continue
      }
    }
    guard some != nil || full != nil else {
      throw ParseFailure(
        line: 1, found: String(lines.first?.text ?? ""), expected: "a line of some or full")
    }
  }
}

extension PressureStall.Share {
  /// Words behind the four known ones are skipped: the kernel may add averages.
  fileprivate init(parsing line: NumberedLine) throws(ParseFailure) {
    let words = line.words
    average10 = try Self.fraction("avg10", words.dropFirst().first, of: line)
    average60 = try Self.fraction("avg60", words.dropFirst(2).first, of: line)
    average300 = try Self.fraction("avg300", words.dropFirst(3).first, of: line)
    let total = words.dropFirst(4).first
    guard let total, let value = Self.value(of: "total", in: total),
      let microseconds = UInt64(kernelDecimal: value)
    else {
      throw line.failure(found: total ?? line.text, expected: "total=UInt64")
    }
    totalMicroseconds = microseconds
  }

  private static func fraction(
    _ name: String, _ word: Substring?, of line: NumberedLine
  ) throws(ParseFailure) -> Double {
    guard let word, let value = value(of: name, in: word),
      let fraction = Double(kernelFraction: value)
    else {
      throw line.failure(found: word ?? line.text, expected: "\(name)=0.00")
    }
    return fraction
  }

  private static func value(of name: String, in word: Substring) -> Substring? {
    word.hasPrefix(name + "=") ? word.dropFirst(name.utf8.count + 1) : nil
  }
}
