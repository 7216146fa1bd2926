import Probes

/// What came of one POST, before anybody judges it.
enum HTTPAnswer: Sendable, Hashable {
  case response(HTTPResponse, body: [UInt8])
  /// Nobody has answered: it may be tried again.
  case none(reason: String)
  /// It was not sent, or not believed, because of the settings.
  case misconfigured(SettingsKey, reason: String)
}

/// The settings of a receiver that an outcome can be the fault of, as the settings file spells them.
package enum SettingsKey: String, Sendable, Hashable {
  case url, headers, headerFiles, certificateAuthority, certificate, key, encoding
}

extension DeliveryOutcome {
  static func misconfigured(_ key: SettingsKey, _ reason: String) -> DeliveryOutcome {
    .misconfigured(key: key.rawValue, reason: reason)
  }
}
