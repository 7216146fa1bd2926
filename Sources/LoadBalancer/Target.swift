package import Addressing

/// What a probe is aimed at: one address, port and protocol of this host, with the check's parameters.
package struct Target: Sendable, Hashable, Codable {
  package var transport: TargetProtocol
  package var address: IPAddress
  /// The check port: where probes go.
  package var port: UInt16
  /// The backend port, where traffic goes; `nil` where it is the check port too.
  package var servicePort: UInt16?
  /// Where the probes come from.
  package var sources: [AddressPrefix]
  package var healthCheck: HealthCheck
  /// The listener or rule that the check belongs to; `nil` where the target was named by hand.
  package var listener: ListenerReference?
  /// What CLB itself last said of it; `nil` where no document says.
  package var reportedState: HealthState?
  /// The instance that it is bound as, `ins-9z8y7x6w`; `nil` where no document says.
  package var instanceID: String?
  /// Where its clients come from, if the operator said so.
  package var clients: [AddressPrefix] = []

  package init(
    transport: TargetProtocol, address: IPAddress, port: UInt16,
    servicePort: UInt16? = nil, sources: [AddressPrefix] = [ProbeSources.range],
    healthCheck: HealthCheck = HealthCheck(), listener: ListenerReference? = nil
  ) {
    self.transport = transport
    self.address = address
    self.port = port
    self.servicePort = servicePort
    self.sources = sources
    self.healthCheck = healthCheck
    self.listener = listener
  }

  /// Decodes a target; members that older captures lack are empty.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      transport: try values.decode(TargetProtocol.self, forKey: .transport),
      address: try values.decode(IPAddress.self, forKey: .address),
      port: try values.decode(UInt16.self, forKey: .port),
      servicePort: try values.decodeIfPresent(UInt16.self, forKey: .servicePort),
      sources: try values.decode([AddressPrefix].self, forKey: .sources),
      healthCheck: try values.decode(HealthCheck.self, forKey: .healthCheck),
      listener: try values.decodeIfPresent(ListenerReference.self, forKey: .listener))
    reportedState = try values.decodeIfPresent(HealthState.self, forKey: .reportedState)
    instanceID = try values.decodeIfPresent(String.self, forKey: .instanceID)
    clients = try values.decodeIfPresent([AddressPrefix].self, forKey: .clients) ?? []
  }

  /// The kind of check that is made.
  package var checkType: CheckType {
    switch transport {
    case .tcp: healthCheck.custom == nil ? .tcp : .custom
    case .udp: healthCheck.custom == nil ? .ping : .custom
    case .http: .http
    case .https: .https
    case .grpc, .grpcs: .grpc
    }
  }

  /// The sources whose packets can reach the target's address at all.
  package var sourcesOfItsFamily: [AddressPrefix] {
    sources.filter { $0.base.family == address.family }
  }

  /// The target as a URL: its name in every output.
  ///
  /// A listener or rule is named by the URL's fragment, for several may probe the same address and port.
  package var name: String {
    let namesPath = transport.isHTTP || transport.isGRPC && healthCheck.httpCheckPath != "/"
    let path = namesPath ? healthCheck.httpCheckPath : ""
    let fragment = listener.map { "#\($0.locationID ?? $0.listenerID)" } ?? ""
    return "\(transport.rawValue)://\(address.urlHost):\(port)\(path)\(fragment)"
  }
}

/// What a target's probe speaks.
package enum TargetProtocol: String, Sendable, Hashable, Codable, CaseIterable {
  case tcp, udp, http, https
  /// gRPC over HTTP/2 without TLS, known beforehand.
  case grpc
  /// gRPC over HTTP/2 over TLS.
  case grpcs

  package var isHTTP: Bool { self == .http || self == .https }
  package var isGRPC: Bool { self == .grpc || self == .grpcs }
  /// Whether a check names what it asks for: a page, or a gRPC method.
  package var hasPath: Bool { isHTTP || isGRPC }
  package var usesTLS: Bool { self == .https || self == .grpcs }
}
