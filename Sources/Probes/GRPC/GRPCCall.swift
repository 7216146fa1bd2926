/// One gRPC call over HTTP/2 as a state machine: bytes in, bytes to send and a result out.
///
/// It knows as much of HTTP/2 as one request on one connection needs. What a server can make it keep is
/// bounded: one frame, one header block, HPACK's table.
///
/// Source: RFC 9113; https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md .
struct GRPCCall {
  private(set) var result: Result?
  private(set) var outgoing: [UInt8]
  private var reader = HTTP2FrameReader()
  private var decoder = HPACKDecoder()
  private var response = GRPCResponse()
  /// A header block that goes on in CONTINUATION frames.
  private var block: Block?
  private var frames = 0

  enum Result: Hashable {
    case answered(GRPCResponse)
    /// Who ended what, and why.
    case failed(String)
  }

  private struct Block {
    var bytes: [UInt8]
    var isOfCall: Bool
    var endsStream: Bool
  }

  /// The first stream that a client opens, and the only one here.
  private static let stream: UInt32 = 1
  /// A server has no reason to send more frames than this before its answer is whole.
  private static let frameLimit = 1000
  private static let blockLimit = 64 * 1024

  /// - Parameter isSecure: whether TLS carries it, which `:scheme` tells.
  init(_ request: ProbeRequest.GRPCRequest, isSecure: Bool) {
    // Of SETTINGS one is not the default: no pushes (parameter 2, value 0).
    let settings = HTTP2Frame(.settings, payload: [0, 2, 0, 0, 0, 0])
    let fields = HPACKEncoding.block(GRPCCall.fields(of: request, isSecure: isSecure))
    let head = HTTP2Frame(.headers, .endHeaders, stream: GRPCCall.stream, payload: fields)
    // A message of no bytes, not compressed: five bytes of framing.
    let message = HTTP2Frame(.data, .endStream, stream: GRPCCall.stream, payload: [0, 0, 0, 0, 0])
    outgoing =
      Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
      + [settings, head, message].flatMap(\.bytes)
  }

  /// The head that every gRPC client sends.
  private static func fields(
    of request: ProbeRequest.GRPCRequest, isSecure: Bool
  ) -> [(name: String, value: String)] {
    [
      (":method", "POST"), (":scheme", isSecure ? "https" : "http"),
      (":path", request.path.visible), (":authority", request.authority.visible),
      ("te", "trailers"), ("content-type", "application/grpc"), ("user-agent", "clb-healthcheck"),
    ]
  }

  mutating func takeOutgoing() -> [UInt8] {
    defer { outgoing = [] }
    return outgoing
  }

  /// Takes what the server sent; ignored once there is a result.
  mutating func receive(_ bytes: [UInt8]) {
    guard result == nil else { return }
    let whole: [HTTP2Frame]
    do {
      whole = try reader.receive(bytes)
    } catch {
      return fail("the server sent a frame of more than 16 KiB")
    }
    for frame in whole where result == nil { take(frame) }
  }
}

extension GRPCCall {
  private mutating func take(_ frame: HTTP2Frame) {
    frames += 1
    guard frames <= GRPCCall.frameLimit else {
      return fail("the server sent \(GRPCCall.frameLimit) frames and no answer")
    }
    guard block == nil || frame.type == .continuation else {
      return fail("the server broke off a header block")
    }
    switch frame.type {
    case .settings, .ping: acknowledge(frame)
    case .headers: begin(frame)
    case .continuation: goOn(frame)
    case .data where frame.stream == GRPCCall.stream:
      if frame.flags.contains(.endStream) { finish() }
    case .resetStream where frame.stream == GRPCCall.stream:
      fail("the server reset the call's stream: \(HTTP2ErrorCode(frame.number(at: 0)))")
    case .goAway: leave(frame)
    case .pushPromise: fail("the server pushes, which it was told not to")
    // WINDOW_UPDATE and PRIORITY change nothing for one short call; other types are to be ignored.
    default: break
    }
  }

  private mutating func acknowledge(_ frame: HTTP2Frame) {
    guard !frame.flags.contains(.acknowledgement) else { return }
    let answer = frame.type == .ping ? frame.payload : []
    outgoing += HTTP2Frame(frame.type, .acknowledgement, payload: answer).bytes
  }

  private mutating func begin(_ frame: HTTP2Frame) {
    guard let content = frame.content else {
      return fail("the server padded a head beyond its end")
    }
    let isOfCall = frame.stream == GRPCCall.stream
    block = Block(
      bytes: content, isOfCall: isOfCall, endsStream: frame.flags.contains(.endStream))
    if frame.flags.contains(.endHeaders) { endBlock() }
  }

  private mutating func goOn(_ frame: HTTP2Frame) {
    guard block != nil else { return fail("the server went on with a header block that is none") }
    block?.bytes += frame.payload
    guard let count = block?.bytes.count, count <= GRPCCall.blockLimit else {
      return fail("the server sent a head of more than 64 KiB")
    }
    if frame.flags.contains(.endHeaders) { endBlock() }
  }

  private mutating func endBlock() {
    guard let whole = block else { return }
    block = nil
    do {
      // Blocks of other streams are decoded too: the table is the connection's.
      let fields = try decoder.fields(of: whole.bytes)
      guard whole.isOfCall else { return }
      response.take(fields)
      // What is no gRPC has nothing to say behind its head.
      if whole.endsStream || response.isForeign { finish() }
    } catch {
      fail("the server sent a header block that is not HPACK")
    }
  }

  /// GOAWAY ends the call, unless it says that the call's stream is still answered.
  private mutating func leave(_ frame: HTTP2Frame) {
    let code = HTTP2ErrorCode(frame.number(at: 4))
    guard code != .noError || (frame.number(at: 0) ?? 0) & 0x7FFF_FFFF < GRPCCall.stream else {
      return
    }
    fail("the server refused the connection (GOAWAY): \(code)")
  }

  private mutating func fail(_ reason: String) { result = .failed(reason) }
  private mutating func finish() { result = .answered(response) }
}

extension GRPCResponse {
  /// Takes a head, or the trailers behind it, which hold `grpc-status`.
  fileprivate mutating func take(_ fields: [HTTPResponse.Field]) {
    for field in fields {
      let text = String(field.value.prefix(256))
      switch field.name {
      case ":status": httpStatus = Int(text)
      case "content-type": contentType = contentType ?? text
      case "grpc-status": status = Int(text)
      case "grpc-message": message = text
      default: break
      }
    }
  }

  /// Whether a final head has come that is not gRPC's.
  fileprivate var isForeign: Bool {
    guard let httpStatus, !(100..<200).contains(httpStatus) else { return false }
    return !isGRPC
  }
}

extension String {
  /// The text without bytes that may not stand in a header field's value; settings are typed by people.
  fileprivate var visible: String {
    String(decoding: utf8.filter { $0 > 0x20 && $0 != 0x7F }, as: UTF8.self)
  }
}
