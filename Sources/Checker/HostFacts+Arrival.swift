package import Addressing
package import Collectors
import Host

extension HostFacts {
  /// The route that makes an address this host's own although no interface has it (AnyIP).
  func localRoute(to address: IPAddress) -> Route? {
    let routes = (address.family == .ipv4 ? routes : routes6).value ?? []
    // RTN_LOCAL. The table `local` is looked at before all others, unless policy rules say otherwise.
    return routes.first { $0.type == 2 && $0.table == 255 && $0.destination.contains(address) }
  }

  /// Whether the kernel takes packets to this address for itself; false where that is not known.
  package func holds(_ address: IPAddress) -> Bool {
    interfaceHolding(address) != nil || localRoute(to: address) != nil
  }

  /// Whether the kernel does not answer on the address yet, or never will, for another host has it.
  func isTentative(_ address: IPAddress) -> Bool {
    interfaceHolding(address)?.addresses.contains { $0.address == address && $0.isTentative }
      == true
  }

  /// By which interface probes of an address come in; `nil` where that cannot be told.
  ///
  /// An address of a loopback or dummy interface, or of no interface at all, is reached by another, and
  /// only a sole one is certain.
  func arrival(of address: IPAddress) -> NetworkInterface? {
    if let holder = interfaceHolding(address), !holder.isInternal { return holder }
    let others = (interfaces.value ?? []).filter { interface in
      !interface.isInternal && interface.isUp
        && interface.addresses.contains {
          $0.address.family == address.family && !$0.address.isLinkLocal
        }
    }
    return others.count == 1 ? others.first : nil
  }

  /// The VRF that the interface is a part of.
  func routingDomain(of interface: NetworkInterface) -> NetworkInterface? {
    interfaces.value?.first { $0.index == interface.masterIndex && $0.kind == "vrf" }
  }
}
