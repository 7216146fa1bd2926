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
  /// - Parameter isCut: whether bytes behind the text were not read; half a last line is then left out.
  /// - Throws: the first line of TCP without addresses and ports of its first packet.
  package init(
    parsing text: String, peers: AddressPrefix, isCut: Bool
  ) throws(ParseFailure) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: true)[...]
    if isCut, text.last != "\n" { lines = lines.dropLast() }
    ports = [:]
    for (index, line) in lines.enumerated() {
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      guard words.contains("tcp") else { continue }
      // The first of each name is the original direction's; the reply's come behind them.
      func first(_ name: String) -> Substring? {
        words.first { $0.hasPrefix(name) }?.dropFirst(name.count)
      }
      guard let address = first("src="), let source = IPAddress(parsing: address),
        let number = first("dport="), let port = UInt16(number)
      else {
        throw ParseFailure(
          line: index + 1, found: String(line), expected: "src=ADDRESS … dport=PORT")
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
      try TrackedConnections(
        parsing: String(decoding: bytes, as: UTF8.self), peers: peers, isCut: bytes.count == limit)
    }
  }
}
