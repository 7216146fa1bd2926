/// Tells from the first bytes of an answer whether the server speaks TLS.
struct TLSRecordSign: Hashable {
  private var first: [UInt8] = []

  mutating func receive(_ bytes: [UInt8]) {
    first += bytes.prefix(2 - min(2, first.count))
  }

  /// An alert (21) or a handshake record (22), and the major version 3 of SSL 3 and every TLS.
  ///
  /// Source: RFC 8446, section 5.1.
  var isTLS: Bool {
    first == [21, 3] || first == [22, 3]
  }
}
