/// Documents being joined, each member of a listener with the document that said it first.
struct JoinedDocuments {
  private(set) var loadBalancers = JoinedValues<CloudLoadBalancer>()
  private(set) var listeners = JoinedValues<CloudListener>()
  private(set) var instances = JoinedValues<CloudInstance>()
  private(set) var accountType: NetworkAccountType?
  private var witnesses = Witnesses()

  mutating func add(
    _ contents: DocumentContents, from document: String
  ) throws(ImportFailure) {
    witnesses.document = document
    for loadBalancer in contents.loadBalancers {
      try loadBalancers.add(loadBalancer, id: loadBalancer.id) { old, new throws(ImportFailure) in
        old.join(new)
      }
    }
    for listener in contents.listeners { try add(listener) }
    for instance in contents.instances {
      try instances.add(instance, id: instance.id) { old, new throws(ImportFailure) in old = new }
    }
    accountType = accountType ?? contents.accountType
  }

  private mutating func add(_ listener: CloudListener) throws(ImportFailure) {
    var witnesses = witnesses
    witnesses.note(listener)
    try listeners.add(listener, id: listener.id) { old, new throws(ImportFailure) in
      try old.join(new, &witnesses)
    }
    self.witnesses = witnesses
  }
}

extension CloudListener {
  fileprivate mutating func join(
    _ other: CloudListener, _ witnesses: inout Witnesses
  ) throws(ImportFailure) {
    try witnesses.join(&loadBalancerID, other.loadBalancerID, id, "LoadBalancerId")
    try witnesses.join(&protocolName, other.protocolName, id, "Protocol")
    try witnesses.join(&port, other.port, id, "Port")
    try witnesses.join(&healthCheck, other.healthCheck, id, "HealthCheck")
    endPort = endPort ?? other.endPort
    targetGroupIDs.formUnion(other.targetGroupIDs)
    isStopped = isStopped || other.isStopped
    keepsConnections = keepsConnections ?? other.keepsConnections
    backends += other.backends
    var joined = JoinedValues<CloudRule>()
    for rule in rules + other.rules {
      try joined.add(rule, id: rule.key) { old, new throws(ImportFailure) in
        try old.join(new, witnesses)
      }
    }
    rules = joined.values
  }
}

extension CloudRule {
  fileprivate mutating func join(_ other: CloudRule, _ witnesses: Witnesses) throws(ImportFailure) {
    try witnesses.join(&healthCheck, other.healthCheck, key, "HealthCheck")
    domain = domain ?? other.domain
    url = url ?? other.url
    forwardType = forwardType ?? other.forwardType
    targetGroupIDs.formUnion(other.targetGroupIDs)
    backends += other.backends
  }
}

extension CloudLoadBalancer {
  fileprivate mutating func join(_ other: CloudLoadBalancer) {
    name = name ?? other.name
    kind = kind ?? other.kind
    virtualIPs += other.virtualIPs.filter { !virtualIPs.contains($0) }
    domain = domain ?? other.domain
    region = region ?? other.region
    passesToTargets = passesToTargets ?? other.passesToTargets
    snatAddresses += other.snatAddresses.filter { !snatAddresses.contains($0) }
  }
}
