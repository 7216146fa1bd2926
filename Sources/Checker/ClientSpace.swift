import Addressing
import LoadBalancer

/// The addresses that a target's clients may have, in one or two kinds of which either may be meant.
struct ClientSpace: Hashable {
  private(set) var kinds: [Kind]
  /// All that may be clients, in the fewest prefixes.
  let whole: [AddressPrefix]
  /// Those that rules are asked for.
  private(set) var asked: [AddressPrefix]

  /// Addresses of a kind that stand for all, where rules are so many that each may split the question.
  private static let sampleSize = 512

  /// Addresses of one kind, and how many of them may be stopped before their clients count as cut off.
  struct Kind: Hashable {
    /// What they are, in the plural: `public IPv4 addresses`.
    var words: String
    var addresses: AddressSet
    /// Parts of all that must be stopped: an internal CLB's clients have one small network among many.
    var tolerance: Tolerance
  }

  enum Tolerance: Hashable {
    /// Cut off when more than half are stopped.
    case half
    /// Cut off when every single one is stopped.
    case allButNone
  }

  /// - Parameter isSampled: whether some addresses, evenly spread, are to stand for all.
  /// - Returns: `nil` where nobody knows whose addresses clients have.
  init?(_ target: Target, isSampled: Bool = false) {
    let family = target.address.family
    let name = family == .ipv4 ? "IPv4" : "IPv6"
    let open = Kind(
      words: "public \(name) addresses", addresses: .publicAddresses(of: family), tolerance: .half)
    let everywhere = AddressSet.all(of: family).prefixes
    let inner = Kind(
      words: "private \(name) addresses", addresses: .privateAddresses(of: family),
      tolerance: .allButNone)
    switch target.clientSources {
    case .named(let prefixes):
      let own = prefixes.filter { $0.base.family == family }
      guard let set = AddressSet(own) else { return nil }
      whole = own
      kinds = [Kind(words: "addresses of the clients named", addresses: set, tolerance: .half)]
    case .keptConnections:
      guard family == .ipv4 else { return nil }
      let range = ProbeSources.keptConnections
      whole = [range]
      kinds = [
        Kind(words: "addresses of \(range)", addresses: AddressSet(range), tolerance: .half)
      ]
    case .publicAddresses: (kinds, whole) = ([open], everywhere)
    case .privateAddresses: (kinds, whole) = ([inner], everywhere)
    case .publicOrPrivate: (kinds, whole) = ([open, inner], everywhere)
    case .translated: return nil
    }
    asked = whole
    if isSampled { takeSample() }
  }

  private mutating func takeSample() {
    for index in kinds.indices where kinds[index].addresses.size > Double(Self.sampleSize) {
      kinds[index].addresses = kinds[index].addresses.sample(of: Self.sampleSize)
      kinds[index].words += " of a sample of \(Self.sampleSize)"
    }
    asked = kinds.flatMap(\.addresses.prefixes)
  }
}

extension AddressSet {
  /// The union of prefixes of one family; `nil` of none.
  init?(_ prefixes: [AddressPrefix]) {
    guard let first = prefixes.first else { return nil }
    self = prefixes.dropFirst().reduce(AddressSet(first)) { $0.union(AddressSet($1)) }
  }
}

extension Target {
  /// The same address as clients reach it: by the backend port, from these addresses.
  func asSeen(from clients: [AddressPrefix]) -> Target {
    var seen = self
    seen.port = backendPort
    seen.servicePort = nil
    seen.sources = clients
    return seen
  }
}
