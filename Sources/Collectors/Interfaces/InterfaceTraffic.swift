package import Host

/// Bytes that each interface has sent since it came up.
///
/// Source: `/proc/net/dev` of the reader's own network namespace, proc(5).
package struct InterfaceTraffic: Sendable, Hashable {
  /// By the interface's name; link-layer headers are counted too.
  package var transmittedBytes: [String: Int]

  /// Parses the whole file: two lines of headings, then `eth0: RECEIVED … TRANSMITTED …`, 8 numbers each.
  ///
  /// The kernel writes no blank behind the colon where a number is wide. Fields may be added at the end.
  ///
  /// - Throws: the first line that is not of this form.
  package init(parsing text: some StringProtocol) throws(ParseFailure) {
    transmittedBytes = [:]
    for line in text.kernelLines.dropFirst(2) {
      // A name may hold a colon, as those of old aliases do, and numbers never.
      guard let colon = line.text.lastIndex(of: ":") else {
        throw line.failure(found: line.text, expected: "NAME: and its counters")
      }
      let name = line.text[..<colon].drop { $0 == " " }
      let numbers = line.text[line.text.index(after: colon)...].split { $0 == " " || $0 == "\t" }
      guard numbers.count >= 16 else {
        throw line.failure(found: line.text, expected: "16 counters behind the name")
      }
      guard let bytes = Int(kernelDecimal: numbers[8]), bytes >= 0 else {
        throw line.failure(found: numbers[8], expected: "a count of bytes")
      }
      transmittedBytes[String(name)] = bytes
    }
  }

  /// Reads one file; needs no privilege.
  package static func read(from door: some HostDoor) -> Reading<InterfaceTraffic> {
    door.readFile("/proc/net/dev", limit: .standard).parsedText(InterfaceTraffic.init(parsing:))
  }
}
