import Delivery

extension ReceiverSettings {
  /// Looks for what no key can see alone: keys that a receiver of this type must have, or that do not fit.
  static func check(_ receiver: ReceiverSettings, _ path: String, _ reader: inout SettingsReader) {
    guard let name = receiver.name, let type = receiver.type else { return }
    receiver.checkPlace(type, path, &reader)
    for header in (receiver.headers?.value ?? []) + (receiver.headerFiles?.value ?? [])
    where header.isOurs {
      reader.refuse(
        receiver.headers?.place ?? name.place,
        "\(path): the header \(SettingsText.quoted(header.name)) is the agent's own to write; "
          + "expected another one")
    }
    if let headers = receiver.headers, let secret = headers.value.first(where: \.isSecret) {
      reader.refuse(
        headers.place,
        "\(path).headers: what \(SettingsText.quoted(secret.name)) says is secret; expected it in "
          + "headerFiles")
    }
    if (receiver.certificate == nil) != (receiver.key == nil) {
      let given = receiver.certificate?.place ?? receiver.key?.place ?? name.place
      let (has, lacks) = receiver.key == nil ? ("certificate", "key") : ("key", "certificate")
      reader.refuse(given, "\(path).\(has): expected \(lacks) beside it")
    }
    receiver.checkTLS(path, &reader)
  }

  private func checkPlace(
    _ type: Setting<ReceiverType>, _ entry: String, _ reader: inout SettingsReader
  ) {
    switch type.value {
    case .otlp:
      let hasBoth = logsURL != nil && metricsURL != nil
      let hasOnly =
        signals?.value == [.logs] && logsURL != nil
        || signals?.value == [.metrics] && metricsURL != nil
      guard url == nil, !hasBoth, !hasOnly else { return }
      reader.refuse(type.place, "\(entry): no url; expected url: with where the receiver listens")
    case .webhook:
      guard url == nil else { return }
      reader.refuse(type.place, "\(entry): no url; expected url: with where the receiver listens")
    case .file, .textfile:
      guard let path else {
        reader.refuse(type.place, "\(entry): no path; expected path: with where to write")
        return
      }
      guard type.value == .textfile, !path.value.hasSuffix(".prom") else { return }
      reader.refuse(
        path.place,
        "\(entry).path \(SettingsText.quoted(path.value)): expected a name that ends in .prom, for the "
          + "textfile collector reads no other")
    }
  }

  /// Certificates say nothing over a connection in the clear.
  private func checkTLS(_ entry: String, _ reader: inout SettingsReader) {
    let urls = [url, logsURL, metricsURL].compactMap { $0 }
    guard !urls.isEmpty, urls.allSatisfy({ !$0.value.isSecure }) else { return }
    let files = [("certificateAuthority", certificateAuthority), ("certificate", certificate)]
    for (key, file) in files {
      guard let file else { continue }
      reader.refuse(file.place, "\(entry).\(key): expected only where the URL begins with https://")
    }
  }
}
