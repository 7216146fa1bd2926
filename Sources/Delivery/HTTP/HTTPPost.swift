/// One POST as it goes over the wire.
struct HTTPPost {
  /// Head and body.
  let bytes: [UInt8]

  /// A header field of the settings.
  struct Field: Sendable, Hashable {
    var name: String
    var value: String
    /// Its value may stand nowhere but in the request.
    var isSecret: Bool
  }

  init(
    _ url: ReceiverURL, _ content: HTTPContent, _ fields: [Field], agentVersion version: String
  ) {
    var lines = [
      "POST \(url.path.isEmpty ? "/" : url.path) HTTP/1.1", "Host: \(url.authority)",
      "Content-Type: \(content.type)", "Content-Length: \(content.bytes.count)",
      "Accept: \(content.type)", "Connection: close",
    ]
    // The form that the OTLP specification recommends: product, exporter, versions.
    if !fields.contains(where: { $0.name.lowercased() == "user-agent" }) {
      lines.append("User-Agent: clb-agent/\(version) OTel-OTLP-Exporter-Swift/\(version)")
    }
    if let encoding = content.encoding { lines.append("Content-Encoding: \(encoding)") }
    lines += fields.map { "\($0.name): \($0.value)" }
    bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + content.bytes
  }

  /// Fields that say how this very request is framed, or to whom it goes.
  private static let own: Set<String> = [
    "host", "content-type", "content-length", "content-encoding", "transfer-encoding", "connection",
    "expect", "te", "trailer", "upgrade",
  ]

  /// Whether settings may name the field: it has the form of RFC 9110, section 5.6.2, and is none of ours.
  package static func mayBeSet(_ name: String) -> Bool {
    let marks = Set("!#$%&'*+-.^_`|~".utf8)
    let isToken = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || marks.contains(byte)
    }
    return !name.isEmpty && isToken && !own.contains(name.lowercased())
  }
}
