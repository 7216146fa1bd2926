import Addressing
import Collectors
import LoadBalancer
import PacketFilter

/// Where rules send a probe instead of the target's own address and port.
enum Translation: Hashable {
  /// To another address or port of this host.
  case local(Target)
  /// To a container or another host, as `172.17.0.2:8080`.
  case elsewhere(String)
}

extension CheckQuestion {
  /// Where all probes that get in are sent; `nil` where that is the target itself, or not one place.
  var translation: Translation? {
    guard case .answers(let answers) = filtering else { return nil }
    let passed = answers.filter(\.isPassed)
    let places = Set(passed.map { $0.to ?? target.endpoint })
    guard places.count == 1, let place = places.first, place != target.endpoint else { return nil }
    guard !passed.contains(where: { $0.verdict == .forward }),
      let moved = Target(target, movedTo: place)
    else { return .elsewhere(place) }
    return .local(moved)
  }

  /// The same question for where the probe ends on this host.
  var delivered: CheckQuestion {
    guard case .local(let target) = translation else { return self }
    var moved = self
    moved.target = target
    return moved
  }
}

extension Target {
  /// The target at another `ADDRESS:PORT`; `nil` where that is not one.
  fileprivate init?(_ target: Target, movedTo endpoint: String) {
    guard let colon = endpoint.lastIndex(of: ":"),
      let port = UInt16(endpoint[endpoint.index(after: colon)...])
    else { return nil }
    let host = endpoint[..<colon].drop { $0 == "[" }.prefix { $0 != "]" }
    guard let address = IPAddress(parsing: host) else { return nil }
    self = target
    self.address = address
    self.port = port
  }
}
