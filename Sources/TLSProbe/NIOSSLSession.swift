import NIOCore
import NIOEmbedded
import NIOSSL
import Probes

/// A TLS session in memory: NIO's handler in a channel without a socket or an event-loop thread.
///
/// The channel may be used only on the thread that made it, which is the probe's own.
final class NIOSSLSession: TLSClientSession {
  private let channel = EmbeddedChannel()
  private let watcher = SessionWatcher()

  init(context: NIOSSLContext, peer: TLSPeer) throws(TLSFailure) {
    do {
      let watcher = watcher
      let handler = try peer.handler(context) { watcher.examinationFailed($0) }
      try channel.pipeline.syncOperations.addHandlers([handler, watcher])
      // The channel connects to nothing: any address makes it active, and that makes the ClientHello.
      let nowhere = try SocketAddress(unixDomainSocketPath: "/")
      channel.connect(to: nowhere, promise: nil)
      // Where there is no name, the library holds the certificate against the channel's remote address.
      channel.remoteAddress = peer.address ?? nowhere
    } catch {
      throw TLSFailure(explaining: error)
    }
    try throwIfFailed()
  }

  deinit {
    // Without an end the channel and its handlers would hold each other for ever. The handler ends when the
    // server's close_notify comes, or by its own time limit; the channel's clock is ours to advance. (Its
    // `finish()` would wait in earnest, for a server that is no longer listened to.)
    channel.close(promise: nil)
    channel.embeddedEventLoop.advanceTime(by: .hours(1))
  }

  var isHandshakeComplete: Bool { watcher.isHandshakeComplete }

  var negotiatedProtocol: String? { watcher.negotiatedProtocol }

  var isClosedByPeer: Bool { watcher.isInactive && watcher.failure == nil }

  func receive(ciphertext: [UInt8]) throws(TLSFailure) {
    guard !watcher.isInactive else { return }
    channel.pipeline.syncOperations.fireChannelRead(NIOAny(ByteBuffer(bytes: ciphertext)))
    channel.pipeline.syncOperations.fireChannelReadComplete()
    try throwIfFailed()
  }

  func send(plaintext: [UInt8]) throws(TLSFailure) {
    channel.writeAndFlush(ByteBuffer(bytes: plaintext), promise: nil)
    try throwIfFailed()
  }

  func takePlaintext() -> [UInt8] { watcher.takePlaintext() }

  func takeCiphertext() -> [UInt8] {
    var bytes: [UInt8] = []
    // Reading throws for an element of another type, and the handler writes buffers only.
    while let buffer = try? channel.readOutbound(as: ByteBuffer.self) {
      bytes.append(contentsOf: buffer.readableBytesView)
    }
    return bytes
  }

  private func throwIfFailed() throws(TLSFailure) {
    if let failure = watcher.failure { throw failure }
  }
}
