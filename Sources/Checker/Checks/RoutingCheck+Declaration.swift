extension RoutingCheck {
  package static let declaration = CheckDeclaration(
    name: "routing",
    summary: "Do answers find back to the probes' sources by the interface that probes come in by?",
    reason: """
      A probe is answered only when the host has a route back to its source. A VPN, a container \
      network or a second network interface may own that route: Tailscale, OVN-Kubernetes and Kube-OVN \
      use parts of 100.64.0.0/10, and a host with two interfaces has one default route. Then the \
      answer leaves by an interface from which it does not reach the CLB, or with a source address \
      that the network there drops.

      Under the strict reverse-path filter (`rp_filter` 1 on the interface or on `all`; the greater \
      value holds) the kernel does not even take such a probe: it drops what comes in by another \
      interface than the way back leaves by. `IPReversePathFilter` of `/proc/net/netstat` counts it. \
      The loose filter (2) drops only sources without any route. IPv6 has no such filter.

      The kernel itself is asked for the way from the probed address to the sources, so policy rules \
      count; one address is asked for each part of the range that some route tells apart. Rules by \
      firewall mark, port or user cannot be asked this way.
      """,
    reads: [
      "rtnetlink(7) routes, policy rules, and the route to each part of the sources",
      "/proc/sys/net/ipv4/conf/*/rp_filter", "/proc/net/netstat (TcpExt IPReversePathFilter)",
    ],
    findings: [
      FindingDeclaration(
        id: FindingID(rawValue: "routing.reverse-path-filter"), layer: .layer4,
        severities: [.fail, .warn, .unknown],
        meaning: "rp_filter 1 drops probes, for the way back leaves by another interface",
        remedy: "give answers a route by the interface of the probed address, or set rp_filter to 2"
      ),
      FindingDeclaration(
        id: FindingID(rawValue: "routing.no-route-back"), layer: .layer4,
        severities: [.fail, .warn, .unknown],
        meaning: "no route leads from the probed address back to the probes' sources",
        remedy: "add a route to the probes' sources, now and in the network configuration"),
      FindingDeclaration(
        id: FindingID(rawValue: "routing.sources-captured"), layer: .layer4,
        severities: [.warn, .unknown],
        meaning: "answers to probes leave by another interface than probes come in by",
        remedy: "give answers a route by the interface of the probed address, now and in the "
          + "network configuration"),
    ],
    sources: [
      "https://www.tencentcloud.com/document/product/576/18535",
      "https://www.tencentcloud.com/document/product/214/54819",
      "https://www.kernel.org/doc/html/latest/networking/ip-sysctl.html",
      "https://github.com/ovn-kubernetes/ovn-kubernetes/issues/1802",
    ])
}
