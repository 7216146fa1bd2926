internal import Addressing
internal import LoadBalancer

extension ProbeRequest.HTTPRequest {
  /// The request as it goes over the wire: the line and fields that CLB is known to send, and no more.
  ///
  /// `Host` stands in HTTP/1.0 requests too; servers of that version skip it. Bytes that would end the
  /// line or the request early are escaped in the path and left out of the host, because settings are
  /// typed by people.
  var bytes: [UInt8] {
    let lines = [
      "\(method.rawValue) \(escapedPath) \(version.rawValue)",
      "Host: \(String(decoding: host.utf8.filter { $0 > 0x20 && $0 != 0x7F }, as: UTF8.self))",
      "User-Agent: clb-healthcheck",
      "Accept: */*",
      "Connection: close",
      "\r\n",
    ]
    return Array(lines.joined(separator: "\r\n").utf8)
  }

  private var escapedPath: String {
    let escaped = path.utf8.map { byte in
      (0x21...0x7E).contains(byte)
        ? String(UnicodeScalar(byte))
        : (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
    }
    let text = escaped.joined()
    return text.hasPrefix("/") ? text : "/" + text
  }
}

extension String {
  /// The name in a `Host` or `:authority`, as TLS may send it in the clear (SNI).
  ///
  /// `nil` when it is an address, which TLS forbids, or no name.
  var serverName: String? {
    guard !hasPrefix("[") else { return nil }
    let name = String(prefix { $0 != ":" })
    guard (1...255).contains(name.utf8.count), IPAddress(parsing: name) == nil,
      name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    return name
  }
}
