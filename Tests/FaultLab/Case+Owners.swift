extension Case {
  /// Hosts whose packet filter is a real program's, started on the machine as its service would be.
  static let ownedFilters: [Case] =
    [
      Case(
        "firewalld rejects what its zone does not name",
        [.nginx(listen: "0.0.0.0:80"), .onMachine(firewalld)],
        proofs: .probe(.unreachable),
        expected: .fails(
          "packet-filter.rejects-probe", saying: "(zone public)", showing: "reject with icmpx")),
      Case(
        "ufw drops what nobody allowed",
        [.nginx(listen: "0.0.0.0:80"), .onMachine(ufw)], proofs: .probe(.timeout),
        expected: .fails("packet-filter.drops-probe", showing: "INPUT DROP")),
    ]
    + ["iptables-multiport", "iptables-ipset-proto6", "nftables"].map { action in
      Case(
        "fail2ban has banned a prober by its action \(action)",
        [.nginx(listen: "0.0.0.0:80"), .onMachine(fail2ban(action))], proofs: .probe(.refused),
        expected: .warns("packet-filter.drops-some-sources", saying: "(jail nginx-http-auth)"))
    }

  /// What a service has of its own on the machine: its settings, where tests may change them, and a place to run.
  private static func own(_ directories: String...) -> String {
    let copies = directories.map { directory in
      """
      own="$1/$(echo \(directory) | tr / _)"
      cp -a \(directory) "$own"
      mount --bind "$own" \(directory)
      """
    }
    let run = "for at in /run /var/run; do [ -L $at ] || mount -t tmpfs tmpfs $at; done\n"
    return run + copies.joined(separator: "\n")
  }

  private static let firewalld = """
    \(own("/etc/firewalld"))
    mkdir /run/dbus
    dbus-daemon --system --fork --nopidfile
    firewalld --nopid >"$1/firewalld.log" 2>&1
    for try in $(seq 100); do
      firewall-cmd --state >/dev/null 2>&1 && exit 0
      sleep 0.1
    done
    cat "$1/firewalld.log" >&2
    exit 1
    """

  private static let ufw = """
    \(own("/etc/ufw", "/etc/default"))
    ufw --force enable
    """

  private static func fail2ban(_ action: String) -> String {
    """
    \(own("/etc/fail2ban", "/var/lib/fail2ban"))
    mkdir -p /run/fail2ban /var/run/fail2ban
    rm -f /etc/fail2ban/jail.d/*
    : >"$1/log"
    cat >/etc/fail2ban/jail.local <<END
    [nginx-http-auth]
    enabled = true
    port = http,https
    logpath = $1/log
    backend = polling
    banaction = \(action)
    END
    fail2ban-server -f --logtarget "$1/fail2ban.log" start >"$1/start.log" 2>&1 </dev/null &
    for try in $(seq 300); do
      [ -S /run/fail2ban/fail2ban.sock ] && break
      sleep 0.1
    done
    fail2ban-client set nginx-http-auth banip 100.64.1.7 100.64.2.9 ||
      { cat "$1/start.log" "$1/fail2ban.log" >&2; exit 1; }
    # The ban is put into the kernel by a thread of its own.
    for try in $(seq 100); do
      nft list ruleset | grep -q -e 100.64.1.7 && break
      ipset list 2>/dev/null | grep -q -e 100.64.1.7 && break
      sleep 0.1
    done
    """
  }
}
