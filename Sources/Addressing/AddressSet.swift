/// A set of addresses of one family, kept as sorted ranges.
package struct AddressSet: Sendable, Hashable {
  /// Which family all the addresses are of.
  package let family: IPAddress.Family
  /// The addresses as numbers: the bits of each in host order.
  package var numbers: IntervalSet

  /// The addresses that those numbers are in that family; numbers past 32 bits are left out for IPv4.
  package init(family: IPAddress.Family, numbers: IntervalSet) {
    self.family = family
    self.numbers = numbers.intersection(IntervalSet(0, Self.highest(of: family)))
  }

  /// The addresses of a prefix.
  package init(_ prefix: AddressPrefix) {
    family = prefix.base.family
    numbers = IntervalSet(prefix.base.number, prefix.highest.number)
  }

  /// Every address of the family.
  package static func all(of family: IPAddress.Family) -> AddressSet {
    AddressSet(family: family, numbers: IntervalSet(0, highest(of: family)))
  }

  /// Whether no address is in the set.
  package var isEmpty: Bool { numbers.isEmpty }

  /// Whether the address is one of the set; never for the other family.
  package func contains(_ address: IPAddress) -> Bool {
    address.family == family && numbers.contains(address.number)
  }

  /// The addresses that either set has; the other must be of the same family.
  package func union(_ other: AddressSet) -> AddressSet {
    AddressSet(family: family, numbers: numbers.union(other.numbers))
  }

  /// The addresses that both sets have.
  package func intersection(_ other: AddressSet) -> AddressSet {
    AddressSet(
      family: family,
      numbers: other.family == family ? numbers.intersection(other.numbers) : IntervalSet())
  }

  /// The addresses of this set that the other has not.
  package func subtracting(_ other: AddressSet) -> AddressSet {
    other.family == family
      ? AddressSet(family: family, numbers: numbers.subtracting(other.numbers)) : self
  }

  /// The fewest prefixes that together hold exactly these addresses, ascending.
  package var prefixes: [AddressPrefix] {
    numbers.intervals.flatMap { prefixes(of: $0) }
  }

  private func prefixes(of interval: IntervalSet.Interval) -> [AddressPrefix] {
    let width = family.bitCount
    var result: [AddressPrefix] = []
    var low = interval.low
    while true {
      // As many low bits as the beginning leaves free and the end allows.
      var free = min(low == 0 ? width : low.trailingZeroBitCount, width)
      while free > 0, Self.last(from: low, freeBits: free) > interval.high { free -= 1 }
      let address = IPAddress(family: family, number: low)
      if let prefix = AddressPrefix(address, length: width - free) { result.append(prefix) }
      let last = Self.last(from: low, freeBits: free)
      guard last < interval.high else { return result }
      low = last + 1
    }
  }

  private static func last(from low: UInt128, freeBits: Int) -> UInt128 {
    freeBits >= 128 ? .max : low | ((1 << UInt128(freeBits)) - 1)
  }

  private static func highest(of family: IPAddress.Family) -> UInt128 {
    family == .ipv4 ? UInt128(UInt32.max) : .max
  }
}

extension AddressSet: CustomStringConvertible {
  /// The prefixes with commas between; a prefix of one address is written as that address.
  package var description: String { prefixes.map(\.shortDescription).joined(separator: ", ") }
}

extension [AddressPrefix] {
  /// The first of them with commas between, and how many more there are.
  package func listed(
    first count: Int, _ text: (AddressPrefix) -> String = \.shortDescription
  ) -> String {
    let more = self.count > count ? " and \(self.count - count) more ranges" : ""
    return prefix(count).map(text).joined(separator: ", ") + more
  }
}

extension AddressPrefix {
  /// The highest address of the range.
  package var highest: IPAddress {
    switch base {
    case .v4(let bits): .v4(bits | (length == 32 ? 0 : UInt32.max >> UInt32(length)))
    case .v6(let bits): .v6(bits | (length == 128 ? 0 : UInt128.max >> UInt128(length)))
    }
  }

  /// `ADDRESS/LENGTH`, or the address alone where it is the only one.
  package var shortDescription: String {
    length == base.family.bitCount ? "\(base)" : description
  }
}

extension IPAddress {
  /// The bits of the address in host order.
  package var number: UInt128 {
    switch self {
    case .v4(let bits): UInt128(bits)
    case .v6(let bits): bits
    }
  }

  /// The address of those bits; for IPv4 the lowest 32 of them.
  package init(family: Family, number: UInt128) {
    switch family {
    case .ipv4: self = .v4(UInt32(truncatingIfNeeded: number))
    case .ipv6: self = .v6(number)
    }
  }
}
