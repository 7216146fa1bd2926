package import Host

/// How near a process is to the end of its file descriptors.
package struct DescriptorUse: Sendable, Hashable {
  /// The most it may have open; `nil` where there is no limit.
  package var softLimit: Int?
  package var open: OpenDescriptors

  package init(softLimit: Int? = nil, open: OpenDescriptors) {
    self.softLimit = softLimit
    self.open = open
  }

  /// How many descriptors a process has open, as far as it was counted.
  package enum OpenDescriptors: Sendable, Hashable {
    /// No more than its descriptor table holds; not counted, for the limit is far off.
    case atMost(Int)
    case exactly(Int)

    /// The number of either case.
    package var upperBound: Int {
      switch self {
      case .atMost(let count), .exactly(let count): count
      }
    }
  }

  /// Reads the limit and the size of the descriptor table, and counts only where they come close.
  ///
  /// The table grows by doubling and never shrinks, so its size bounds what is open. They are counted
  /// when the table has reached 80 per cent of the limit, which needs `CAP_SYS_PTRACE` for other users'
  /// processes, and takes a kernel before 6.2 a look at each descriptor.
  package static func read(
    ofProcess process: Int, from door: some HostDoor
  ) -> Reading<DescriptorUse> {
    let limit = door.readFile("/proc/\(process)/limits", limit: .standard)
      .parsedText(OpenFileLimit.init(parsing:))
    let tableSize = door.readFile("/proc/\(process)/status", limit: .standard)
      .parsedText(DescriptorUse.tableSize(parsing:))
    return limit.flatMap { limit, source in
      tableSize.flatMap { tableSize, _ in
        guard let soft = limit.soft, tableSize >= soft / 5 * 4 else {
          let use = DescriptorUse(softLimit: limit.soft, open: .atMost(tableSize))
          return .value(use, from: source)
        }
        return door.countEntries("/proc/\(process)/fd").flatMap { count, _ in
          .value(DescriptorUse(softLimit: soft, open: .exactly(count)), from: source)
        }
      }
    }
  }

  /// Parses `FDSize` of `/proc/PID/status`.
  ///
  /// - Throws: that line if it holds no number, or line 1 of a text without one.
  package static func tableSize(parsing text: some StringProtocol) throws(ParseFailure) -> Int {
    let lines = text.kernelLines
    guard let line = lines.first(where: { $0.text.hasPrefix("FDSize:") }) else {
      throw ParseFailure(
        line: 1, found: String(lines.first?.text ?? ""), expected: "a line of FDSize")
    }
    let words = line.words
    guard words.count == 2, let size = Int(kernelCount: words[1]) else {
      throw line.failure(found: line.text, expected: "FDSize and a number")
    }
    return size
  }
}
