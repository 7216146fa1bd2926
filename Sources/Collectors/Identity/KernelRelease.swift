package import Host

/// The running kernel's release with its version numbers.
///
/// Source: `/proc/sys/kernel/osrelease`, as `uname -r` prints it.
package struct KernelRelease: Sendable, Hashable {
  /// As the kernel has it: `3.10.0-1160.el7.x86_64`.
  package let text: String
  package let major: Int
  package let minor: Int
  /// 0 where the release has none, as in `6.1-rc3`.
  package let patch: Int

  /// Parses a release: two or three numbers with points between, and any text behind.
  ///
  /// - Throws: line 1 when it does not start so.
  package init(parsing text: some StringProtocol) throws(ParseFailure) {
    let line = text.kernelLines.first ?? NumberedLine(number: 1, text: "")
    let isDigit: (Character) -> Bool = { $0.isASCII && $0.isNumber }
    let parts = line.text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, let major = Int(kernelDecimal: parts[0]), major >= 0,
      let minor = Int(kernelDecimal: parts[1].prefix(while: isDigit))
    else {
      throw line.failure(found: line.text, expected: "a release such as 3.10.0")
    }
    // In "6.1-rc3.x86_64" what follows the second point is no patch level.
    let isMinorWhole = parts[1].allSatisfy(isDigit)
    let patch = isMinorWhole ? parts.dropFirst(2).first?.prefix(while: isDigit) : nil
    self.text = String(line.text)
    self.major = major
    self.minor = minor
    self.patch = patch.flatMap { Int(kernelDecimal: $0) } ?? 0
  }

  /// Whether the kernel is of this version or a later one, by its numbers.
  ///
  /// Distributions carry features back to older numbers: ask for a feature's own file where there
  /// is one.
  package func isAtLeast(_ major: Int, _ minor: Int, _ patch: Int = 0) -> Bool {
    (self.major, self.minor, self.patch) >= (major, minor, patch)
  }

  package static func read(from door: some HostDoor) -> Reading<KernelRelease> {
    door.readFile("/proc/sys/kernel/osrelease", limit: .standard)
      .parsedText(KernelRelease.init(parsing:))
  }
}

extension KernelRelease: CustomStringConvertible {
  package var description: String { text }
}
