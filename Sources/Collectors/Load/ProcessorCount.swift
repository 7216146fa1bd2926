package import Host

/// How many processors are online.
package struct ProcessorCount: Sendable, Hashable {
  package var online: Int

  package init(online: Int) {
    self.online = online
  }

  /// Parses the kernel's list form: `0-3,5`.
  ///
  /// - Throws: the first part that is neither a number nor a range that rises, or line 1 when the
  ///   list is empty.
  package init(parsingList text: some StringProtocol) throws(ParseFailure) {
    let line = text.kernelLines.first ?? NumberedLine(number: 1, text: "")
    online = 0
    for part in line.text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false)
        .map { UInt16(kernelDecimal: $0) }
      guard ends.count <= 2, let low = ends.first ?? nil, let high = ends.last ?? nil, low <= high
      else {
        throw line.failure(found: part, expected: "a processor's number or a range of them")
      }
      online += Int(high) - Int(low) + 1
    }
    guard online > 0 else {
      throw line.failure(found: line.text, expected: "a list of processors")
    }
  }

  /// Counts the lines `cpu0`, `cpu1`, … of `/proc/stat`.
  ///
  /// - Throws: line 1 of a text without any.
  package init(parsingStatistics text: some StringProtocol) throws(ParseFailure) {
    let lines = text.kernelLines
    online =
      lines.compactMap(\.words.first).count {
        $0.hasPrefix("cpu") && UInt16(kernelDecimal: $0.dropFirst(3)) != nil
      }
    guard online > 0 else {
      throw ParseFailure(
        line: 1, found: String(lines.first?.text ?? ""), expected: "a line for each processor")
    }
  }

  /// Reads the list of sysfs, or counts in `/proc/stat` where sysfs is not mounted.
  package static func read(from door: some HostDoor) -> Reading<ProcessorCount> {
    let list = door.readFile("/sys/devices/system/cpu/online", limit: .standard)
    guard case .absent = list else { return list.parsedText(ProcessorCount.init(parsingList:)) }
    return door.readFile("/proc/stat", limit: .whole(atMost: 8 << 20))
      .parsedText(ProcessorCount.init(parsingStatistics:))
  }
}
