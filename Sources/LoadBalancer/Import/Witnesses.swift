/// Which document said a member of a listener or rule first.
struct Witnesses {
  private struct Member: Hashable {
    var id: String
    var name: String
  }

  /// The document that is being joined.
  var document = ""
  private var first: [Member: String] = [:]

  /// Notes who speaks of the listener's members.
  mutating func note(_ listener: CloudListener) {
    note(listener.id, "LoadBalancerId", listener.loadBalancerID != nil)
    note(listener.id, "Protocol", listener.protocolName != nil)
    note(listener.id, "Port", listener.port != nil)
    note(listener.id, "HealthCheck", listener.healthCheck != nil)
    for rule in listener.rules where rule.healthCheck != nil { note(rule.key, "HealthCheck", true) }
  }

  private mutating func note(_ id: String, _ name: String, _ isSaid: Bool) {
    let member = Member(id: id, name: name)
    if isSaid, first[member] == nil { first[member] = document }
  }

  /// Fills what nobody said yet.
  ///
  /// - Throws: when two documents say different things.
  func join<Value: Equatable>(
    _ old: inout Value?, _ new: Value?, _ id: String, _ name: String
  ) throws(ImportFailure) {
    if let old, let new, old != new {
      let earlier = first[Member(id: id, name: name)] ?? document
      throw .contradiction(id: id, member: name, documents: [earlier, document])
    }
    old = old ?? new
  }
}
