/// What documents leave open about a check of this host.
package enum ImportNote: Sendable, Hashable {
  /// No document has the parameters; they are the defaults.
  case parametersUnknown(ListenerReference)
  case sourcesUnknown(ListenerReference, SourcesReason)
  /// A listener of several ports, of which only the first is followed.
  case portRange(ListenerReference, last: UInt16)
  /// Real servers are bound in groups, and no document says which.
  case targetGroups(ListenerReference, ids: [String])
  /// A real server without an address that anything here could be compared with.
  case withoutAddress(ListenerReference, id: String)
  /// A word of the API that this version does not know, so that there is no target.
  case notUnderstood(id: String, member: String, value: String)
  /// A member without which no check can be told.
  case incomplete(id: String, member: String)
  /// The listener is stopped, so nothing is probed.
  case stopped(ListenerReference)
  /// Several instances have this host's address; they are in different networks.
  case ambiguous(ListenerReference, instanceIDs: [String])
  /// No real server that the documents name is this host; only what the other notes leave open could be.
  case notBehind(NotBehindListeners)

  /// Why it is not known where probes come from.
  package enum SourcesReason: Sendable, Hashable {
    /// They come from the VIP, and no document names it.
    case virtualIPNotNamed
    /// They come from the VIP, and a CLB with a domain name has none that is fixed.
    case virtualIPNotFixed(domain: String)
    /// The CLB translates sources; which address its probes have is not documented.
    case translated
    /// 100.64.0.0/10 is IPv4; where probes of an IPv6 address come from is not documented.
    case ipv6
  }
}

extension ImportNote: CustomStringConvertible {
  package var description: String {
    switch self {
    case .parametersUnknown(let listener):
      "no document has the health check of \(listener), so its parameters are assumed; add what "
        + (listener.loadBalancerID.map { "clb DescribeListeners --LoadBalancerId \($0)" }
          ?? "clb DescribeListeners") + " prints"
    case .sourcesUnknown(let listener, let reason):
      "where the probes of \(listener) come from is not known: \(reason)"
    case .portRange(let listener, let last):
      "\(listener) is a range of ports up to \(last); only the probe of its first port is followed"
    case .targetGroups(let listener, let ids):
      "\(listener) has its real servers in \(ids.joined(separator: ", ")), and no document says "
        + "whether this host is one; add what clb DescribeTargetHealth prints"
    case .withoutAddress(let listener, let id):
      "\(listener) has \(id) behind it, and no document says its address, so whether it is this host "
        + "is not known"
    case .notUnderstood(let id, let member, let value):
      "\(id): \(member) \"\(value)\" is not known to this version, so it is not followed"
    case .incomplete(let id, let member):
      "\(id): no document says its \(member), so it is not followed"
    case .stopped(let listener): "\(listener) is stopped, so CLB probes nothing of it"
    case .ambiguous(let listener, let ids):
      "\(listener) has \(ids.joined(separator: " and ")) behind it, which have the same address in "
        + "different networks; each is taken for this host"
    case .notBehind(let reason): "\(reason)"
    }
  }
}

extension ImportNote.SourcesReason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .virtualIPNotNamed:
      "SourceIpType is 0, the VIP, and no document names it; add what clb DescribeLoadBalancers prints"
    case .virtualIPNotFixed(let domain):
      "SourceIpType is 0, the VIP, and \(domain) has none that is fixed; SourceIpType 1 probes from "
        + "100.64.0.0/10"
    case .translated:
      "the CLB has SNAT addresses, and CLB's documents do not say whether its probes have them too"
    case .ipv6: "CLB's documents do not say it for IPv6; its VIP is assumed"
    }
  }
}
