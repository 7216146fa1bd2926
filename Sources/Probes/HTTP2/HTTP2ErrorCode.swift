/// Why a stream or a connection was ended.
///
/// Source: RFC 9113, section 7.
struct HTTP2ErrorCode: RawRepresentable, Hashable {
  let rawValue: UInt32

  static let noError = HTTP2ErrorCode(rawValue: 0)

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// A frame that is too short for a code is taken for a protocol error of its sender.
  init(_ number: UInt32?) { self.init(rawValue: number ?? 1) }
}

extension HTTP2ErrorCode: CustomStringConvertible {
  var description: String {
    HTTP2ErrorCode.names[rawValue] ?? "error \(rawValue)"
  }

  private static let names: [UInt32: String] = [
    0: "NO_ERROR", 1: "PROTOCOL_ERROR", 2: "INTERNAL_ERROR", 3: "FLOW_CONTROL_ERROR",
    4: "SETTINGS_TIMEOUT", 5: "STREAM_CLOSED", 6: "FRAME_SIZE_ERROR", 7: "REFUSED_STREAM",
    8: "CANCEL", 9: "COMPRESSION_ERROR", 10: "CONNECT_ERROR", 11: "ENHANCE_YOUR_CALM",
    12: "INADEQUATE_SECURITY", 13: "HTTP_1_1_REQUIRED",
  ]
}
