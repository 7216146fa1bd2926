package import Addressing

/// Consecutive addresses of one family.
package struct AddressSpan: Sendable, Hashable {
  package let family: IPAddress.Family
  private let low: UInt128
  private let high: UInt128

  private init(family: IPAddress.Family, low: UInt128, high: UInt128) {
    self.family = family
    self.low = low
    self.high = high
  }

  package init(_ prefix: AddressPrefix) {
    family = prefix.base.family
    low = prefix.base.bits
    high = low | AddressSpan.lowBits(family.bitCount - prefix.length)
  }

  package var first: IPAddress { IPAddress(bits: low, family) }

  /// How many addresses it holds, less one.
  var extent: UInt128 { high - low }

  /// The addresses that are also in the range; `nil` where there are none.
  package func clamped(to prefix: AddressPrefix) -> AddressSpan? {
    let other = AddressSpan(prefix)
    guard other.family == family, other.low <= high, low <= other.high else { return nil }
    return AddressSpan(family: family, low: max(low, other.low), high: min(high, other.high))
  }

  /// Cuts a range wherever one of these ranges inside it begins or ends, in order of address.
  ///
  /// So of each part either all addresses or none are in each of the ranges.
  static func parts(of whole: AddressPrefix, cutBy ranges: [AddressPrefix]) -> [AddressSpan] {
    let span = AddressSpan(whole)
    var starts: Set<UInt128> = [span.low]
    for range in ranges where range.length > whole.length && whole.contains(range.base) {
      let inner = AddressSpan(range)
      starts.insert(inner.low)
      if inner.high < span.high { starts.insert(inner.high + 1) }
    }
    let ordered = starts.sorted()
    let ends = ordered.dropFirst().map { $0 - 1 } + [span.high]
    return zip(ordered, ends).map { AddressSpan(family: span.family, low: $0, high: $1) }
  }

  /// The same addresses in as few spans as possible, in order; all are of one family.
  package static func merged(_ spans: [AddressSpan]) -> [AddressSpan] {
    spans.sorted { $0.low < $1.low }.reduce(into: []) { merged, span in
      guard let last = merged.last, last.high >= span.low || last.high + 1 == span.low else {
        return merged.append(span)
      }
      merged[merged.count - 1] = AddressSpan(
        family: span.family, low: last.low, high: max(last.high, span.high))
    }
  }

  /// The fewest ranges of a power of two that hold exactly these addresses, in order.
  package var prefixes: [AddressPrefix] {
    var prefixes: [AddressPrefix] = []
    var start = low
    while true {
      var free = min(start == 0 ? family.bitCount : start.trailingZeroBitCount, family.bitCount)
      var end = start | AddressSpan.lowBits(free)
      while end > high {
        free -= 1
        end = start | AddressSpan.lowBits(free)
      }
      let base = IPAddress(bits: start, family)
      if let prefix = AddressPrefix(base, length: family.bitCount - free) {
        prefixes.append(prefix)
      }
      guard end < high else { return prefixes }
      start = end + 1
    }
  }

  /// So many bits set, from the lowest on.
  private static func lowBits(_ count: Int) -> UInt128 {
    count == 128 ? .max : (1 << UInt128(count)) - 1
  }
}

extension IPAddress {
  fileprivate var bits: UInt128 {
    switch self {
    case .v4(let bits): UInt128(bits)
    case .v6(let bits): bits
    }
  }

  fileprivate init(bits: UInt128, _ family: Family) {
    self = family == .ipv4 ? .v4(UInt32(truncatingIfNeeded: bits)) : .v6(bits)
  }
}
