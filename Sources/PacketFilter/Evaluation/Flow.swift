import Addressing

/// Packets that every rule so far has treated alike.
struct Flow: Sendable, Hashable {
  var header: Header
  var packets: PacketSet
  /// The doubts that stand between the packets and this treatment, by number, ascending.
  var doubts: [Int] = []
}

/// What of a packet rules can change, and what the kernel keeps beside it.
struct Header: Sendable, Hashable {
  /// Which packet of the exchange it is.
  enum Role: Sendable, Hashable {
    case request
    /// What the service sends back.
    case answer
    /// What the kernel sends back in place of it.
    case refusal(RejectKind)
  }

  /// The source after translation.
  enum Source: Sendable, Hashable {
    case original, unknown
    case translated(UInt128)
  }

  var role = Role.request
  /// The destination of the request, after translation.
  var destination: UInt128
  /// The port of the request; 0 for ICMP.
  var destinationPort: UInt16
  var source = Source.original
  var mark = PartialNumber(0)
  var connectionMark = PartialNumber(0)
  var zone = PartialNumber(0)
  /// `nil` before the kernel has looked the connection up.
  var state: ConnectionState?
  /// Whether a rule has chosen the destination; it may have chosen the one the packet had.
  var isDestinationTranslated = false
  var isSourceTranslated = false
  var hasHelper = false
  /// Whether a rule has said how the packet is to be tracked: the first one that does is the only one.
  var hasTemplate = false
  /// Whether the request was left untracked.
  var wasUntracked = false
  /// The zone that the request was looked up in; of an answer only.
  var requestZone = PartialNumber(0)
  /// The interface that the packet leaves by; empty where it does not leave or has not been routed.
  var outInterface = ""
  /// Whether routing sent the request on to another host.
  var wasForwarded = false
  /// The decision that refused the request; of a refusal only.
  var refusedBy = Decision.none
  /// Where the request was when it was refused; of a refusal only.
  var refusedAt = RefusalPlace.routed
}

/// How far a request had come that was refused.
enum RefusalPlace: Sendable, Hashable {
  /// To a device's own chain, of the family netdev: what is sent back meets no other hook than egress.
  ///
  /// Source: `nft_reject_queue_xmit` of net/netfilter/nft_reject_netdev.c.
  case device
  /// To prerouting: an ICMP error comes from the address that the kernel prefers on the way back.
  ///
  /// Source: `nf_reject_fill_skb_dst` of net/ipv4/netfilter/nf_reject_ipv4.c.
  case unrouted
  /// Past the routing decision.
  case routed
}

/// A number of which some bits may not be known.
struct PartialNumber: Sendable, Hashable {
  var value: UInt32
  /// The bits that are not known; 0 in `value`.
  var unknown: UInt32 = 0
  /// Why they are not.
  var doubt: Doubt?

  /// A number known whole.
  init(_ value: UInt32) { self.value = value }

  /// A number of which nothing is known.
  init(unknown doubt: Doubt) {
    value = 0
    unknown = .max
    self.doubt = doubt
  }
}

/// The rule, policy or part of the kernel that decided.
enum Decision: Sendable, Hashable {
  /// A rule by its chain and its place there, from 0.
  case rule(chain: Int, index: Int)
  /// A base chain's end.
  case policy(chain: Int)
  /// The kernel's own routing, and what it said.
  case routing(String)
  /// Nothing stood in the way.
  case none
}

/// What becomes of packets in the end.
struct Ending: Sendable {
  enum Outcome: Sendable, Hashable {
    case accepted(to: Endpoint?)
    case forwarded(to: Endpoint)
    case dropped(ofAnswer: Bool)
    case refused(RejectKind)
    case unknown
  }

  var packets: PacketSet
  var outcome: Outcome
  var doubts: [Int]
  var decision: Decision
}

/// An address and, where the protocol has ports, a port.
struct Endpoint: Sendable, Hashable {
  var address: IPAddress
  var port: UInt16?
}
