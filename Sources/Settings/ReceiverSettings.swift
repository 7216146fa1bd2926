package import Delivery

/// One receiver of the settings file.
package struct ReceiverSettings: Sendable, Hashable, SettingsEntry {
  package var name: Setting<String>?
  package var type: Setting<ReceiverType>?
  package var url: Setting<ReceiverURL>?
  package var logsURL: Setting<ReceiverURL>?
  package var metricsURL: Setting<ReceiverURL>?
  package var path: Setting<String>?
  package var signals: Setting<[OTLPSignal]>?
  package var encoding: Setting<OTLPReceiver.Encoding>?
  package var compression: Setting<OTLPReceiver.Compression>?
  package var headers: Setting<[HeaderText]>?
  package var headerFiles: Setting<[HeaderText]>?
  /// Seconds.
  package var timeLimit: Setting<Int>?
  /// Minutes.
  package var sendInterval: Setting<Int>?
  package var certificateAuthority: Setting<String>?
  package var certificate: Setting<String>?
  package var key: Setting<String>?

  package init() {}
}

/// What a receiver speaks.
package enum ReceiverType: String, Sendable, Hashable, CaseIterable {
  case otlp, webhook, file, textfile
}

/// What an OTLP receiver gets.
package enum OTLPSignal: String, Sendable, Hashable, CaseIterable {
  case logs, metrics
}

/// A header field as settings write it: `NAME: TEXT`.
package struct HeaderText: Sendable, Hashable {
  package var name: String
  package var text: String

  /// Parses `NAME: TEXT`; `nil` where the name is no token of RFC 9110, or the text is empty or has controls.
  package init?(parsing line: String) {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    name = String(line[..<colon])
    text = String(line[line.index(after: colon)...].drop { $0 == " " })
    let marks = Set("!#$%&'*+-.^_`|~".utf8)
    let isToken = name.utf8.allSatisfy { byte in
      marks.contains(byte) || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }
    guard (1...64).contains(name.utf8.count), isToken, (1...4096).contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
    else { return nil }
  }

  /// Fields that the agent writes itself: a second one would break the request.
  var isOurs: Bool {
    [
      "host", "content-length", "content-type", "content-encoding", "transfer-encoding",
      "connection",
    ]
    .contains(name.lowercased())
  }

  /// Fields whose text is a secret by its nature.
  var isSecret: Bool {
    let name = name.lowercased()
    return ["authorization", "cookie"].contains { name.hasSuffix($0) }
      || ["token", "secret", "password", "api-key", "apikey"].contains { name.contains($0) }
  }
}

extension ReceiverSettings {
  /// Every key of a receiver.
  static let keys: [SettingsKey<ReceiverSettings>] = {
    let http = ofHTTP.map { key in
      key.only(where: "type is otlp or webhook") { $0.type.map { $0.value.isHTTP } ?? true }
    }
    let otlp = ofOTLP.map { key in
      key.only(where: "type is otlp") { $0.type.map { $0.value == .otlp } ?? true }
    }
    let files = ofFiles.map { key in
      key.only(where: "type is file or textfile") { $0.type.map { !$0.value.isHTTP } ?? true }
    }
    return ofAll + http + otlp + files
  }()

  private static let ofAll: [SettingsKey<ReceiverSettings>] = [
    .scalar(
      "name", \.name, .receiverName, example: "central",
      "Names the receiver in the spool, in metrics and in messages."),
    .scalar(
      "type", \.type, .choice(ReceiverType.allCases), example: "otlp",
      "What it speaks: otlp is OTLP/HTTP; webhook takes the JSON reports by POST; file gets OTLP as JSON "
        + "lines; textfile is for the Prometheus node_exporter."),
  ]

  private static let standardSeconds = HTTPEndpoint.standardTimeLimit / 1000

  private static let ofHTTP: [SettingsKey<ReceiverSettings>] = [
    .scalar(
      "url", \.url, .receiverURL, example: "https://otel.example.com:4318",
      "Where it listens. For otlp the base URL, below which /v1/logs and /v1/metrics are."),
    .list(
      "headers", \.headers, .headerText, standard: "none", example: ["\"X-Scope-OrgID: shop\""],
      "Header fields sent along. What is secret belongs into headerFiles."),
    .list(
      "headerFiles", \.headerFiles, .headerFile, standard: "none",
      example: ["\"Authorization: /etc/clb-agent/token\""],
      "Header fields whose text is a file's first line, read when it is sent. A name without / is a "
        + "systemd credential."),
    .scalar(
      "timeLimit", \.timeLimit, .whole(1...120, "seconds"), standard: "\(standardSeconds)",
      example: "\(standardSeconds)",
      "How long one request may take, its whole answer included."),
    .scalar(
      "sendInterval", \.sendInterval, .whole(0...1440, "minutes"), standard: "0", example: "60",
      "While nothing changes, what waits is sent once in so many minutes, in one request; news goes at "
        + "once. 0 sends at each run."),
    .scalar(
      "certificateAuthority", \.certificateAuthority, .path, standard: "the system's",
      example: "/etc/clb-agent/ca.pem",
      "PEM file of the authorities that the receiver's certificate must come from."),
    .scalar(
      "certificate", \.certificate, .path, standard: "none", example: "/etc/clb-agent/client.pem",
      "PEM file of this host's own certificate, for receivers that want one; with key."),
    .scalar(
      "key", \.key, .path, standard: "none", example: "/etc/clb-agent/client.key",
      "PEM file of that certificate's private key."),
  ]

  private static let ofOTLP: [SettingsKey<ReceiverSettings>] = [
    .scalar(
      "logsUrl", \.logsURL, .receiverURL, standard: "url with /v1/logs",
      example: "https://otel.example.com:4318/v1/logs", "Where logs go, used as it is."),
    .scalar(
      "metricsUrl", \.metricsURL, .receiverURL, standard: "url with /v1/metrics",
      example: "https://otel.example.com:4318/v1/metrics", "Where metrics go, used as it is."),
    .list(
      "signals", \.signals, .choice(OTLPSignal.allCases), standard: "logs, metrics",
      example: ["logs", "metrics"], "What is sent."),
    .scalar(
      "encoding", \.encoding, .choice(OTLPReceiver.Encoding.allCases), standard: "protobuf",
      example: "protobuf", "How requests are written; some receivers take no JSON."),
    .scalar(
      "compression", \.compression, .choice(OTLPReceiver.Compression.allCases), standard: "gzip",
      example: "gzip", "How requests are packed."),
  ]

  private static let ofFiles: [SettingsKey<ReceiverSettings>] = [
    .scalar(
      "path", \.path, .absolutePath, example: "/var/lib/prometheus/node-exporter/clb_agent.prom",
      beside: [
        SettingsKeyPage.Sibling(key: "name", value: "local"),
        SettingsKeyPage.Sibling(key: "type", value: "textfile"),
      ],
      "For file the directory of logs.jsonl and metrics.jsonl; for textfile the file, whose name ends "
        + "in .prom.")
  ]
}

extension ReceiverType {
  /// Whether requests are sent to it.
  var isHTTP: Bool { self == .otlp || self == .webhook }
}
