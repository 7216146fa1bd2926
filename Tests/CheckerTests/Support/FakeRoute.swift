import Addressing
import Host

/// A route of a fake host, as rtnetlink(7) tells it.
struct FakeRoute {
  var destination: AddressPrefix
  var gateway: IPAddress?
  /// The interface's index; several for a route with several next hops.
  var interfaces: [UInt32]
  var table: UInt32
  /// 1 unicast, 2 local, 6 blackhole, 7 unreachable, 8 prohibit.
  var type: UInt8

  /// - Parameter destination: `default`, or a range; the gateway tells the family of the former.
  init(
    _ destination: String, via gateway: String? = nil, by interfaces: UInt32...,
    table: UInt32 = 254,
    type: UInt8 = 1
  ) {
    let any = gateway?.contains(":") == true ? "::/0" : "0.0.0.0/0"
    let text = destination == "default" ? any : destination
    guard let prefix = AddressPrefix(parsing: text) else {
      preconditionFailure("\(text) is no range")
    }
    self.destination = prefix
    self.gateway = gateway.flatMap { IPAddress(parsing: $0) }
    self.interfaces = interfaces
    self.table = table
    self.type = type
  }

  var message: NetlinkMessage {
    let isIPv4 = destination.base.family == .ipv4
    var bytes: [UInt8] = [
      isIPv4 ? 2 : 10, UInt8(destination.length), 0, 0, table > 255 ? 252 : UInt8(table), 3, 0,
      type,
      0, 0, 0, 0,
    ]
    bytes += attribute(15, number(table))
    if destination.length > 0 { bytes += attribute(1, destination.base.networkBytes) }
    let via = gateway.map { attribute(5, $0.networkBytes) } ?? []
    if let only = interfaces.first, interfaces.count == 1 {
      bytes += via + attribute(4, number(only))
    } else if !interfaces.isEmpty {
      let hops: [UInt8] = interfaces.flatMap { index -> [UInt8] in
        [UInt8(8 + via.count), 0, 0, 0] + number(index) + via
      }
      bytes += attribute(9, hops)
    }
    return NetlinkMessage(type: 24, payload: bytes)
  }

  private func number(_ number: UInt32) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(hostOrder: number)
    return bytes
  }
}

/// A policy rule: packets from this address, and to this range, look into this table before the main
/// one.
struct FakeRule {
  var from: String
  var destination: AddressPrefix?
  var table: UInt32

  init(from: String, to destination: String? = nil, table: UInt32) {
    self.from = from
    self.destination = destination.flatMap { AddressPrefix(parsing: $0) }
    self.table = table
  }

  var message: NetlinkMessage {
    let length = UInt8(destination?.length ?? 0)
    let header: [UInt8] = [2, length, 32, 0, UInt8(truncatingIfNeeded: table), 0, 0, 1, 0, 0, 0, 0]
    let to = destination.map { attribute(1, $0.base.networkBytes) } ?? []
    return NetlinkMessage(type: 32, payload: header + to)
  }
}

/// `struct rtattr` with its value and padding.
func attribute(_ type: UInt16, _ value: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = []
  bytes.append(hostOrder: UInt16(4 + value.count))
  bytes.append(hostOrder: type)
  return bytes + value + [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
}

extension FakeHost {
  /// What the kernel of this host answers to every question about a way back.
  var replyRoutes: [String: Reading<[NetlinkMessage]>] {
    let locals = interfaces.flatMap(\.addresses).compactMap { text in
      text.split(separator: "/").first.flatMap { IPAddress(parsing: $0) }
    }
    var replies: [String: Reading<[NetlinkMessage]>] = [:]
    for local in locals {
      for remote in representatives where remote.family == local.family {
        let question = "rtnetlink(7) route to \(remote) from \(local)"
        replies[question] = answer(to: remote, from: local, .netlink(question))
      }
    }
    return replies
  }

  /// Where each range of sources and each route begins, and what follows each route.
  private var representatives: Set<IPAddress> {
    let ranges = sources + routes.map(\.destination) + rules.compactMap(\.destination)
    return Set(ranges.map(\.base) + ranges.compactMap(\.following))
  }

  /// The longest match of the first table that has one, as fib_lookup() finds it.
  private func answer(
    to remote: IPAddress, from local: IPAddress, _ source: Source
  ) -> Reading<[NetlinkMessage]> {
    let matching = rules.filter { rule in
      rule.from == local.description && rule.destination?.contains(remote) ?? true
    }
    let tables = matching.map(\.table) + [254]
    let found = tables.lazy.compactMap { table in
      routes.filter { $0.table == table && $0.destination.contains(remote) }
        .max { $0.destination.length < $1.destination.length }
    }.first
    func error(_ name: String) -> Reading<[NetlinkMessage]> {
      .failed(source, .system(call: "netlink", error: "\(name), no way"))
    }
    guard let found else { return error("ENETUNREACH") }
    return switch found.type {
    case 6: error("EINVAL")
    case 7: error("EHOSTUNREACH")
    case 8: .denied(source, needs: .netAdmin)
    default: .value([found.message], from: source)
    }
  }
}

extension AddressPrefix {
  /// The first address behind the range; `nil` at the end of the family.
  fileprivate var following: IPAddress? {
    guard case .v4(let low) = base, length > 0 else { return nil }
    let (next, isOver) = low.addingReportingOverflow(1 << (32 - UInt32(length)))
    return isOver ? nil : .v4(next)
  }
}
