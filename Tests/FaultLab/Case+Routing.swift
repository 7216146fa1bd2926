extension Case {
  /// Hosts that take the probe in and do not send the answer back to where it came from.
  static let routing: [Case] = [
    route(
      "the route to the CLB's range is a black hole", "ip route add blackhole 100.64.0.0/10",
      "routing.no-route-back"),
    route(
      "there is no route to the CLB's range", "ip route delete default",
      "routing.no-route-back"),
    route(
      "another interface owns the route to the CLB's range, as a VPN's would",
      """
      ip link add vpn0 type veth peer name vpn1
      ip link set vpn0 up
      ip link set vpn1 up
      ip route add 100.64.0.0/10 dev vpn0
      """, "routing.sources-captured", .warns("routing.sources-captured")),
    route(
      "the reverse-path filter is strict, and the way back is by another interface",
      """
      prober=$(basename "$1")-prober
      ip link add eth1 type veth peer name eth1 netns $prober
      ip address add 10.1.0.5/24 dev eth1
      ip link set eth1 up
      ip -netns $prober address add 10.1.0.1/24 dev eth1
      ip -netns $prober link set eth1 up
      ip route replace default via 10.1.0.1
      echo 1 >/proc/sys/net/ipv4/conf/eth0/rp_filter
      """, "routing.reverse-path-filter"),
  ]

  private static func route(
    _ name: String, _ script: String, _ id: String, _ expected: Expectation? = nil
  )
    -> Case
  {
    Case(
      name, [.nginx(listen: "0.0.0.0:80"), .onMachine(script)], proofs: .probe(.timeout),
      expected: expected ?? .fails(id))
  }
}
