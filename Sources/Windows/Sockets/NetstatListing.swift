package import Addressing
package import Host

/// All sockets of a host, as `netstat -ano` lists them: TCP before UDP, IPv4 before IPv6.
package struct NetstatListing: Sendable, Hashable {
  package var rows: [NetstatRow]
  /// Whether the file ends with a whole line.
  package var isWhole: Bool

  /// Parses the whole output. Heading lines may be of any language; the rows are not.
  ///
  /// A last line without its end is left out.
  ///
  /// - Throws: the first line behind the headings that is no row.
  package init(parsing text: ConsoleText) throws(ParseFailure) {
    rows = []
    isWhole = text.isWhole
    for line in text.isWhole ? text.lines[...] : text.lines.dropLast() where !line.isBlank {
      if let row = try NetstatRow(parsing: line) {
        rows.append(row)
      } else if !rows.isEmpty {
        throw ParseFailure(
          line: line.number, found: String(line.trimmed),
          expected: "a row of \"netstat -ano\", beginning with TCP or UDP")
      }
    }
    guard !rows.isEmpty else {
      throw .cut(text, expected: "rows of \"netstat -ano\", beginning with TCP or UDP")
    }
  }

  /// Why a socket that is not listed may be there after all; `nil` where the listing has all of them.
  ///
  /// netstat writes no end mark. But UDP rows come behind all TCP rows, and every Windows has some.
  package func doubt(_ transport: NetstatRow.Transport) -> String? {
    if transport == .tcp, rows.last?.transport == .udp { return nil }
    if transport == .udp, isWhole, rows.last?.transport == .udp { return nil }
    return "\(CaptureFile.sockets.rawValue) was cut: UDP rows stand at the end of the whole listing"
  }

  /// The sockets that wait: for connections, or for datagrams.
  package func waiting(_ transport: NetstatRow.Transport) -> [NetstatRow] {
    rows.filter { $0.transport == transport && ($0.state ?? .listening) == .listening }
  }

  /// Connections from these sources to a waiting port whose handshake is done.
  package func connections(from sources: [AddressPrefix]) -> [NetstatRow] {
    let ports = Set(waiting(.tcp).map(\.local.port))
    return rows.filter { row in
      guard row.state?.isBehindHandshake == true, let foreign = row.foreign else { return false }
      return ports.contains(row.local.port)
        && sources.contains { $0.contains(foreign.address.unmapped) }
    }
  }
}
