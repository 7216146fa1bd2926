package import Host

/// The capabilities that the readings were made with.
package struct EffectiveCapabilities: Sendable, Hashable {
  package var present: Set<Capability>

  /// Those of the ones we know that were not in force.
  package var missing: [Capability] { Capability.allCases.filter { !present.contains($0) } }

  /// Parses `/proc/self/status`.
  ///
  /// - Throws: its `CapEff` line when that is not 16 hexadecimal digits, or line 1 of a text without one.
  package init(parsing text: some StringProtocol) throws(ParseFailure) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    where line.hasPrefix("CapEff:") {
      let digits = String(line.dropFirst("CapEff:".count).filter { !$0.isWhitespace })
      guard let mask = UInt64(digits, radix: 16) else {
        throw ParseFailure(
          line: index + 1, found: String(line), expected: "CapEff: and 16 hex digits")
      }
      present = Set(Capability.allCases.filter { mask >> $0.bit & 1 == 1 })
      return
    }
    throw ParseFailure(line: 1, found: "", expected: "a line with CapEff")
  }

  /// Reads those of the reading process itself.
  package static func read(from door: some HostDoor) -> Reading<EffectiveCapabilities> {
    door.readFile("/proc/self/status", limit: .standard).parsed { bytes throws(ParseFailure) in
      try EffectiveCapabilities(parsing: String(decoding: bytes, as: UTF8.self))
    }
  }
}

extension Capability {
  /// The bit in a mask. Source: include/uapi/linux/capability.h.
  fileprivate var bit: UInt64 {
    switch self {
    case .dacReadSearch: 2
    case .netAdmin: 12
    case .netRaw: 13
    case .sysPtrace: 19
    }
  }
}
