/// Ports from one to another, both within.
package struct PortRange: Sendable, Hashable {
  /// The lowest port.
  package let low: UInt16
  /// The highest port; never below `low`.
  package let high: UInt16

  /// The ports between two, both within; `nil` when the first is above the second.
  package init?(_ low: UInt16, _ high: UInt16) {
    guard low <= high else { return nil }
    self.low = low
    self.high = high
  }

  /// One port.
  package init(_ port: UInt16) {
    low = port
    high = port
  }

  /// Every port from 0 to 65535.
  package static let all = PortRange(whole: ())

  private init(whole: Void) {
    low = .min
    high = .max
  }

  /// The ports as numbers.
  package var numbers: IntervalSet { IntervalSet(UInt128(low), UInt128(high)) }
}

extension PortRange: CustomStringConvertible {
  /// `80`, or `8000-8080`.
  package var description: String { low == high ? "\(low)" : "\(low)-\(high)" }
}
