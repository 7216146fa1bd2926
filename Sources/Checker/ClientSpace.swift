import Addressing
import LoadBalancer

/// The addresses that a target's clients may have, in one or two kinds of which either may be meant.
struct ClientSpace: Hashable {
  var kinds: [Kind]

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

  /// - Returns: `nil` where nobody knows whose addresses clients have.
  init?(_ target: Target) {
    let family = target.address.family
    let name = family == .ipv4 ? "IPv4" : "IPv6"
    let open = Kind(
      words: "public \(name) addresses", addresses: .publicAddresses(of: family), tolerance: .half)
    let inner = Kind(
      words: "private \(name) addresses", addresses: .privateAddresses(of: family),
      tolerance: .allButNone)
    switch target.clientSources {
    case .named(let prefixes):
      let own = prefixes.filter { $0.base.family == family }
      guard let set = AddressSet(own) else { return nil }
      kinds = [Kind(words: "addresses of the clients named", addresses: set, tolerance: .half)]
    case .keptConnections:
      guard family == .ipv4 else { return nil }
      let range = ProbeSources.keptConnections
      kinds = [
        Kind(words: "addresses of \(range)", addresses: AddressSet(range), tolerance: .half)
      ]
    case .publicAddresses: kinds = [open]
    case .privateAddresses: kinds = [inner]
    case .publicOrPrivate: kinds = [open, inner]
    case .translated: return nil
    }
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
  /// The same address as clients reach it: the backend port, from all that may be clients.
  ///
  /// `nil` where nobody knows whose addresses clients have.
  var asSeenByClients: Target? {
    guard let everywhere = AddressPrefix(address.family == .ipv4 ? .v4(0) : .v6(0), length: 0)
    else {
      return nil
    }
    var seen = self
    seen.port = backendPort
    seen.servicePort = nil
    switch clientSources {
    case .named(let prefixes): seen.sources = prefixes.filter { $0.base.family == address.family }
    case .keptConnections: seen.sources = [ProbeSources.keptConnections]
    case .publicAddresses, .privateAddresses, .publicOrPrivate: seen.sources = [everywhere]
    case .translated: return nil
    }
    return seen.sourcesOfItsFamily.isEmpty ? nil : seen
  }
}
