package import Addressing

/// A rule that lets packets of one range of sources come to one port, or the answers to them leave.
///
/// Of ICMP it is echo requests, and the replies to them.
package struct AcceptRule: Sendable, Hashable {
  package var direction: FilterAnswer.Direction
  package var sources: AddressPrefix
  package var transport: FilterQuestion.TransportKind
  /// The destination port; `nil` for ICMP.
  package var port: UInt16?

  package init(
    _ direction: FilterAnswer.Direction = .request, sources: AddressPrefix,
    transport: FilterQuestion.TransportKind, port: UInt16?
  ) {
    self.direction = direction
    self.sources = sources
    self.transport = transport
    self.port = transport == .icmp ? nil : port
  }

  /// What it marks its rules with, so that they can be found again.
  package static let comment = "clb-health-check"

  /// The words behind a chain's name, for iptables and ip6tables.
  package var iptablesWords: String {
    let isReply = direction == .reply
    let what =
      port.map { " --\(isReply ? "s" : "d")port \($0)" } ?? " --\(icmpWord)-type \(echoWord)"
    return
      "-\(isReply ? "d" : "s") \(sources) -p \(protocolName)\(what) -m comment --comment \(Self.comment) -j ACCEPT"
  }

  /// The rule as nft takes it.
  package var nftWords: String {
    let match =
      port.map { "\(transport.rawValue) \(portField) \($0)" } ?? "\(icmpWord) type \(echoWord)"
    return
      "\(familyWord) \(addressField) \(sources) \(match) accept comment \\\"\(Self.comment)\\\""
  }

  /// The statements of the rule as `nft -j` lists them.
  var nftJSON: String {
    let source = """
      {"match":{"op":"==","left":{"payload":{"protocol":"\(familyWord)","field":"\(addressField)"}},\
      "right":{"prefix":{"addr":"\(sources.base)","len":\(sources.length)}}}}
      """
    let left =
      port == nil
      ? #"{"payload":{"protocol":"\#(icmpWord)","field":"type"}}"#
      : #"{"payload":{"protocol":"\#(transport.rawValue)","field":"\#(portField)"}}"#
    let right = port.map(String.init) ?? "\"\(echoWord)\""
    return
      "[\(source),{\"match\":{\"op\":\"==\",\"left\":\(left),\"right\":\(right)}},{\"accept\":null}]"
  }

  private var addressField: String { direction == .request ? "saddr" : "daddr" }

  private var portField: String { direction == .request ? "dport" : "sport" }

  private var familyWord: String { sources.base.family == .ipv4 ? "ip" : "ip6" }

  private var protocolName: String {
    guard transport == .icmp else { return transport.rawValue }
    return sources.base.family == .ipv4 ? "icmp" : "ipv6-icmp"
  }

  /// The family's ICMP as nft names it, and iptables the option of its types.
  private var icmpWord: String { sources.base.family == .ipv4 ? "icmp" : "icmpv6" }

  private var echoWord: String { direction == .request ? "echo-request" : "echo-reply" }
}
