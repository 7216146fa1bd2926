import Addressing

extension ShippedReport.Target {
  /// What tells the target from others, by the names of the semantic conventions where they have one.
  var attributes: [OTLPAttribute] {
    var attributes = [
      OTLPAttribute("clb.target", name), OTLPAttribute("server.address", address),
      OTLPAttribute("server.port", port),
      OTLPAttribute("network.transport", scheme == "udp" ? "udp" : "tcp"),
      OTLPAttribute("clb.scheme", scheme),
    ]
    if let family = IPAddress(parsing: address)?.family {
      attributes.append(OTLPAttribute("network.type", family == .ipv4 ? "ipv4" : "ipv6"))
    }
    if let loadBalancerID {
      attributes.append(OTLPAttribute("clb.load_balancer.id", loadBalancerID))
    }
    if let listenerID { attributes.append(OTLPAttribute("clb.listener.id", listenerID)) }
    return attributes
  }
}
