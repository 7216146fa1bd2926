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

  init(context: NIOSSLContext, serverName: String?) throws(TLSFailure) {
    do {
      let handler = try NIOSSLClientHandler(context: context, serverHostname: serverName)
      try channel.pipeline.syncOperations.addHandlers([handler, watcher])
      // The channel connects to nothing: any address makes it active, and that makes the ClientHello.
      channel.connect(to: try SocketAddress(unixDomainSocketPath: "/"), promise: nil)
    } catch {
      throw TLSFailure(explaining: error)
    }
    try throwIfFailed()
  }

  deinit {
    // What is left in the channel, such as a close_notify that no one reads any more, is of no interest.
    _ = try? channel.finish(acceptAlreadyClosed: true)
  }

  var isHandshakeComplete: Bool { watcher.isHandshakeComplete }

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
