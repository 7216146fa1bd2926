import Probes

/// What came of one POST, before anybody judges it.
enum HTTPAnswer: Sendable, Hashable {
  case response(HTTPResponse, body: [UInt8])
  /// Nobody has answered: it may be tried again.
  case none(reason: String)
  /// It was not sent, or not believed, because of the settings.
  case misconfigured(ReceiverKey, reason: String)
}

/// The settings of a receiver that an outcome can be the fault of, as the settings file spells them.
enum ReceiverKey: String, Sendable, Hashable {
  case url, headers, headerFiles, certificateAuthority, certificate, key, encoding, path
  case logsURL = "logsUrl"
  case metricsURL = "metricsUrl"
}

extension DeliveryOutcome {
  static func misconfigured(_ key: ReceiverKey, _ reason: String) -> DeliveryOutcome {
    .misconfigured(key: key.rawValue, reason: reason)
  }

  /// The same where the signal has a URL of its own.
  func blaming(_ key: ReceiverKey) -> DeliveryOutcome {
    guard case .misconfigured(ReceiverKey.url.rawValue, let reason) = self else { return self }
    return .misconfigured(key, reason)
  }
}
