package import Addressing
package import Host

/// Connections that the packet filter tracks, as far as they came from a range.
///
/// A TCP check ends with a reset, so it leaves no socket behind; the tracking table remembers it for
/// some seconds longer.
package struct TrackedConnections: Sendable, Hashable {
  /// Local TCP port → connections from the range.
  package var ports: [UInt16: Int]

  /// Bytes of the listing that are read: some 20,000 connections.
  private static let limit = 4 << 20

  /// Parses `/proc/net/nf_conntrack` or the start of it.
  ///
  /// Works on bytes, and reads a line no further than its first packet's port: on a busy host the
  /// whole of the limit is read.
  ///
  /// - Parameter isCut: whether bytes behind the text were not read; half a last line is then left out.
  /// - Throws: the first line of TCP without addresses and ports of its first packet.
  package init(
    parsing bytes: [UInt8], peers: AddressPrefix, isCut: Bool
  ) throws(ParseFailure) {
    let lineFeed = UInt8(ascii: "\n")
    var lines = bytes.split(separator: lineFeed)[...]
    if isCut, bytes.last != lineFeed { lines = lines.dropLast() }
    ports = [:]
    for (index, line) in lines.enumerated() {
      let packet = FirstPacket(line)
      guard packet.isTCP else { continue }
      guard let source = packet.source, let port = packet.port else {
        throw ParseFailure(
          line: index + 1, found: String(decoding: line, as: UTF8.self),
          expected: "src=ADDRESS … dport=PORT")
      }
      if peers.contains(source) { ports[port, default: 0] += 1 }
    }
  }

  /// Reads the start of the table; absent where the kernel tracks nothing or shows no such file.
  package static func read(
    from door: some HostDoor, peers: AddressPrefix
  ) -> Reading<TrackedConnections> {
    door.readFile("/proc/net/nf_conntrack", limit: .prefix(limit)).parsed {
      bytes throws(ParseFailure) in
      try TrackedConnections(parsing: bytes, peers: peers, isCut: bytes.count == limit)
    }
  }
}

/// What one line tells of a connection's first packet: the first of each name, for those of the reply
/// come behind.
private struct FirstPacket {
  private(set) var isTCP = false
  private(set) var source: IPAddress?
  private(set) var port: UInt16?

  init(_ line: ArraySlice<UInt8>) {
    var rest = line
    while port == nil, !rest.isEmpty {
      let word = rest.prefix { $0 != UInt8(ascii: " ") }
      rest = rest.dropFirst(word.count + 1)
      if word.elementsEqual("tcp".utf8) {
        isTCP = true
      } else if source == nil, word.starts(with: "src=".utf8) {
        source = IPAddress(parsing: String(decoding: word.dropFirst(4), as: UTF8.self))
      } else if word.starts(with: "dport=".utf8) {
        port = UInt16(kernelDecimal: String(decoding: word.dropFirst(6), as: UTF8.self))
        return
      }
    }
  }
}
