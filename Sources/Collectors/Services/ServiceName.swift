/// A service that matters to a probe, by the name that people know it by.
package enum ServiceName: String, Sendable, Hashable, CaseIterable {
  // What loads packet-filter rules.
  case firewalld, ufw, iptables, ip6tables, nftables
  case netfilterPersistent = "netfilter-persistent"
  case docker, fail2ban, tailscaled
  case kubeProxy = "kube-proxy"
  // What answers requests.
  case nginx, apache2, httpd, haproxy, caddy, tomcat, lighttpd, envoy
  case phpFPM = "php-fpm"

  /// Whether it loads rules into the packet filter.
  package var ownsPacketFilter: Bool {
    switch self {
    case .firewalld, .ufw, .iptables, .ip6tables, .nftables, .netfilterPersistent, .docker,
      .fail2ban, .tailscaled, .kubeProxy:
      true
    case .nginx, .apache2, .httpd, .haproxy, .caddy, .tomcat, .lighttpd, .envoy, .phpFPM: false
    }
  }

  /// The systemd unit to ask for: a name, or a pattern of the names that carry a version.
  ///
  /// A pattern finds only units that systemd has loaded: those that run or are wanted at boot.
  var unitPatterns: [String] {
    switch self {
    case .phpFPM: ["php-fpm.service", "php*-fpm.service"]
    case .tomcat: ["tomcat.service", "tomcat[0-9]*.service"]
    default: ["\(rawValue).service"]
    }
  }

  /// Whether a unit of this name is this service.
  func isUnit(_ unit: String) -> Bool {
    switch self {
    case .phpFPM: unit.hasPrefix("php") && unit.hasSuffix("-fpm.service")
    case .tomcat:
      unit.hasPrefix("tomcat")
        && unit.dropFirst(6).prefix { $0 != "." }.allSatisfy { $0.isASCII && $0.isNumber }
        && unit.hasSuffix(".service")
    default: unit == "\(rawValue).service"
    }
  }

  /// The kernel's names of its processes, up to 15 bytes; empty for one that only loads rules and
  /// ends, and for Tomcat, whose process is called `java` like any other.
  var processNames: [String] {
    switch self {
    case .ufw, .iptables, .ip6tables, .nftables, .netfilterPersistent, .tomcat: []
    case .docker: ["dockerd"]
    case .fail2ban: ["fail2ban-server"]
    default: [rawValue]
    }
  }

  /// Whether a process of this name is this service; `php-fpm8.2` and `php-fpm` are the same one.
  func isProcess(_ name: String) -> Bool {
    if self == .phpFPM { return name.hasPrefix("php-fpm") }
    return processNames.contains(name)
  }
}
