/// What makes a receiver of the settings unusable before anything is sent.
package struct ReceiverFault: Error, Sendable, Hashable {
  /// The receiver's name.
  package var receiver: String
  /// The key of the settings at fault: `certificateAuthority`.
  package var key: String
  /// What is wrong, without any secret.
  package var reason: String

  init(receiver: String, key: String, reason: String) {
    self.receiver = receiver
    self.key = key
    self.reason = reason
  }
}

extension ReceiverFault: CustomStringConvertible {
  package var description: String { "receivers, \"\(receiver)\": \(key): \(reason)" }
}

extension Exporters {
  /// Looks for what makes a receiver unusable: certificates, keys and headers that make no sense.
  ///
  /// - Parameter readsHeaderFiles: whether files of headers are held to be there. They are secrets that may
  ///   come and go; where they are missing as a report is sent, it waits.
  package static func fault(
    of receiver: Receiver, in environment: ExporterEnvironment, readsHeaderFiles: Bool
  ) -> ReceiverFault? {
    let senders: [HTTPSender] =
      switch receiver.kind {
      case .otlp(let otlp):
        otlp.signals.map { HTTPSender(otlp.endpoint, to: otlp.url(for: $0), environment) }
      case .webhook(let endpoint): [HTTPSender(endpoint, to: endpoint.url, environment)]
      case .otlpFile, .textfile: []
      }
    for sender in senders {
      if let (key, reason) = sender.fault(readsHeaderFiles: readsHeaderFiles) {
        return ReceiverFault(receiver: receiver.name, key: key.rawValue, reason: reason)
      }
    }
    return nil
  }
}
