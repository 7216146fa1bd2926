/// One request that curl made on the Windows host, and what came back.
package struct CurlExchange: Sendable, Hashable {
  package var url: String
  /// `HEAD` or `GET`, as the options say.
  package var method: String
  /// The `Host` field; `nil` for the URL's own.
  package var host: String?
  /// Whether HTTP/1.0 was asked for.
  package var isHTTP10: Bool
  package var outcome: Outcome
  /// The command as it stands in the file.
  package var command: String

  package enum Outcome: Sendable, Hashable {
    case response(Response)
    /// curl's exit status with its own words: 7 could not connect, 28 time limit, 52 empty reply.
    case failure(code: Int, text: String)
    /// Neither a status line nor an error stands in the file.
    case nothing
  }

  /// The last response's head; those of proxies and of 1xx before it are left out.
  package struct Response: Sendable, Hashable {
    package var statusLine: String
    /// 100–599.
    package var status: Int
    package var fields: [Field]

    /// The value of the first field of that name, any case.
    package func field(_ name: String) -> String? {
      fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }
  }

  package struct Field: Sendable, Hashable {
    package var name: String
    package var value: String
  }

  /// The scheme, host and port, and path of the URL; `nil` where it is none of HTTP.
  package var parts: (scheme: String, host: String, port: UInt16, path: String)? {
    guard let colon = url.firstRange(of: "://") else { return nil }
    let scheme = url[..<colon.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else { return nil }
    let rest = url[colon.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let path = rest[authority.endIndex...].prefix { $0 != "#" }
    var host = authority
    var port: UInt16 = scheme == "http" ? 80 : 443
    if let colon = authority.lastIndex(of: ":"), authority.last != "]" {
      guard let number = UInt16(authority[authority.index(after: colon)...]) else { return nil }
      host = authority[..<colon]
      port = number
    }
    if host.first == "[" { host = host.dropFirst().dropLast() }
    return (scheme, String(host), port, path.first == "/" ? String(path) : "/\(path)")
  }
}
