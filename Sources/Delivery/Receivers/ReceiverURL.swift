package import Addressing

/// An `http` or `https` URL of a receiver, without user information, query and fragment.
package struct ReceiverURL: Sendable, Hashable {
  package var isSecure: Bool
  package var host: Host
  package var port: UInt16
  /// Empty, or begins with `/`; never ends with one.
  package var path: String

  package enum Host: Sendable, Hashable {
    case address(IPAddress)
    /// A DNS name in lower case.
    case name(String)
  }

  package static let expected =
    "http:// or https:// with HOST[:PORT][/PATH] behind it, as https://otel.example.com:4318"

  /// Parses a whole URL; `nil` for anything else.
  ///
  /// User information is no part of it: what is in a settings file is not for secrets.
  package init?(parsing text: String) {
    guard let scheme = ["http://", "https://"].first(where: text.hasPrefix),
      text.utf8.count <= 2048,
      text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
      !text.contains(where: { "?#@\\\"<>^`{|}".contains($0) })
    else { return nil }
    isSecure = scheme == "https://"
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" }
    var path = rest.dropFirst(authority.count)
    while path.hasSuffix("/") { path = path.dropLast() }
    self.path = String(path)
    guard let (host, port) = Self.split(authority) else { return nil }
    self.host = host
    self.port = port ?? (scheme == "https://" ? 443 : 80)
  }

  private static func split(_ authority: Substring) -> (Host, UInt16?)? {
    var name = authority
    var port: UInt16?
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      let digits = authority[authority.index(after: colon)...]
      guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(digits),
        number > 0
      else { return nil }
      port = number
      name = authority[..<colon]
    }
    if name.hasPrefix("["), name.hasSuffix("]") {
      guard let address = IPAddress(parsing: String(name.dropFirst().dropLast())),
        address.family == .ipv6
      else { return nil }
      return (.address(address), port)
    }
    if let address = IPAddress(parsing: String(name)), address.family == .ipv4 {
      return (.address(address), port)
    }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    let isName = labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
        && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
    // A last label of digits alone is an address that somebody mistyped: RFC 3696, section 2.
    guard isName, name.utf8.count <= 253, let last = labels.last, !last.allSatisfy(\.isNumber)
    else {
      return nil
    }
    return (.name(name.lowercased()), port)
  }

  /// The host as `Host` and messages have it; without the port where that is the scheme's own.
  package var authority: String {
    let text =
      switch host {
      case .address(let address) where address.family == .ipv6: "[\(address)]"
      case .address(let address): "\(address)"
      case .name(let name): name
      }
    return port == (isSecure ? 443 : 80) ? text : "\(text):\(port)"
  }
}

extension ReceiverURL: CustomStringConvertible {
  package var description: String { "\(isSecure ? "https" : "http")://\(authority)\(path)" }
}
