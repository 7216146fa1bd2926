import NIOSSL
import NIOEmbedded
import NIOCore
func f() throws {
  let c = EmbeddedChannel(); let x = try NIOSSLContext(configuration: .makeClientConfiguration());
  try c.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: x, serverHostname: nil))
}
