/// One frame of HTTP/2.
///
/// Source: RFC 9113, section 4.1.
struct HTTP2Frame: Hashable {
  var type: Kind
  var flags: Flags
  var stream: UInt32
  var payload: [UInt8]

  /// The frame's type; those that are not named are ignored, as the standard wants.
  struct Kind: RawRepresentable, Hashable {
    let rawValue: UInt8

    static let data = Kind(rawValue: 0)
    static let headers = Kind(rawValue: 1)
    static let resetStream = Kind(rawValue: 3)
    static let settings = Kind(rawValue: 4)
    static let pushPromise = Kind(rawValue: 5)
    static let ping = Kind(rawValue: 6)
    static let goAway = Kind(rawValue: 7)
    static let continuation = Kind(rawValue: 9)
  }

  struct Flags: OptionSet, Hashable {
    let rawValue: UInt8

    /// Of SETTINGS and PING.
    static let acknowledgement = Flags(rawValue: 1)
    /// Of DATA and HEADERS.
    static let endStream = Flags(rawValue: 1)
    static let endHeaders = Flags(rawValue: 4)
    static let padded = Flags(rawValue: 8)
    static let priority = Flags(rawValue: 0x20)
  }

  init(_ type: Kind, _ flags: Flags = [], stream: UInt32 = 0, payload: [UInt8] = []) {
    self.type = type
    self.flags = flags
    self.stream = stream
    self.payload = payload
  }

  /// As it goes over the wire. Payloads of ours are below 16 KiB.
  var bytes: [UInt8] {
    let length = [16, 8, 0].map { UInt8(truncatingIfNeeded: payload.count >> $0) }
    let stream = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: self.stream >> $0) }
    return length + [type.rawValue, flags.rawValue] + stream + payload
  }

  /// The payload of DATA or HEADERS without padding and priority; `nil` where these are longer than it is.
  var content: [UInt8]? {
    var content = payload[...]
    var padding = 0
    if flags.contains(.padded) {
      guard let length = content.popFirst() else { return nil }
      padding = Int(length)
    }
    if type == .headers, flags.contains(.priority) {
      guard content.count >= 5 else { return nil }
      content = content.dropFirst(5)
    }
    return padding <= content.count ? Array(content.dropLast(padding)) : nil
  }

  /// The number in four bytes of the payload, most significant first; `nil` behind its end.
  func number(at offset: Int) -> UInt32? {
    let bytes = payload.dropFirst(offset).prefix(4)
    return bytes.count == 4 ? bytes.reduce(0) { $0 << 8 | UInt32($1) } : nil
  }
}
