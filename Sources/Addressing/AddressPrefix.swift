/// An address range of a power of two, as `100.64.0.0/10`.
package struct AddressPrefix: Sendable, Hashable {
  /// The lowest address of the range.
  package let base: IPAddress
  /// Leading bits that all addresses of the range share: 0–32 or 0–128.
  package let length: Int

  /// The range of that length which holds the address; `nil` when the family has not as many bits.
  package init?(_ address: IPAddress, length: Int) {
    guard (0...address.family.bitCount).contains(length) else { return nil }
    self.length = length
    switch address {
    case .v4(let bits): base = .v4(bits & (length == 0 ? 0 : UInt32.max << (32 - length)))
    case .v6(let bits): base = .v6(bits & (length == 0 ? 0 : UInt128.max << (128 - length)))
    }
  }

  /// Parses `ADDRESS/LENGTH`, or an address alone, which is a range of one.
  ///
  /// Bits behind the length are cleared, as the kernel clears them.
  package init?(parsing text: some StringProtocol) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(parsing: first) else { return nil }
    guard parts.count == 2 else {
      self.init(address, length: address.family.bitCount)
      return
    }
    guard parts[1].allSatisfy(\.isASCII), let length = Int(parts[1]), parts[1].first != "+" else {
      return nil
    }
    self.init(address, length: length)
  }

  /// Whether the address is one of the range; never for the other family.
  package func contains(_ address: IPAddress) -> Bool {
    guard address.family == base.family else { return false }
    return AddressPrefix(address, length: length)?.base == base
  }
}

extension AddressPrefix: CustomStringConvertible {
  package var description: String { "\(base)/\(length)" }
}
