import Addressing
import Collectors
import Host

/// The ways back to a target's sources, sorted by what each means for the probe.
struct ReplyPaths {
  /// The host's address that answers come from.
  let local: IPAddress
  let sources: [AddressPrefix]
  /// By which interface the probes come in.
  let arrival: NetworkInterface
  /// What the kernel goes by on that interface.
  let filter: ReversePathFilter

  /// Parts whose answers leave by the interface that their probes come in by.
  private(set) var back: [Part] = []
  /// Parts whose route has several next hops, the probes' interface among others.
  private(set) var shared: [Part] = []
  /// Parts whose answers leave by other interfaces.
  private(set) var elsewhere: [Part] = []
  private(set) var unrouted: [Part] = []
  /// Addresses that the kernel was not asked for, for there are too many parts.
  private(set) var unasked: [AddressSpan] = []
  /// Why the way to some of the sources is not known.
  private(set) var reasonsUnknown: [String] = []

  /// Some of the sources with the way to them.
  struct Part {
    var span: AddressSpan
    var way: ReplyRoute
    var source: Source
  }

  init(
    from local: IPAddress, to sources: [AddressPrefix], arrival: NetworkInterface, facts: HostFacts
  ) {
    self.local = local
    self.sources = sources
    self.arrival = arrival
    filter = ReversePathFilter(on: arrival.name, local.family, facts.parameters)
    for range in sources {
      guard let parts = facts.replyRoutes.parts(from: local, to: range) else {
        reasonsUnknown.append("the kernel was not asked for the route from \(local) to \(range)")
        continue
      }
      if let reason = parts.reasonMissing { reasonsUnknown.append(reason) }
      for part in parts.value ?? [] { place(part) }
    }
  }

  private mutating func place(_ part: ReplyRoutes.Part) {
    switch part.answer {
    case nil: unasked.append(part.span)
    case .value(let way, let source)?:
      let placed = Part(span: part.span, way: way, source: source)
      switch way {
      case .none: unrouted.append(placed)
      case .notRemote: break
      case .leaves(let route):
        let interfaces = Set(route.hops.map(\.interfaceIndex))
        if !interfaces.contains(arrival.index) {
          elsewhere.append(placed)
        } else if interfaces.count > 1 {
          shared.append(placed)
        } else {
          back.append(placed)
        }
      }
    case .absent?, .denied?, .failed?:
      let reason = part.answer?.reasonMissing ?? ""
      if !reasonsUnknown.contains(reason) { reasonsUnknown.append(reason) }
    }
  }

  /// Parts whose probes the reverse-path filter drops although there is a way back.
  var filtered: [Part] { filter == .strict ? elsewhere : [] }

  /// Parts whose probes are let in, and whose answers leave by another interface.
  var captured: [Part] { filter == .strict ? shared : shared + elsewhere }

  /// Whether no source's probe can be answered.
  var isDeadEnd: Bool {
    back.isEmpty && captured.isEmpty && unasked.isEmpty && reasonsUnknown.isEmpty
  }

  /// The addresses of these parts: the sources as they were named where the parts are all of them.
  func words(_ spans: [AddressSpan]) -> String {
    let families = Dictionary(grouping: spans, by: \.family)
    let merged = families.values.flatMap { AddressSpan.merged($0).flatMap(\.prefixes) }
    return merged.sorted { ($0.base, $0.length) < ($1.base, $1.length) }
      .listed(first: 3, \.words)
  }
}

/// What the kernel does with a packet whose source is not routed by the interface it came in by.
///
/// Source: `rp_filter` in Documentation/networking/ip-sysctl.rst; IPv6 has none.
enum ReversePathFilter: Equatable {
  /// It is let in.
  case off
  /// It is let in when any interface leads to its source.
  case loose
  case strict
  /// What the kernel does is not known, and why.
  case unknown(String)

  init(on interface: String, _ family: IPAddress.Family, _ parameters: KernelParameters) {
    guard family == .ipv4 else {
      self = .off
      return
    }
    let effective = parameters.effective(.reversePathFilter, on: interface)
    switch effective.value {
    case 0?: self = .off
    // The kernel compares with 1 alone.
    case 1?: self = .strict
    case .some: self = .loose
    case nil: self = .unknown(effective.reasonMissing ?? "")
    }
  }
}

extension AddressPrefix {
  /// As ip(8) writes it: `default`, a range, or an address alone.
  var words: String {
    switch length {
    case 0: "default"
    case base.family.bitCount: base.description
    default: description
    }
  }
}
