import Addressing
import Probes
import Synchronization

/// Posts bodies to one URL, on the calling thread, which it blocks.
///
/// One time limit holds for a whole exchange: name, connection, TLS, request and answer. Redirects are not
/// followed, and no proxy of the environment is used: both would carry credentials elsewhere.
final class HTTPSender: Sendable {
  let url: ReceiverURL
  private let endpoint: HTTPEndpoint
  private let environment: ExporterEnvironment
  /// Made at the first request, for reading the system's authorities takes milliseconds.
  private let sessions = Mutex<(any VerifyingTLSSessionFactory)?>(nil)

  init(_ endpoint: HTTPEndpoint, to url: ReceiverURL, _ environment: ExporterEnvironment) {
    self.endpoint = endpoint
    self.url = url
    self.environment = environment
  }

  func post(_ content: HTTPContent) -> HTTPAnswer {
    let limit = Instant.now.advanced(byMilliseconds: endpoint.timeLimitMilliseconds)
    do {
      let fields = try fields()
      let request = HTTPPost(url, content, fields, agentVersion: environment.agentVersion).bytes
      let sessions = try url.isSecure ? sessionFactory() : nil
      return Secrets(fields).removed(from: answer(request, sessions, until: limit))
    } catch {
      return error.answer
    }
  }

  /// What of the settings no request can be made of; `nil` where nothing is.
  ///
  /// - Parameter readsHeaderFiles: whether headers from files count.
  func fault(readsHeaderFiles: Bool) -> (key: ReceiverKey, reason: String)? {
    do {
      _ = try fields(readsFiles: readsHeaderFiles)
      if url.isSecure { _ = try sessionFactory() }
      return nil
    } catch {
      guard case .misconfigured(let key, let reason) = error else { return nil }
      return (key, reason)
    }
  }

  /// Why there is no exchange, or no answer.
  private enum Obstacle: Error {
    case none(String)
    case misconfigured(ReceiverKey, String)

    var answer: HTTPAnswer {
      switch self {
      case .none(let reason): .none(reason: reason)
      case .misconfigured(let key, let reason): .misconfigured(key, reason: reason)
      }
    }
  }
}

extension HTTPSender {
  private func file(_ name: String) -> CredentialFile {
    CredentialFile(name: name, directory: environment.credentialsDirectory)
  }

  private func fields(readsFiles: Bool = true) throws(Obstacle) -> [HTTPPost.Field] {
    var fields: [HTTPPost.Field] = []
    for header in endpoint.headers {
      guard HTTPPost.mayBeSet(header.name) else {
        throw .misconfigured(
          .headers, "\"\(header.name)\" is no header's name, or one that the agent itself sends")
      }
      if case .file = header.value, !readsFiles { continue }
      fields.append(try field(header))
    }
    return fields
  }

  private func field(_ header: HTTPEndpoint.Header) throws(Obstacle) -> HTTPPost.Field {
    switch header.value {
    case .text(let text):
      guard let value = HTTPFieldValue(Array(text.utf8)) else {
        throw .misconfigured(
          .headers, "the value of \(header.name) is empty, or has bytes that no header may have")
      }
      return HTTPPost.Field(name: header.name, value: value.text, isSecret: false)
    case .file(let name):
      do {
        return HTTPPost.Field(
          name: header.name, value: try file(name).headerValue(), isSecret: true)
      } catch {
        throw .misconfigured(.headerFiles, "header \(header.name): \(error.reason)")
      }
    }
  }

  private func sessionFactory() throws(Obstacle) -> any VerifyingTLSSessionFactory {
    if let made = sessions.withLock({ $0 }) { return made }
    guard let tls = environment.tls else {
      throw .misconfigured(.url, "this build of the agent has no TLS")
    }
    let material = TLSMaterial(
      certificateAuthority: try pem(endpoint.tls.certificateAuthority, .certificateAuthority),
      certificate: try pem(endpoint.tls.certificate, .certificate),
      key: try pem(endpoint.tls.key, .key))
    do {
      let made = try tls(material)
      sessions.withLock { $0 = made }
      return made
    } catch {
      throw .misconfigured(ReceiverKey(error.part), error.reason)
    }
  }

  private func pem(_ name: String?, _ key: ReceiverKey) throws(Obstacle) -> [UInt8]? {
    guard let name else { return nil }
    do {
      return try file(name).bytes()
    } catch {
      throw .misconfigured(key, error.reason)
    }
  }
}

extension HTTPSender {
  private func answer(
    _ request: [UInt8], _ sessions: (any VerifyingTLSSessionFactory)?, until limit: Instant
  ) -> HTTPAnswer {
    do {
      return try exchange(request, sessions, until: limit)
    } catch {
      return error.answer
    }
  }

  private func exchange(
    _ request: [UInt8], _ sessions: (any VerifyingTLSSessionFactory)?, until limit: Instant
  ) throws(Obstacle) -> HTTPAnswer {
    let addresses = try addresses(until: limit)
    var reasons: [String] = []
    for (index, address) in addresses.enumerated() {
      // What is left is shared, so that an address that swallows packets leaves time for the next.
      let share = Int(limit.millisecondsFromNow) / (addresses.count - index)
      let exchange = PostExchange.perform(
        request, with: address, port: url.port, tls: try sessions.map(session),
        connectLimit: Instant.now.advanced(byMilliseconds: share), limit: limit)
      if case .response(let response) = exchange.outcome {
        return .response(response, body: exchange.body)
      }
      if let failure = exchange.tlsFailure {
        throw obstacle(failure, sessions, address, until: limit)
      }
      reasons.append("\(place(address)): \(exchange.outcome.reason(isSecure: url.isSecure))")
      guard exchange.isUnsent else { break }
    }
    throw .none(reasons.joined(separator: "; "))
  }

  private func addresses(until limit: Instant) throws(Obstacle) -> [IPAddress] {
    do {
      return try environment.resolver.addresses(
        of: url.host, milliseconds: Int(limit.millisecondsFromNow))
    } catch {
      throw .none(error.reason)
    }
  }

  private func place(_ address: IPAddress) -> String {
    address.family == .ipv6 ? "[\(address)]:\(url.port)" : "\(address):\(url.port)"
  }
}

extension HTTPSender {
  private var serverName: String {
    switch url.host {
    case .address(let address): "\(address)"
    case .name(let name): name
    }
  }

  private func session(
    _ sessions: any VerifyingTLSSessionFactory
  ) throws(Obstacle) -> any TLSClientSession {
    do {
      return try sessions.makeSession(serverName: serverName, applicationProtocols: [])
    } catch {
      throw .none("TLS: \(error.reason)")
    }
  }

  /// What a failure of TLS means for the settings; asks once more for a certificate that was not believed.
  private func obstacle(
    _ failure: TLSFailure, _ sessions: (any VerifyingTLSSessionFactory)?, _ address: IPAddress,
    until limit: Instant
  ) -> Obstacle {
    let place = "TLS with \(place(address))"
    switch failure.fault {
    case .wrongName: return .misconfigured(.url, "\(place): \(failure.reason) than \(serverName)")
    case .clientCertificate:
      return .misconfigured(.certificate, "\(place): \(clientFault(failure))")
    case nil: return .none("\(place): \(failure.reason)")
    case .unverified: break
    }
    let examination = try? sessions?.makeExamination(serverName: serverName)
    let found = examination.flatMap { session in
      PostExchange.perform(
        [], with: address, port: url.port, tls: session, connectLimit: limit, limit: limit
      ).tlsFailure
    }
    guard let found else {
      return .misconfigured(.certificateAuthority, "\(place): \(failure.reason)")
    }
    // A certificate that has expired is for the receiver's people to mend, not for these settings.
    return found.fault == .unverified
      ? .misconfigured(.certificateAuthority, "\(place): \(found.reason)")
      : .none("\(place): \(found.reason)")
  }
}

extension HTTPSender {
  /// In the words of one who may have a certificate, behind them the library's.
  private func clientFault(_ failure: TLSFailure) -> String {
    let words = failure.reason.split(separator: "(").last.map { " (\($0)" } ?? ""
    return endpoint.tls.certificate == nil
      ? "the receiver wants a client certificate\(words)"
      : "the receiver refuses the client certificate\(words)"
  }
}

extension ReceiverKey {
  fileprivate init(_ part: TLSMaterial.Part) {
    switch part {
    case .certificateAuthority: self = .certificateAuthority
    case .certificate: self = .certificate
    case .key: self = .key
    }
  }
}
