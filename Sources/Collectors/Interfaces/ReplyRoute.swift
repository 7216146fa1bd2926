package import Addressing
package import Host

/// The way of an answer from an address of the host to one remote address, as the kernel decides it.
package enum ReplyRoute: Sendable, Hashable {
  /// By this route. A kernel before 4.13 does not name the route, only its way: the destination is then
  /// the remote address alone, and the table `main` whatever it is.
  case leaves(Route)
  /// The remote address is the host's own, or a broadcast or multicast one: no probe comes from it.
  case notRemote
  case none(Refusal)

  /// Why no answer leaves.
  package enum Refusal: String, Sendable, Hashable {
    case noRoute = "no route"
    case unreachable, prohibit, blackhole
  }
}

extension RouteNetlink {
  /// `RTM_GETROUTE` for one address, with the source that the answer would have.
  ///
  /// The kernel applies the policy rules as it does for a packet of its own, without a mark: a rule by
  /// `fwmark`, user or port cannot be asked this way. `RTM_F_FIB_MATCH` (4.13) asks for the route
  /// itself instead of the way it leads, and older kernels take no notice of it.
  package static func replyRoute(from local: IPAddress, to remote: IPAddress) -> NetlinkRequest {
    let bits = UInt8(remote.family.bitCount)
    // struct rtmsg: family, dst_len, src_len, tos, table, protocol, scope, type, flags (4).
    var payload: [UInt8] = [remote.family == .ipv4 ? 2 : 10, bits, bits, 0, 0, 0, 0, 0]
    payload.append(hostOrder: UInt32(0x2000 | 0x1000))  // RTM_F_FIB_MATCH, RTM_F_LOOKUP_TABLE
    for (type, address) in [(UInt16(1), remote), (2, local)] {  // RTA_DST, RTA_SRC
      let bytes = address.networkBytes
      payload.append(hostOrder: UInt16(4 + bytes.count))
      payload.append(hostOrder: type)
      payload += bytes
    }
    return NetlinkRequest(
      family: 0, type: 26, flags: 0, payload: payload,
      question: "rtnetlink(7) route to \(remote) from \(local)")
  }
}

extension ReplyRoute {
  /// Asks the kernel. The routes must have been read over the same kind of socket.
  ///
  /// - Parameter isBlackhole: whether a blackhole route leads to the remote address.
  static func read(
    from local: IPAddress, to remote: IPAddress, isBlackhole: Bool, door: some HostDoor
  ) -> Reading<ReplyRoute> {
    let reading = door.ask(RouteNetlink.replyRoute(from: local, to: remote))
    if let refusal = refusal(reading, isBlackhole: isBlackhole) {
      return .value(.none(refusal), from: reading.source)
    }
    return reading.parsed { messages throws(ParseFailure) in try ReplyRoute(parsing: messages) }
  }

  /// The kernel's errors that are answers.
  ///
  /// EACCES is what a `prohibit` route or rule says: the question itself needs no privilege, and whoever
  /// was given the list of routes may ask it. EINVAL is a blackhole's, and also what is said of a
  /// question that is not understood, so it counts only where there is a blackhole.
  private static func refusal(
    _ reading: Reading<[NetlinkMessage]>, isBlackhole: Bool
  ) -> Refusal? {
    switch reading {
    case .denied: return .prohibit
    case .failed(_, .system(_, let error)):
      switch error.prefix(while: { $0 != "," }) {
      case "ENETUNREACH": return .noRoute
      case "EHOSTUNREACH": return .unreachable
      case "EINVAL" where isBlackhole: return .blackhole
      default: return nil
      }
    case .value, .absent, .failed: return nil
    }
  }

  /// The answer of a kernel that has one.
  ///
  /// - Throws: when no message is a route of IP, or one that leads somewhere names no interface.
  package init(parsing messages: [NetlinkMessage]) throws(ParseFailure) {
    guard let message = messages.first(where: { $0.type == 24 }),  // RTM_NEWROUTE
      let route = try Route(parsingAnswer: message.payload)
    else {
      throw ParseFailure(found: "\(messages.count) messages", expected: "a route of IP")
    }
    switch route.type {
    case 1:
      guard !route.hops.isEmpty else {
        throw ParseFailure(found: "\(route.destination)", expected: "a route with an interface")
      }
      self = .leaves(route)
    // Kernels before 4.13 say these of IPv6 in a route with an error instead of by an error.
    case 6: self = .none(.blackhole)
    case 7: self = .none(.unreachable)
    case 8: self = .none(.prohibit)
    default: self = .notRemote
    }
  }
}
