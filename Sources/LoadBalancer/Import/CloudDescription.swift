/// What documents of the cloud API say together, of load balancers and what stands behind them.
package struct CloudDescription: Sendable, Hashable {
  package private(set) var loadBalancers: [CloudLoadBalancer] = []
  package private(set) var listeners: [CloudListener] = []
  package private(set) var instances: [CloudInstance] = []
  package private(set) var accountType: NetworkAccountType?

  /// Joins documents of any kind, several of one kind too.
  ///
  /// Listeners are joined by their `ListenerId`, for DescribeListeners names no `LoadBalancerId`.
  ///
  /// - Throws: the first document that cannot be used, in the order given, or the first contradiction.
  package init(_ documents: [CloudDocument]) throws(ImportFailure) {
    guard !documents.isEmpty else { throw .noDocuments }
    var joined = JoinedDocuments()
    for document in documents {
      try joined.add(try DocumentParser.parse(document), from: document.name)
    }
    loadBalancers = joined.loadBalancers.values
    listeners = joined.listeners.values
    instances = joined.instances.values
    accountType = joined.accountType
    loadBalancerIndexes = CloudDescription.indexes(loadBalancers.map(\.id))
    instanceIndexes = CloudDescription.indexes(instances.map(\.id))
  }

  private var loadBalancerIndexes: [String: Int]
  private var instanceIndexes: [String: Int]

  private static func indexes(_ ids: [String]) -> [String: Int] {
    Dictionary(zip(ids, 0...), uniquingKeysWith: { first, _ in first })
  }

  /// The load balancer of that id; `nil` where no document describes it.
  package func loadBalancer(_ id: String?) -> CloudLoadBalancer? {
    id.flatMap { loadBalancerIndexes[$0] }.map { loadBalancers[$0] }
  }

  /// The instance of that id; `nil` where no document describes it.
  package func instance(_ id: String) -> CloudInstance? {
    instanceIndexes[id].map { instances[$0] }
  }
}
