/// The gRPC status codes that are healthy: `ExtendedCode`, written `20`, `20,25` or `0-99`.
///
/// Source: `HealthCheck.ExtendedCode` of the CLB API; 0–99, by default 12 (UNIMPLEMENTED).
package struct GRPCCodes: Sendable, Hashable, Codable {
  /// Ascending, without overlaps.
  package let ranges: [ClosedRange<Int>]

  /// 12, UNIMPLEMENTED: what a gRPC server answers to a method that it does not have.
  package static let standard = GRPCCodes(12...12)

  init(_ range: ClosedRange<Int>) { ranges = [range] }

  /// Parses a number, a range, or several separated by commas, all of 0–99.
  package init?(parsing text: some StringProtocol) {
    var ranges: [ClosedRange<Int>] = []
    for word in String(text).split(separator: ",", omittingEmptySubsequences: false) {
      let ends = word.split(separator: "-", omittingEmptySubsequences: false).map(Self.code)
      guard ends.count <= 2, case let low?? = ends.first, case let high?? = ends.last, low <= high
      else { return nil }
      ranges.append(low...high)
    }
    ranges.sort { $0.lowerBound < $1.lowerBound }
    self.ranges = ranges.reduce(into: []) { merged, range in
      if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
  }

  private static func code(_ text: Substring) -> Int? {
    guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(text)
  }

  /// Whether this `grpc-status` is healthy.
  package func accepts(_ code: Int) -> Bool { ranges.contains { $0.contains(code) } }
}

extension GRPCCodes: CustomStringConvertible {
  package var description: String {
    ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }
}
