package import Addressing

/// A target as an operator names it: a URL whose address may be left out.
///
/// `http://10.0.0.5:80/health`, `https://:8443/`, `tcp://:8080`, `udp://[fd00::5]:53`.
package struct TargetURL: Sendable, Hashable {
  package var transport: TargetProtocol
  /// `nil` stands for the host's own private address.
  package var address: IPAddress?
  package var port: UInt16
  /// The path with its query, for gRPC the method; `nil` where the URL names none.
  package var path: String?

  package init(
    transport: TargetProtocol, address: IPAddress?, port: UInt16, path: String? = nil
  ) {
    self.transport = transport
    self.address = address
    self.port = port
    self.path = path
  }

  /// Parses a URL of one of the schemes of `TargetProtocol`.
  ///
  /// - Throws: which part is not as expected.
  package init(parsing text: String) throws(TargetURLError) {
    guard let colon = text.firstRange(of: "://") else {
      throw TargetURLError(
        text,
        expected:
          "tcp://, udp://, http://, https://, grpc:// or grpcs:// with [ADDRESS]:PORT behind it")
    }
    guard let transport = TargetProtocol(rawValue: String(text[..<colon.lowerBound])) else {
      throw TargetURLError(text, expected: "the scheme tcp, udp, http, https, grpc or grpcs")
    }
    let rest = text[colon.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let path = rest[authority.endIndex...]
    self.transport = transport
    let (host, port) = try TargetURL.split(authority, of: text)
    self.address = try TargetURL.address(host, of: text)
    self.port = try TargetURL.port(port, transport, of: text)
    self.path = try TargetURL.path(path, transport, of: text)
  }

  /// Splits `HOST:PORT`; an IPv6 host stands in brackets.
  private static func split(
    _ authority: Substring, of text: String
  ) throws(TargetURLError) -> (host: Substring, port: Substring?) {
    guard authority.first == "[" else {
      let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      return (parts.first ?? "", parts.count == 2 ? parts[1] : nil)
    }
    guard let end = authority.firstIndex(of: "]") else {
      throw TargetURLError(text, expected: "a \"]\" behind the IPv6 address")
    }
    let behind = authority[authority.index(after: end)...]
    guard behind.isEmpty || behind.first == ":" else {
      throw TargetURLError(text, expected: "\":PORT\" behind the \"]\"")
    }
    return (authority[...end], behind.isEmpty ? nil : behind.dropFirst())
  }

  private static func address(
    _ host: Substring, of text: String
  ) throws(TargetURLError) -> IPAddress? {
    if host.isEmpty { return nil }
    let isBracketed = host.first == "["
    let bare = isBracketed ? host.dropFirst().dropLast() : host
    guard let address = IPAddress(parsing: bare), isBracketed == (address.family == .ipv6) else {
      throw TargetURLError(
        text,
        expected: "an IPv4 address, an IPv6 address in brackets, or none for the private address; "
          + "a name belongs into --check-domain")
    }
    return address
  }

  private static func port(
    _ port: Substring?, _ transport: TargetProtocol, of text: String
  ) throws(TargetURLError) -> UInt16 {
    switch (port, transport) {
    case (nil, .http): return 80
    case (nil, .https): return 443
    case (let port?, _):
      guard let number = UInt16(port), number > 0, port.allSatisfy(\.isNumber) else { break }
      return number
    case (nil, _): break
    }
    throw TargetURLError(text, expected: "a port from 1 to 65535")
  }

  private static func path(
    _ path: Substring, _ transport: TargetProtocol, of text: String
  ) throws(TargetURLError) -> String? {
    if path.isEmpty || (path == "/" && !transport.hasPath) { return nil }
    guard transport.hasPath else {
      throw TargetURLError(text, expected: "no path, for \(transport.rawValue) has none")
    }
    // A space or a line end would end the request line early and add lines of the caller's own.
    guard path.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !path.contains("#") else {
      throw TargetURLError(text, expected: "a path of visible ASCII characters without \"#\"")
    }
    return path.first == "?" ? "/" + path : String(path)
  }
}

extension TargetURL: CustomStringConvertible {
  package var description: String {
    "\(transport.rawValue)://\(address?.urlHost ?? ""):\(port)\(path ?? "")"
  }
}

/// A target that is not a URL as expected.
package struct TargetURLError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The target as typed.
  package var text: String
  package var expected: String

  init(_ text: String, expected: String) {
    self.text = text
    self.expected = expected
  }

  package var description: String { "target \"\(text)\": expected \(expected)" }
}
