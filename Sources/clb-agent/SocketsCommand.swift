import Addressing
import ArgumentParser
import Checker
import Collectors
import Host
import Reporting

/// `clb-agent sockets`: who listens where, as the listening-socket check sees it.
struct SocketsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sockets",
    abstract: "List the listening sockets with their owners, queues and IPV6_V6ONLY.",
    discussion: """
      One line a socket: protocol, address, connections that wait and may wait to be accepted, \
      "v6only" or "v4 too" for an IPv6 socket that takes every address, the device it is bound to, \
      and its owner.
      """)

  func run() throws {
    let door = try Collecting.run(keeping: [.netAdmin, .sysPtrace, .dacReadSearch]) { door in
      _ = SocketOwnership.read(from: door)
      _ = NetworkInterface.readAll(from: door)
    }.door
    let ownership = SocketOwnership.read(from: door)
    let interfaces = NetworkInterface.readAll(from: door).value ?? []
    let rows = ownership.sockets.all.map { socket in
      row(socket, ownership, interfaces).map { HostText.terminal($0) }
    }
    StandardOutput.write(table(rows))
    let missing = SocketTable.allCases.compactMap { table in
      ownership.sockets.tables[table]?.reasonNotRead.map { "\(table.rawValue): \($0)" }
    }
    missing.forEach { StandardError.write(HostText.terminal($0) + "\n") }
    if !missing.isEmpty { throw ExitCode(3) }
  }

  private func row(
    _ socket: ListeningSocket, _ ownership: SocketOwnership, _ interfaces: [NetworkInterface]
  ) -> [String] {
    let details = socket.details
    let queue = details.map { "\(socket.receiveQueue)/\($0.acceptQueueLimit)" } ?? "?"
    var families = ""
    if socket.address.isUnspecified, socket.table.family == .ipv6 {
      families = details?.isIPv6Only.map { $0 ? "v6only" : "v4 too" } ?? "?"
    }
    let device = details.flatMap { details -> String? in
      guard details.deviceIndex != 0 else { return nil }
      return interfaces.first { $0.index == details.deviceIndex }?.name
        ?? "device \(details.deviceIndex)"
    }
    return [
      socket.table.rawValue, "\(socket.address.urlHost):\(socket.port)",
      socket.table.isTCP ? queue : "", families, device ?? "", owner(of: socket, ownership),
    ]
  }

  private func owner(of socket: ListeningSocket, _ ownership: SocketOwnership) -> String {
    guard let owner = ownership.owners[socket.inode] else { return "owner not visible" }
    return "\(owner.command) (pid \(owner.processID)\(owner.unit.map { ", \($0)" } ?? ""))"
  }

  /// Columns as wide as their widest cell, two spaces between; a column without content is left out.
  private func table(_ rows: [[String]]) -> String {
    let columns = (rows.first ?? []).indices.filter { column in rows.contains { $0[column] != "" } }
    let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(columns, widths).map { column, width in
        row[column] + String(repeating: " ", count: width - row[column].count)
      }
      let line = cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed()) + "\n"
    }.joined()
  }
}

extension Reading {
  /// Why a listing is not there although the kernel has one; a kernel without IPv6 has none.
  fileprivate var reasonNotRead: String? {
    if case .absent = self { return nil }
    return reasonMissing
  }
}
