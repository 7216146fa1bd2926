/// What a CUSTOM check sends, and what must come back.
///
/// Source: `ContextType`, `SendContext` and `RecvContext` of `HealthCheck`,
/// https://www.tencentcloud.com/document/product/214/39251 . How the answer is compared is not documented.
package struct CustomCheck: Sendable, Hashable, Codable {
  package var contextType: ContextType
  /// The bytes that are sent; at most 500.
  package var send: [UInt8]
  /// The bytes that are expected; empty where any answer, and for UDP also silence, is healthy.
  package var receive: [UInt8]

  package init(contextType: ContextType, send: [UInt8], receive: [UInt8]) {
    self.contextType = contextType
    self.send = send
    self.receive = receive
  }

  /// A check of a UDP port alone, which sends a datagram and takes all but port-unreachable for healthy.
  package static let portOnly = CustomCheck(contextType: .text, send: [], receive: [])

  /// The bytes that pairs of hexadecimal digits name; `nil` for anything else.
  package static func bytes(hexadecimal text: String) -> [UInt8]? {
    let digits = text.compactMap { $0.isASCII ? $0.hexDigitValue : nil }
    guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  /// The bytes that `SendContext` or `RecvContext` stands for.
  ///
  /// - Returns: `nil` where HEX is not written as pairs of 0-9 and A-F.
  package static func bytes(of context: String, as type: ContextType) -> [UInt8]? {
    type == .hexadecimal ? bytes(hexadecimal: context) : Array(context.utf8)
  }

  /// How the API writes the bytes.
  package enum ContextType: String, Sendable, Hashable, Codable, CaseIterable {
    case text = "TEXT"
    case hexadecimal = "HEX"
  }
}
