package import Addressing
package import Host

/// Which way the host's answers leave, from each of its addresses to the sources of probes.
///
/// The sources are ranges. Each is cut wherever a route of any table, or the destination of a policy
/// rule, begins or ends, so that one address of a part stands for all of it.
package struct ReplyRoutes: Sendable {
  /// Some of a range's addresses, and the way to them.
  package struct Part: Sendable, Hashable {
    package var span: AddressSpan
    /// The answer for the first address; `nil` where there are more parts than are asked for.
    package var answer: Reading<ReplyRoute>?
  }

  /// Parts of one range that are asked for: a route inside it makes two at most.
  package static let partLimit = 64
  /// Addresses of the host that are asked for, those of loopback and dummy interfaces last.
  package static let addressLimit = 16

  private var parts: [Pair: Reading<[Part]>] = [:]

  private struct Pair: Hashable {
    var local: IPAddress
    var sources: AddressPrefix
  }

  /// The ways to all addresses of a range, in order of address; `nil` where nothing was asked.
  ///
  /// - Parameter sources: a range that was asked for, or one inside such a range.
  package func parts(from local: IPAddress, to sources: AddressPrefix) -> Reading<[Part]>? {
    let asked = parts.filter { pair, _ in
      pair.local == local && pair.sources.length <= sources.length
        && pair.sources.contains(sources.base)
    }
    return asked.max { $0.key.sources.length < $1.key.sources.length }?.value.parsed {
      parts throws(ParseFailure) in
      parts.compactMap { part in
        part.span.clamped(to: sources).map { Part(span: $0, answer: part.answer) }
      }
    }
  }

  /// Asks the kernel: on most hosts one question for each address, each of some 20 µs.
  package static func read(
    from door: some HostDoor, sources: [AddressPrefix], interfaces: Reading<[NetworkInterface]>,
    routes: [IPAddress.Family: Reading<[Route]>]
  ) -> ReplyRoutes {
    var all = ReplyRoutes()
    let locals = ownAddresses(interfaces.value ?? [])
    for source in sources {
      let family = source.base.family
      guard let known = routes[family] else { continue }
      let cut =
        switch PolicyRule.readAll(family, from: door) {
        case .value(let rules, _):
          known.parsed { routes throws(ParseFailure) in SourceParts(source, routes, rules) }
        case let missing:
          missing.parsed { _ throws(ParseFailure) in SourceParts(source, [], []) }
        }
      for local in locals where local.family == family {
        all.parts[Pair(local: local, sources: source)] = cut.parsed { cut throws(ParseFailure) in
          cut.parts.map { ask($0, from: local, door) }
        }
      }
    }
    return all
  }

  private static func ask(
    _ part: SourceParts.Part, from local: IPAddress, _ door: some HostDoor
  ) -> Part {
    guard part.isAsked else { return Part(span: part.span, answer: nil) }
    return Part(
      span: part.span,
      answer: .some(
        ReplyRoute.read(
          from: local, to: part.span.first, isBlackhole: part.isBlackhole, door: door)))
  }

  private static func ownAddresses(_ interfaces: [NetworkInterface]) -> [IPAddress] {
    let ordered = interfaces.filter { !$0.isInternal } + interfaces.filter(\.isInternal)
    // No answer leaves from an address that is still being looked for on the link.
    let own = ordered.flatMap(\.addresses).filter { !$0.isTentative }.map(\.address)
    return Array(own.filter { !$0.isLoopback && !$0.isLinkLocal }.prefix(addressLimit))
  }
}

/// A range of sources cut by the routes inside it.
private struct SourceParts {
  private(set) var parts: [Part]

  struct Part {
    var span: AddressSpan
    var isAsked = true
    /// Whether a blackhole route of any table leads there.
    var isBlackhole = false
  }

  init(_ sources: AddressPrefix, _ routes: [Route], _ rules: [PolicyRule]) {
    let inside = routes.filter {
      $0.destination.length > sources.length && sources.contains($0.destination.base)
    }
    let ranges = inside.map(\.destination) + rules.compactMap(\.destination)
    parts = AddressSpan.parts(of: sources, cutBy: ranges).map { Part(span: $0) }
    let blackholes = routes.filter { $0.type == 6 }.map(\.destination)
    for index in parts.indices {
      let first = parts[index].span.first
      parts[index].isBlackhole = blackholes.contains { $0.contains(first) }
    }
    if parts.count > ReplyRoutes.partLimit { choose(inside) }
  }

  /// Where there are too many: one part for each way that the routes inside lead, then the largest.
  private mutating func choose(_ inside: [Route]) {
    let ways = Dictionary(inside.map { ($0.destination.base, Way($0)) }) { $1 }
    var seen: Set<Way> = []
    let order = parts.indices.map { index in
      let way = ways[parts[index].span.first]
      let isNew = way.map { seen.insert($0).inserted } ?? false
      return (index: index, rank: isNew ? 0 : 1, extent: parts[index].span.extent)
    }.sorted { ($0.rank, $1.extent, $0.index) < ($1.rank, $0.extent, $1.index) }
    for left in order.dropFirst(ReplyRoutes.partLimit) { parts[left.index].isAsked = false }
  }

  private struct Way: Hashable {
    var hops: [NextHop]
    var table: UInt32
    var type: UInt8

    init(_ route: Route) {
      hops = route.hops
      table = route.table
      type = route.type
    }
  }
}
