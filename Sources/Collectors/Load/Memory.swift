package import Host

/// The host's memory, in bytes.
///
/// Source: `/proc/meminfo`, proc(5).
package struct Memory: Sendable, Hashable {
  package var totalBytes: Int
  /// What new processes could have without swapping; `nil` before 3.14.
  package var availableBytes: Int?
  /// 0 on a host without swap.
  package var swapTotalBytes: Int?
  package var swapFreeBytes: Int?

  package init(
    totalBytes: Int, availableBytes: Int? = nil, swapTotalBytes: Int? = nil,
    swapFreeBytes: Int? = nil
  ) {
    self.totalBytes = totalBytes
    self.availableBytes = availableBytes
    self.swapTotalBytes = swapTotalBytes
    self.swapFreeBytes = swapFreeBytes
  }

  /// Parses the whole file; lines other than the four that are wanted are not looked at.
  ///
  /// - Throws: a wanted line that is not of the form `MemTotal: 24684100 kB`, or line 1 of a text
  ///   without `MemTotal`.
  package init(parsing text: some StringProtocol) throws(ParseFailure) {
    let lines = text.kernelLines
    var bytes: [Substring: Int] = [:]
    for line in lines {
      let name = line.text.prefix { $0 != ":" }
      guard Memory.wanted.contains(name) else { continue }
      bytes[name] = try Memory.bytes(line)
    }
    guard let total = bytes["MemTotal"] else {
      throw ParseFailure(
        line: 1, found: String(lines.first?.text ?? ""), expected: "a line of MemTotal")
    }
    totalBytes = total
    availableBytes = bytes["MemAvailable"]
    swapTotalBytes = bytes["SwapTotal"]
    swapFreeBytes = bytes["SwapFree"]
  }

  private static let wanted: Set<Substring> = ["MemTotal", "MemAvailable", "SwapTotal", "SwapFree"]

  private static func bytes(_ line: NumberedLine) throws(ParseFailure) -> Int {
    let words = line.words
    guard words.count == 3, words[0].last == ":", words[2] == "kB",
      let kibibytes = Int(kernelDecimal: words[1]), (0...(Int.max >> 10)).contains(kibibytes)
    else {
      throw line.failure(found: line.text, expected: "a name, a number and kB")
    }
    return kibibytes << 10
  }

  package static func read(from door: some HostDoor) -> Reading<Memory> {
    door.readFile("/proc/meminfo", limit: .standard).parsedText(Memory.init(parsing:))
  }
}
