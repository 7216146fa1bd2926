/// How much each interface sent, measured over a short time.
package struct TransmitRates: Sendable, Hashable, Codable {
  /// Between the two readings.
  package let milliseconds: Int
  /// Bytes sent in that time, by the interface's name; link-layer headers are counted too.
  package let bytes: [String: Int]

  /// Less than this says nothing: one burst would look like a full line.
  package static let fewestMilliseconds = 200

  /// The difference of two readings.
  ///
  /// Interfaces that came, went, or began to count anew in between are left out.
  ///
  /// - Returns: `nil` where too little time lies between them.
  package init?(from first: InterfaceTraffic, to second: InterfaceTraffic, milliseconds: Int) {
    var sent: [String: Int] = [:]
    for (name, before) in first.transmittedBytes {
      guard let after = second.transmittedBytes[name], after >= before else { continue }
      sent[name] = after - before
    }
    self.init(milliseconds: milliseconds, bytes: sent)
  }

  /// - Returns: `nil` for figures that cannot have been measured.
  package init?(milliseconds: Int, bytes: [String: Int]) {
    guard (Self.fewestMilliseconds...86_400_000).contains(milliseconds),
      bytes.values.allSatisfy({ (0...1 << 53).contains($0) })
    else { return nil }
    self.milliseconds = milliseconds
    self.bytes = bytes
  }

  /// Decodes what a capture holds.
  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    guard
      let rates = Self(
        milliseconds: try values.decode(Int.self, forKey: .milliseconds),
        bytes: try values.decode([String: Int].self, forKey: .bytes))
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .milliseconds, in: values, debugDescription: "expected a measured rate")
    }
    self = rates
  }

  /// Mbit/s (10⁶ bits) that an interface sent; `nil` where it was not measured.
  package func megabits(of interface: String) -> Double? {
    bytes[interface].map { Double($0) * 8 / 1000 / Double(milliseconds) }
  }
}
