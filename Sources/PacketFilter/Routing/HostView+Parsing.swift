package import Addressing

extension HostView {
  /// The host that the text of `ip addr` (long or brief) and of `ip route show table all` tells of.
  ///
  /// Lines of another form are skipped: ip(8) may add some.
  package init(addresses: String, routes: [(text: String, family: IPAddress.Family)]) {
    self.init(
      interfaces: Self.interfaces(addresses),
      routes: routes.flatMap { Self.routes($0.text, $0.family) })
  }

  private static func interfaces(_ text: String) -> [Interface] {
    var result: [Interface] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let first = words.first else { continue }
      if line.first?.isWhitespace == true {
        if first == "inet" || first == "inet6", words.count > 1, let address = address(words[1]),
          !result.isEmpty
        {
          result[result.count - 1].addresses.append(address)
        }
      } else if first.hasSuffix(":"), let index = Int(first.dropLast()), words.count > 1 {
        result.append(Interface(name: name(words[1]), index: index, addresses: []))
      } else {
        result.append(
          Interface(
            name: name(first), index: nil, addresses: words.dropFirst(2).compactMap { address($0) })
        )
      }
    }
    return result
  }

  /// The name without its peer's, as in `eth0@if3:`.
  private static func name(_ word: String) -> String {
    String(word.prefix { $0 != "@" && $0 != ":" })
  }

  private static func address(_ word: String) -> IPAddress? {
    IPAddress(parsing: word.prefix { $0 != "/" })
  }

  private static func routes(_ text: String, _ family: IPAddress.Family) -> [Route] {
    var result: [Route] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      if words.first == "nexthop", let last = result.indices.last {
        // One of several ways; the first stands for all.
        result[last].device = result[last].device ?? value(words, "dev")
      } else if let route = route(words, family) {
        result.append(route)
      }
    }
    return result
  }

  private static func value(_ words: [String], _ name: String) -> String? {
    words.firstIndex(of: name).flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
  }

  private static func route(_ words: [String], _ listed: IPAddress.Family) -> Route? {
    var rest = words[...]
    var kind = AddressKind.unicast
    if let first = rest.first, let named = AddressKind(first) {
      kind = named
      rest = rest.dropFirst()
    }
    guard let target = rest.first else { return nil }
    // Policy rules that lead to other tables are not known here.
    let table = value(words, "table") ?? "main"
    guard ["main", "local", "default", "254", "255", "253"].contains(table) else { return nil }
    let metric = value(words, "metric").flatMap { Int($0) } ?? 0
    let isLocal = table == "local" || table == "255"
    let device = value(words, "dev")
    let prefix: AddressPrefix?
    if target == "default" {
      let family = words.contains { $0.contains(":") } ? .ipv6 : listed
      prefix = AddressPrefix(IPAddress(family: family, number: 0), length: 0)
    } else {
      prefix = AddressPrefix(parsing: target)
    }
    return prefix.map {
      Route(
        kind: kind, destination: $0, device: device, metric: metric, isInLocalTable: isLocal)
    }
  }
}
