import CZlib

/// The body of a POST, and what its header says of it.
struct HTTPContent: Sendable, Hashable {
  /// `Content-Type`, also what is accepted as an answer.
  var type: String
  var bytes: [UInt8]
  /// `Content-Encoding`; `nil` for none.
  private(set) var encoding: String?

  init(type: String, bytes: [UInt8]) {
    self.type = type
    self.bytes = bytes
  }

  /// The content as it is sent compressed; as it is where zlib has no memory for it.
  func gzipped() -> HTTPContent {
    guard encoding == nil, let compressed = gzip(bytes) else { return self }
    var content = self
    content.bytes = compressed
    content.encoding = "gzip"
    return content
  }
}

/// The bytes as one member of a gzip file, RFC 1952; `nil` where zlib has no memory for it.
func gzip(_ bytes: [UInt8]) -> [UInt8]? {
  var stream = z_stream()
  // deflateInit2 is a macro that adds version and size. 16 above the largest window asks for gzip's header.
  let status = deflateInit2_(
    &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  guard status == Z_OK, let count = UInt32(exactly: bytes.count) else { return nil }
  defer { deflateEnd(&stream) }
  let limit = Int(deflateBound(&stream, UInt(count)))
  guard let room = UInt32(exactly: limit) else { return nil }
  var input = bytes
  let compressed = [UInt8](unsafeUninitializedCapacity: limit) { output, initialized in
    input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = count
      stream.next_out = output.baseAddress
      stream.avail_out = room
      initialized = deflate(&stream, Z_FINISH) == Z_STREAM_END ? limit - Int(stream.avail_out) : 0
    }
  }
  return compressed.isEmpty ? nil : compressed
}
