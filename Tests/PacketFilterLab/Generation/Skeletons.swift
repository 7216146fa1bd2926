/// Shapes of rulesets that well-known tools write, which random rules then disturb.
enum Skeletons {
  /// Container ports published: decided in FORWARD, after a translation in PREROUTING.
  static let docker = [
    """
    *nat
    :PREROUTING ACCEPT
    :INPUT ACCEPT
    :OUTPUT ACCEPT
    :POSTROUTING ACCEPT
    :DOCKER -
    -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
    -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
    -A DOCKER -i docker0 -j RETURN
    -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
    -A DOCKER -d 10.0.0.5/32 ! -i docker0 -p udp -m udp --dport 53 -j DNAT --to-destination 172.17.0.3:53
    """,
    """
    *filter
    :INPUT ACCEPT
    :FORWARD DROP
    :OUTPUT ACCEPT
    :DOCKER -
    :DOCKER-USER -
    :DOCKER-ISOLATION-STAGE-1 -
    :DOCKER-ISOLATION-STAGE-2 -
    -A FORWARD -j DOCKER-USER
    -A FORWARD -j DOCKER-ISOLATION-STAGE-1
    -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
    -A FORWARD -o docker0 -j DOCKER
    -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
    -A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
    -A DOCKER -d 172.17.0.3/32 ! -i docker0 -o docker0 -p udp -m udp --dport 53 -j ACCEPT
    -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
    -A DOCKER-ISOLATION-STAGE-1 -j RETURN
    -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
    -A DOCKER-USER -s 100.96.0.0/11 -i eth0 -j DROP
    -A DOCKER-USER -j RETURN
    """,
  ]

  /// A private network that owns 100.64.0.0/10.
  static let tailscale = [
    """
    *filter
    :INPUT ACCEPT
    :FORWARD ACCEPT
    :OUTPUT ACCEPT
    :ts-forward -
    :ts-input -
    -A INPUT -j ts-input
    -A FORWARD -j ts-forward
    -A ts-forward -i tailscale0 -j MARK --set-xmark 0x40000/0xff0000
    -A ts-forward -m mark --mark 0x40000/0xff0000 -j ACCEPT
    -A ts-forward -s 100.64.0.0/10 -o tailscale0 -j DROP
    -A ts-forward -o tailscale0 -j ACCEPT
    -A ts-input -s 100.101.102.103/32 -i lo -j ACCEPT
    -A ts-input -s 100.115.92.0/23 ! -i tailscale0 -j RETURN
    -A ts-input -s 100.64.0.0/10 ! -i tailscale0 -j DROP
    """
  ]

  /// A zone firewall with shared rejection chain, as distributions' front ends write it.
  static let zones = [
    """
    *filter
    :INPUT DROP
    :FORWARD DROP
    :OUTPUT ACCEPT
    :before-input -
    :user-input -
    :not-local -
    :net-fw -
    :reject -
    -A INPUT -j before-input
    -A INPUT -i eth0 -g net-fw
    -A INPUT -m limit --limit 3/min --limit-burst 10 -j NFLOG
    -A INPUT -j reject
    -A before-input -i lo -j ACCEPT
    -A before-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
    -A before-input -m conntrack --ctstate INVALID -j DROP
    -A before-input -p icmp -m icmp --icmp-type 8 -j ACCEPT
    -A before-input -j not-local
    -A before-input -j user-input
    -A not-local -m addrtype --dst-type LOCAL -j RETURN
    -A not-local -m addrtype --dst-type MULTICAST -j RETURN
    -A not-local -m limit --limit 3/min --limit-burst 10 -j NFLOG
    -A not-local -j DROP
    -A user-input -p tcp -m multiport --dports 80,443 -j ACCEPT
    -A user-input -s 203.0.113.0/24 -p udp -m udp --dport 53 -j ACCEPT
    -A net-fw -p tcp -m tcp --dport 22 -m conntrack --ctstate NEW -m recent --set --name ssh
    -A net-fw -s 10.0.0.0/8 -j ACCEPT
    -A net-fw -p tcp -m tcp --dport 8080 -j reject
    -A reject -m addrtype --src-type BROADCAST -j DROP
    -A reject -p tcp -j REJECT --reject-with tcp-reset
    -A reject -p udp -j REJECT --reject-with icmp-port-unreachable
    -A reject -j REJECT --reject-with icmp-host-prohibited
    """
  ]

  /// Services behind one address, and marks between tables, as cluster proxies write them.
  static let cluster = [
    """
    *nat
    :PREROUTING ACCEPT
    :INPUT ACCEPT
    :OUTPUT ACCEPT
    :POSTROUTING ACCEPT
    :SERVICES -
    :NODEPORTS -
    :SVC-A -
    :SEP-A -
    :MARK-MASQ -
    :POST -
    -A PREROUTING -m comment --comment "service portals" -j SERVICES
    -A POSTROUTING -j POST
    -A SERVICES -d 10.0.0.6/32 -p tcp -m comment --comment "ns/svc:http cluster IP" -m tcp --dport 80 -j SVC-A
    -A SERVICES -m addrtype --dst-type LOCAL -j NODEPORTS
    -A NODEPORTS -p tcp -m tcp --dport 30080 -j SVC-A
    -A SVC-A ! -s 10.0.0.0/8 -j MARK-MASQ
    -A SVC-A -j SEP-A
    -A SEP-A -s 10.1.0.9/32 -j MARK-MASQ
    -A SEP-A -p tcp -m tcp -j DNAT --to-destination 10.1.0.9:8080
    -A MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
    -A POST -m mark ! --mark 0x4000/0x4000 -j RETURN
    -A POST -j MARK --set-xmark 0x4000/0x0
    -A POST -j MASQUERADE
    """,
    """
    *filter
    :INPUT ACCEPT
    :FORWARD ACCEPT
    :OUTPUT ACCEPT
    :PROXY-FORWARD -
    :PROXY-FIREWALL -
    -A INPUT -m conntrack --ctstate NEW -j PROXY-FIREWALL
    -A FORWARD -m conntrack --ctstate NEW -j PROXY-FIREWALL
    -A FORWARD -j PROXY-FORWARD
    -A PROXY-FORWARD -m conntrack --ctstate INVALID -j DROP
    -A PROXY-FORWARD -m mark --mark 0x4000/0x4000 -j ACCEPT
    -A PROXY-FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
    -A PROXY-FORWARD -s 100.64.0.0/10 -j DROP
    -A PROXY-FIREWALL -m mark --mark 0x8000/0x8000 -j DROP
    """,
  ]

  /// The shapes in IPv4 iptables' words.
  static let iptables = [docker, tailscale, zones, cluster]
}
