import ArgumentParser
import Delivery
import Reporting

/// `clb-agent spool purge`: remove what waits.
struct SpoolPurgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge",
    abstract: "Remove reports unsent: those of one queue, those that were set aside, or all.",
    discussion: """
      Without a choice nothing is removed.

      Examples:
        clb-agent spool purge --queue central.logs
        clb-agent spool purge --set-aside
        clb-agent spool purge --all
      """)

  @Option(
    help: ArgumentHelp(
      "Remove what waits in this queue, as \"spool status\" names it; may be repeated.",
      valueName: "queue"))
  var queue: [String] = []

  @Flag(help: "Remove what was damaged, and what receivers refused.")
  var setAside = false

  @Flag(help: "Remove what waits in every queue, and what was set aside.")
  var all = false

  @OptionGroup var options: SpoolOptions

  func run() throws {
    guard all || setAside || !queue.isEmpty else {
      throw RunError.usage("spool purge: expected --queue, --set-aside or --all")
    }
    let (spool, _, directory) = try options.open()
    let lock = try directory.locked()
    defer { withExtendedLifetime(lock) {} }
    let known = try spooling { () throws(SpoolError) in try spool.knownQueues() }
    let named = try queue.map { name in
      guard let queue = known.first(where: { $0.description == name }) else {
        let names = known.map(\.description).joined(separator: ", ")
        throw RunError.usage(
          "--queue \"\(name)\": expected one of \(names.isEmpty ? "none, for nothing waits" : names)"
        )
      }
      return queue
    }
    let removed = try spooling { () throws(SpoolError) in
      var removed = 0
      for queue in all ? known : named { removed += try spool.purge(queue) }
      if all || setAside { removed += try spool.purgeSetAside() }
      return removed
    }
    StandardOutput.write("\(removed.counted("file")) removed\n")
  }
}
