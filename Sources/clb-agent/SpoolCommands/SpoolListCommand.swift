import ArgumentParser
import Delivery
import Reporting

/// `clb-agent spool list`: the reports that wait.
struct SpoolListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the reports that wait, newest first.")

  @OptionGroup var options: SpoolOptions

  @Flag(help: "List what receivers refused instead.")
  var rejected = false

  func run() throws {
    let (spool, _, _) = try options.open()
    let lines = try spooling { () throws(SpoolError) in
      var lines: [String] = []
      for queue in try spool.knownQueues() {
        let entries = rejected ? try spool.rejected(in: queue) : try spool.waiting(in: queue)
        lines += entries.map { entry in
          "\(entry.takenAt.rfc3339)  \(entry.reportID)  \(queue)  \(entry.bytes) bytes"
        }
      }
      return lines
    }
    for line in lines { StandardOutput.write(HostText.terminal(line) + "\n") }
  }
}
