import Addressing
import JSONText

extension NftExpression {
  /// A field of a header.
  func payload(_ body: JSONValue) -> Typed {
    guard let header = body["protocol"]?.string, let field = body["field"]?.string else {
      return rawPayload(body)
    }
    let text = "\(header) \(field)"
    func doubt(_ family: IPAddress.Family?, _ transport: TransportProtocol?, _ type: Datatype)
      -> Typed
    {
      (.guarded(family, transport, .doubt(.notUnderstood(text))), [type])
    }
    switch header {
    case "ip": return ip(field) ?? doubt(.ipv4, nil, .integer(bits: 32))
    case "ip6": return ip6(field) ?? doubt(.ipv6, nil, .integer(bits: 32))
    case "tcp" where field == "flags": return (.field(.tcpFlags), [.tcpFlags])
    case "th": return ports(field, nil) ?? doubt(nil, nil, .integer(bits: 32))
    case "icmp": return icmp(field, .ipv4, .icmp) ?? doubt(.ipv4, .icmp, .integer(bits: 32))
    case "icmpv6": return icmp(field, .ipv6, .icmp6) ?? doubt(.ipv6, .icmp6, .integer(bits: 32))
    case "ether" where field == "type": return (.field(.etherHeaderType), [.etherType])
    case "ether": return (.doubt(.notUnderstood(text)), [.other("ether_addr")])
    case "vlan": return (.doubt(.notUnderstood(text)), [.integer(bits: 16)])
    case "arp": return (.absent, [.integer(bits: 32)])
    default:
      guard let number = ProtocolNames.number(header) else {
        return (.doubt(.notUnderstood(text)), [.integer(bits: 32)])
      }
      let transport = TransportProtocol(rawValue: number)
      return ports(field, transport) ?? doubt(nil, transport, .integer(bits: 32))
    }
  }

  private func rawPayload(_ body: JSONValue) -> Typed {
    let base = body["base"]?.string ?? "payload"
    let place = "@\(base),\(body["offset"]?.integer ?? 0),\(body["len"]?.integer ?? 0)"
    return (.doubt(.notUnderstood(place)), [.integer(bits: 128)])
  }

  private func ip(_ field: String) -> Typed? {
    switch field {
    case "saddr": (.field(.sourceAddress(.ipv4)), [.ipv4Address])
    case "daddr": (.field(.destinationAddress(.ipv4)), [.ipv4Address])
    case "protocol": (.field(.transportProtocol(.ipv4)), [.transportProtocol])
    case "ttl": (.field(.timeToLive(.ipv4)), [.integer(bits: 8)])
    case "length": (.guarded(.ipv4, nil, .field(.packetLength)), [.integer(bits: 16)])
    case "version": (.field(.version(.ipv4)), [.integer(bits: 8)])
    case "frag-off": (.guarded(.ipv4, nil, .field(.fragmentOffset)), [.integer(bits: 16)])
    default: nil
    }
  }

  private func ip6(_ field: String) -> Typed? {
    switch field {
    case "saddr": (.field(.sourceAddress(.ipv6)), [.ipv6Address])
    case "daddr": (.field(.destinationAddress(.ipv6)), [.ipv6Address])
    case "nexthdr": (.field(.transportProtocol(.ipv6)), [.transportProtocol])
    case "hoplimit": (.field(.timeToLive(.ipv6)), [.integer(bits: 8)])
    case "version": (.field(.version(.ipv6)), [.integer(bits: 8)])
    default: nil
    }
  }

  private func ports(_ field: String, _ transport: TransportProtocol?) -> Typed? {
    switch field {
    case "sport":
      (.field(transport == nil ? .headerPort(isSource: true) : .sourcePort(transport)), [.port])
    case "dport":
      (
        .field(transport == nil ? .headerPort(isSource: false) : .destinationPort(transport)),
        [.port]
      )
    default: nil
    }
  }

  private func icmp(
    _ field: String, _ family: IPAddress.Family, _ transport: TransportProtocol
  ) -> Typed? {
    switch field {
    case "type": (.field(.icmpType(family)), [family == .ipv4 ? .icmpType : .icmp6Type])
    case "code": (.field(.icmpCode(family)), [family == .ipv4 ? .icmpCode : .icmp6Code])
    default: nil
    }
  }

  /// What the kernel keeps beside the packet.
  func meta(_ key: String) -> Typed {
    switch key {
    case "iifname": (.field(.inInterface), [.interfaceName])
    case "oifname": (.field(.outInterface), [.interfaceName])
    case "iif": (.field(.inIndex), [.interfaceIndex])
    case "oif": (.field(.outIndex), [.interfaceIndex])
    case "l4proto": (.field(.transportProtocol(nil)), [.transportProtocol])
    case "nfproto": (.field(.networkFamily), [.networkFamily])
    case "protocol": (.field(.etherType), [.etherType])
    case "mark": (.field(.mark), [.mark])
    case "pkttype": (.field(.packetKind), [.packetKind])
    case "length": (.field(.packetLength), [.integer(bits: 32)])
    case "skuid", "skgid": (.field(.socketOwner), [.integer(bits: 32)])
    case "time", "hour", "day", "cpu", "random": (.doubt(.stateful("meta \(key)")), [.other(key)])
    // A packet that came through no tunnel has no such state.
    case "secpath", "ipsec": (.number(0), [.boolean])
    default: (.doubt(.notUnderstood("meta \(key)")), [.other(key)])
    }
  }

  /// What the kernel keeps of the packet's connection.
  func connection(_ body: JSONValue) -> Typed {
    let key = body["key"]?.string ?? ""
    if key == "zone", body["dir"] != nil {
      return (.doubt(.notUnderstood("ct zone by direction")), [.integer(bits: 16)])
    }
    if let direction = body["dir"]?.string, let end = end(key) {
      let field: Field = direction == "original" ? .original(end.field) : .answer(end.field)
      return (end.family.map { .guarded($0, nil, .field(field)) } ?? .field(field), [end.type])
    }
    switch key {
    case "state": return (.field(.connectionState), [.connectionState])
    case "status": return (.field(.connectionStatus), [.connectionStatus])
    case "direction": return (.field(.connectionDirection), [.connectionDirection])
    case "mark": return (.field(.connectionMark), [.mark])
    case "zone": return (.field(.connectionZone), [.integer(bits: 16)])
    case "helper": return (.field(.connectionHelper), [.other("helper")])
    case "protocol": return (.field(.connectionProtocol), [.transportProtocol])
    case "l3proto": return (.field(.connectionFamily), [.networkFamily])
    case "bytes", "packets", "avgpkt", "expiration", "count", "id":
      return (.doubt(.stateful("ct \(key)")), [.integer(bits: 64)])
    default: return (.doubt(.notUnderstood("ct \(key)")), [.other(key)])
    }
  }

  private typealias End = (field: Field.ConnectionField, type: Datatype, family: IPAddress.Family?)

  private func end(_ key: String) -> End? {
    switch key {
    case "ip saddr": (.source, .ipv4Address, .ipv4)
    case "ip daddr": (.destination, .ipv4Address, .ipv4)
    case "ip6 saddr": (.source, .ipv6Address, .ipv6)
    case "ip6 daddr": (.destination, .ipv6Address, .ipv6)
    case "saddr": (.source, family == .ipv4 ? .ipv4Address : .ipv6Address, nil)
    case "daddr": (.destination, family == .ipv4 ? .ipv4Address : .ipv6Address, nil)
    case "proto-src": (.sourcePort, .port, nil)
    case "proto-dst": (.destinationPort, .port, nil)
    default: nil
    }
  }
}
