import Addressing

/// A run of addresses from the first to the last, as answers name sources.
struct SourceRange: Sendable, Hashable {
  var first: IPAddress
  var last: IPAddress

  /// Parses `ADDRESS`, `ADDRESS/LENGTH` or `ADDRESS-ADDRESS`.
  init?(parsing text: some StringProtocol) {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    if ends.count == 2 {
      guard let first = IPAddress(parsing: ends[0]), let last = IPAddress(parsing: ends[1]),
        first.family == last.family, first <= last
      else { return nil }
      self.init(first: first, last: last)
      return
    }
    guard let prefix = AddressPrefix(parsing: text) else { return nil }
    self.init(prefix)
  }

  private init(first: IPAddress, last: IPAddress) {
    self.first = first
    self.last = last
  }

  init(_ prefix: AddressPrefix) {
    first = prefix.base
    // A smart shift by all bits or more gives zero.
    switch prefix.base {
    case .v4(let bits): last = .v4(bits | UInt32.max >> prefix.length)
    case .v6(let bits): last = .v6(bits | UInt128.max >> prefix.length)
    }
  }

  func contains(_ address: IPAddress) -> Bool {
    address.family == first.family && first <= address && address <= last
  }
}

extension Reply {
  /// The answers whose sources hold the address: one, in a partition.
  func answers(for source: IPAddress) -> [Answer] {
    answers.filter { answer in
      answer.sources.contains { SourceRange(parsing: $0)?.contains(source) == true }
    }
  }
}
