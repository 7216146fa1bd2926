import Addressing

/// A layer-4 listener or a rule of a layer-7 one: what real servers are bound to, and what holds their check.
struct BindingPlace {
  var reference: ListenerReference
  /// The kind of check, and what it speaks with the real server.
  var checkType: CheckType
  var transport: TargetProtocol
  /// `nil` where no document has the parameters.
  var parameters: CloudHealthCheck?
  var backends: [CloudBackend]
  var targetGroupIDs: Set<String>
  var endPort: UInt16?
  var isStopped: Bool
  var loadBalancer: CloudLoadBalancer?

  /// The places of a listener, and why there are fewer than there might be.
  static func places(
    of listener: CloudListener, in cloud: CloudDescription
  ) -> (bound: [BindingPlace], notes: [ImportNote]) {
    guard let name = listener.protocolName else {
      return ([], [.incomplete(id: listener.id, member: "Protocol")])
    }
    guard let spoken = listener.listenerProtocol else {
      return ([], [.notUnderstood(id: listener.id, member: "Protocol", value: name)])
    }
    guard let port = listener.port else {
      return ([], [.incomplete(id: listener.id, member: "Port")])
    }
    let owner = cloud.loadBalancer(listener.loadBalancerID)
    var reference = ListenerReference(
      loadBalancerID: listener.loadBalancerID, listenerID: listener.id, listenerProtocol: spoken,
      listenerPort: port, region: owner?.region)
    reference.keepsConnections = listener.keepsConnections
    reference.loadBalancer = owner.map(LoadBalancerTraits.init)
    var bound: [BindingPlace] = []
    var notes: [ImportNote] = []
    for candidate in candidates(of: listener, spoken, reference) {
      switch BindingPlace.checked(candidate, listener, owner) {
      case .success(let place): bound.append(place)
      case .failure(let doubt): notes.append(doubt.note)
      }
    }
    return (bound, notes)
  }

  /// A rule with its reference; a layer-4 listener is one rule, whatever rules documents of health give it.
  private struct Candidate {
    var reference: ListenerReference
    var rule: CloudRule
  }

  private struct Doubt: Error { var note: ImportNote }

  private static func candidates(
    of listener: CloudListener, _ spoken: ListenerProtocol, _ reference: ListenerReference
  ) -> [Candidate] {
    guard spoken.isLayer7 else {
      var whole = CloudRule()
      whole.healthCheck = listener.healthCheck
      whole.targetGroupIDs = listener.targetGroupIDs
      whole.backends = listener.backends + listener.rules.flatMap(\.backends)
      return [Candidate(reference: reference, rule: whole)]
    }
    return listener.rules.map { rule in
      var reference = reference
      reference.locationID = rule.id ?? rule.key
      (reference.domain, reference.url) = (rule.domain, rule.url)
      return Candidate(reference: reference, rule: rule)
    }
  }

  private static func checked(
    _ candidate: Candidate, _ listener: CloudListener, _ owner: CloudLoadBalancer?
  ) -> Result<BindingPlace, Doubt> {
    let (reference, rule) = (candidate.reference, candidate.rule)
    let named = rule.healthCheck?.checkType
    let forward = rule.forwardType ?? "HTTP"
    let id = reference.locationID ?? reference.listenerID
    guard
      let type = named.map({ CheckType(rawValue: $0) })
        ?? CheckType(defaultOf: reference.listenerProtocol, forwardType: forward)
    else {
      let (member, value) = named.map { ("CheckType", $0) } ?? ("ForwardType", forward)
      return .failure(Doubt(note: .notUnderstood(id: id, member: member, value: value)))
    }
    return .success(
      BindingPlace(
        reference: reference, checkType: type,
        transport: TargetProtocol(
          type, listener: reference.listenerProtocol, forwardType: forward),
        parameters: rule.healthCheck, backends: rule.backends,
        targetGroupIDs: rule.targetGroupIDs, endPort: listener.endPort,
        isStopped: listener.isStopped, loadBalancer: owner))
  }
}

extension CheckType {
  /// The check of a listener or rule that names none.
  ///
  /// Source: `HealthCheck.CheckType` of the CLB API.
  ///
  /// - Parameter forwardType: what a layer-7 rule speaks with real servers.
  init?(defaultOf listener: ListenerProtocol, forwardType: String) {
    switch (listener, forwardType) {
    case (.tcp, _), (.tcpSSL, _), (.quic, _): self = .tcp
    case (.udp, _): self = .ping
    case (_, "HTTP"): self = .http
    case (_, "HTTPS"): self = .https
    case (_, "GRPC"), (_, "GRPCS"): self = .grpc
    default: return nil
    }
  }
}

extension TargetProtocol {
  init(_ type: CheckType, listener: ListenerProtocol, forwardType: String) {
    switch type {
    case .http: self = .http
    case .https: self = .https
    case .grpc: self = forwardType == "GRPCS" ? .grpcs : .grpc
    case .tcp: self = .tcp
    case .ping: self = .udp
    case .custom: self = listener == .udp ? .udp : .tcp
    }
  }
}
