package import Addressing

extension ListeningSocket {
  /// Whether the kernel gives a socket the packets that come to an address of the host.
  package enum AddressFit: Sendable, Hashable {
    case accepts
    /// It is bound to another address, or takes only the other family.
    case otherAddress
    /// It is bound to every address and takes IPv6 alone (`IPV6_V6ONLY`); the address is IPv4.
    case ipv6Only
    /// It is bound to every address, the address is IPv4, and nobody said whether it takes that.
    case undecided(Undecided)
  }

  /// Why nobody said whether an IPv6 socket takes IPv4 too.
  package enum Undecided: Sendable, Hashable {
    /// sock_diag(7) did not name the socket; see `ListeningSockets.details` for the reason.
    case notDiagnosed
    /// sock_diag(7) named it, and this kernel, before 4.2, does not tell `IPV6_V6ONLY`.
    case kernelDoesNotSay
  }

  /// How the socket's address goes with one of the host's; ports and devices are not looked at.
  ///
  /// An IPv6 socket bound to `::ffff:0.0.0.0` takes every IPv4 address and no IPv6 one, and one bound
  /// to `::ffff:10.0.0.5` that IPv4 address, whatever `IPV6_V6ONLY` says.
  package func fit(_ local: IPAddress) -> AddressFit {
    let bound = address.unmapped
    let wanted = local.unmapped
    guard bound.isUnspecified else { return bound == wanted ? .accepts : .otherAddress }
    switch (bound.family, wanted.family) {
    case (.ipv4, .ipv4), (.ipv6, .ipv6): return .accepts
    case (.ipv4, .ipv6): return .otherAddress
    case (.ipv6, .ipv4):
      guard let details else { return .undecided(.notDiagnosed) }
      guard let isOnly = details.isIPv6Only else { return .undecided(.kernelDoesNotSay) }
      return isOnly ? .ipv6Only : .accepts
    }
  }
}
