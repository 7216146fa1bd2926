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
    let lines = ownership.sockets.all.map { HostText.terminal(line($0, ownership)) + "\n" }
    StandardOutput.write(lines.joined())
  }

  private func line(_ socket: ListeningSocket, _ ownership: SocketOwnership) -> String {
    var words = [socket.table.rawValue, "\(socket.address.urlHost):\(socket.port)"]
    if let details = socket.details {
      if socket.table.isTCP { words.append("\(socket.receiveQueue)/\(details.acceptQueueLimit)") }
      if socket.address.isUnspecified, let isOnly = details.isIPv6Only {
        words.append(isOnly ? "v6only" : "v4 too")
      }
      if details.deviceIndex != 0 { words.append("device \(details.deviceIndex)") }
    }
    guard let owner = ownership.owners[socket.inode] else {
      return (words + ["owner not visible"]).joined(separator: "\t")
    }
    let unit = owner.unit.map { " \($0)" } ?? ""
    return (words + ["\(owner.command) \(owner.processID)\(unit)"]).joined(separator: "\t")
  }
}
