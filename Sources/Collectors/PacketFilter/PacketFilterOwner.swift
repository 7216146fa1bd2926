/// Who wrote rules, as the names of chains and tables tell.
package enum PacketFilterOwner: String, Sendable, Hashable, CaseIterable {
  case firewalld, ufw, docker, podman, libvirt, fail2ban, tailscale, kubernetes
  /// Tencent Cloud's host security agent.
  case tencentHostSecurity
  /// A person, or a tool that leaves no names of its own: iptables-services, netfilter-persistent.
  case handWritten

  /// The owner by a chain's name; `nil` for a name that is no one's.
  package init?(chain: String) {
    let known = PacketFilterOwner.chains.first { entry in
      entry.isPrefix ? chain.hasPrefix(entry.name) : chain == entry.name
    }
    guard let known else { return nil }
    self = known.owner
  }

  /// The owner by the name of an nf_tables table, without its family.
  package init?(table: String) {
    switch table {
    case "firewalld": self = .firewalld
    case "docker-bridges": self = .docker
    case "netavark": self = .podman
    case "libvirt_network": self = .libvirt
    case "kube-proxy", "calico", "cilium": self = .kubernetes
    case _ where table.hasPrefix("f2b-"): self = .fail2ban
    default: return nil
    }
  }

  private static let chains: [(name: String, isPrefix: Bool, owner: PacketFilterOwner)] = [
    // firewalld's iptables back end has chains by zone: IN_public_allow, FWDI_public, PRE_public.
    ("INPUT_ZONES", false, .firewalld), ("INPUT_direct", false, .firewalld),
    ("PREROUTING_ZONES", false, .firewalld), ("IN_public", true, .firewalld),
    ("FORWARD_IN_ZONES", false, .firewalld),
    ("ufw-", true, .ufw), ("ufw6-", true, .ufw),
    ("DOCKER", true, .docker),
    ("NETAVARK", true, .podman), ("CNI-", true, .podman),
    ("LIBVIRT_", true, .libvirt),
    ("f2b-", true, .fail2ban), ("fail2ban-", true, .fail2ban),
    ("ts-input", false, .tailscale), ("ts-forward", false, .tailscale),
    ("ts-postrouting", false, .tailscale),
    ("KUBE-", true, .kubernetes), ("cali-", true, .kubernetes), ("CILIUM_", true, .kubernetes),
    ("FLANNEL-", true, .kubernetes),
    ("YJ-FIREWALL-", true, .tencentHostSecurity),
  ]
}
