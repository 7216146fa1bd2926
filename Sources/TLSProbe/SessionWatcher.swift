import NIOCore
import NIOTLS
import Probes

/// The last handler of the channel: keeps what the TLS handler lets through.
final class SessionWatcher: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private(set) var isHandshakeComplete = false
  /// What the server chose by ALPN.
  private(set) var negotiatedProtocol: String?
  /// The session ended, by close_notify or by a failure.
  private(set) var isInactive = false
  /// The first failure; those behind it are its consequences.
  private(set) var failure: TLSFailure?
  private var plaintext: [UInt8] = []

  /// Takes what was found of a certificate that was only to be looked at.
  func examinationFailed(_ failure: TLSFailure) {
    self.failure = failure
  }

  func takePlaintext() -> [UInt8] {
    defer { plaintext = [] }
    return plaintext
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    plaintext.append(contentsOf: unwrapInboundIn(data).readableBytesView)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case .handshakeCompleted(let chosen) = event as? TLSUserEvent else { return }
    isHandshakeComplete = true
    negotiatedProtocol = chosen
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if failure == nil { failure = TLSFailure(explaining: error) }
  }

  func channelInactive(context: ChannelHandlerContext) {
    isInactive = true
  }
}
