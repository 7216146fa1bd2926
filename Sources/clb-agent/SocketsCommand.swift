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
    let result: CollectorResult
    do throws(PrivilegeError) {
      let child = try CollectorProcess.split(keeping: [.netAdmin, .sysPtrace, .dacReadSearch]) {
        record in
        _ = SocketOwnership.read(from: RecordingDoor(LiveDoor(), record: record))
      }
      result = child.finish(secondsLimit: 30)
    } catch {
      throw RunError.unknown("privileges cannot be given up, so nothing was read: \(error)")
    }
    let door = ReplayingDoor(result.entries, reasonMissing: result.end.failure ?? .notInCapture)
    let ownership = SocketOwnership.read(from: door)
    for table in SocketTable.allCases {
      guard let reading = ownership.sockets.tables[table] else { continue }
      if let reason = reading.reasonMissing {
        StandardError.write("\(table.rawValue): \(reason)\n")
      }
    }
    let rows = ownership.sockets.all.map { socket in
      row(socket, ownership).map { HostText.terminal($0) }
    }
    StandardOutput.write(table(rows))
  }

  private func row(_ socket: ListeningSocket, _ ownership: SocketOwnership) -> [String] {
    let details = socket.details
    let queue = details.map { "\(socket.receiveQueue)/\($0.acceptQueueLimit)" } ?? "?"
    var families = ""
    if socket.address.isUnspecified, socket.table.family == .ipv6 {
      families = details?.isIPv6Only.map { $0 ? "v6only" : "v4 too" } ?? "?"
    }
    let device = details.map { $0.deviceIndex == 0 ? "" : "device \($0.deviceIndex)" } ?? ""
    return [
      socket.table.rawValue, "\(socket.address.urlHost):\(socket.port)",
      socket.table.isTCP ? queue : "", families, device, owner(of: socket, ownership),
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
