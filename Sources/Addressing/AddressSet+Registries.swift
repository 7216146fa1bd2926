extension AddressSet {
  /// The addresses that hosts of the Internet have.
  ///
  /// Source: the special-purpose address registries, RFC 6890, and 2000::/3 of RFC 4291.
  package static func publicAddresses(of family: IPAddress.Family) -> AddressSet {
    switch family {
    case .ipv6: AddressSet(.v6(0x2000 << 112), length: 3)
    case .ipv4:
      [
        (0x0000_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
        (0xC000_0000, 24), (0xC000_0200, 24), (0xC612_0000, 15), (0xC633_6400, 24),
        (0xCB00_7100, 24), (0xE000_0000, 3),
      ].reduce(all(of: .ipv4).subtracting(privateAddresses(of: .ipv4))) {
        $0.subtracting(AddressSet(.v4($1.0), length: $1.1))
      }
    }
  }

  /// The addresses that private networks give their hosts.
  ///
  /// Source: RFC 1918, RFC 4193.
  package static func privateAddresses(of family: IPAddress.Family) -> AddressSet {
    switch family {
    case .ipv6: AddressSet(.v6(0xFC00 << 112), length: 7)
    case .ipv4:
      [(0x0A00_0000, 8), (0xAC10_0000, 12), (0xC0A8_0000, 16)].reduce(
        AddressSet(family: .ipv4, numbers: IntervalSet())
      ) { $0.union(AddressSet(.v4($1.0), length: $1.1)) }
    }
  }

  private init(_ base: IPAddress, length: Int) {
    guard let prefix = AddressPrefix(base, length: length) else {
      preconditionFailure("\(base)/\(length) is no prefix")
    }
    self.init(prefix)
  }

  /// How many addresses the set has; rounded where there are more than 2⁵³.
  package var size: Double {
    numbers.intervals.reduce(0) { $0 + Double($1.high - $1.low) + 1 }
  }

  /// So many of the addresses, spread evenly, and none at the end of a range.
  package func sample(of count: Int) -> AddressSet {
    let step = size / Double(count)
    var found: [IntervalSet.Interval] = []
    var passed = 0.0
    for interval in numbers.intervals {
      let length = Double(interval.high - interval.low) + 1
      while (Double(found.count) + 0.5) * step < passed + length, found.count < count {
        let offset = UInt128((Double(found.count) + 0.5) * step - passed)
        let number = min(interval.low + offset, interval.high)
        found.append(IntervalSet.Interval(number, number))
      }
      passed += length
    }
    return AddressSet(family: family, numbers: IntervalSet(found))
  }
}
