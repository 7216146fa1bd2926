package import Delivery

extension Settings {
  /// Where reports go.
  package var namedReceivers: [Receiver] { receivers.compactMap(\.receiver) }
}

extension ReceiverSettings {
  /// The receiver that they describe; `nil` where what it must have is missing, which `check` refuses.
  package var receiver: Receiver? {
    guard let name = name?.value, let kind else { return nil }
    return Receiver(name: name, kind: kind, sendInterval: (sendInterval?.value ?? 0) * 60)
  }

  private var kind: Receiver.Kind? {
    guard let type = type?.value else { return nil }
    switch type {
    case .otlp:
      guard let endpoint else { return nil }
      var receiver = OTLPReceiver(endpoint: endpoint)
      receiver.urls[.logs] = logsURL?.value
      receiver.urls[.metrics] = metricsURL?.value
      if let signals { receiver.signals = signals.value.map(\.signal) }
      receiver.encoding = encoding?.value ?? receiver.encoding
      receiver.compression = compression?.value ?? receiver.compression
      return .otlp(receiver)
    case .webhook: return endpoint.map { .webhook($0) }
    case .file: return path.map { .otlpFile(directory: $0.value) }
    case .textfile: return path.map { .textfile(path: $0.value) }
    }
  }

  private var endpoint: HTTPEndpoint? {
    guard let url = url?.value ?? logsURL?.value ?? metricsURL?.value else { return nil }
    let texts = (headers?.value ?? []).map {
      HTTPEndpoint.Header(name: $0.name, value: .text($0.text))
    }
    let files = (headerFiles?.value ?? []).map {
      HTTPEndpoint.Header(name: $0.name, value: .file($0.text))
    }
    return HTTPEndpoint(
      url: url, headers: texts + files,
      timeLimitMilliseconds: timeLimit.map { $0.value * 1000 } ?? HTTPEndpoint.standardTimeLimit,
      tls: HTTPEndpoint.TLSFiles(
        certificateAuthority: certificateAuthority?.value, certificate: certificate?.value,
        key: key?.value))
  }
}

extension OTLPSignal {
  fileprivate var signal: QueueName.Signal {
    switch self {
    case .logs: .logs
    case .metrics: .metrics
    }
  }
}
