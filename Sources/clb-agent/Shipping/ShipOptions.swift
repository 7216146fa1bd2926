import ArgumentParser
import Delivery
import Glibc
import Host
import Reporting

/// What becomes of an inspection's report beside being printed.
struct ShipOptions: ParsableArguments {
  @Option(
    defaultAsFlag: .summary,
    help: ArgumentHelp(
      "Keep the report for the receivers of the settings file, and send what waits for them; "
        + "--ship=full sends the whole report, not a summary.", valueName: "detail"))
  var ship: ReportDetail?

  @Flag(help: "Print only when a verdict or a finding changed since the last run with --ship.")
  var quiet = false

  @Option(
    help: ArgumentHelp(
      "Wait first, this host's own share of so many seconds (0-3600), so that a fleet does not run at "
        + "once.", valueName: "seconds"))
  var spread = 0

  /// Holds the options to fit each other and the rest of the command line.
  ///
  /// - Parameter other: the option that names another host than this one.
  func validate(besides other: String?) throws(RunError) {
    guard (0...3600).contains(spread) else {
      throw .usage("--spread \"\(spread)\": expected a whole number from 0 to 3600 (seconds)")
    }
    if ship != nil, let other {
      throw .usage(
        "--ship with \(other): expected one of them, for receivers are told of this host")
    }
    guard quiet, ship == nil else { return }
    throw .usage("--quiet: expected --ship beside it, which keeps what the last run said")
  }

  /// Waits for this host's own moment.
  func waitForTurn(_ log: ProgressLog) {
    guard spread > 0 else { return }
    let milliseconds = Spread(of: LiveDoor()).offsetMilliseconds(withinSeconds: spread)
    log.begin("waiting \(milliseconds / 1000) s of the \(spread) s, for this host's moment")
    var rest = timespec(tv_sec: milliseconds / 1000, tv_nsec: milliseconds % 1000 * 1_000_000)
    // A signal leaves the time that is left in the first argument's place.
    while true {
      var left = timespec()
      guard nanosleep(&rest, &left) != 0, errno == EINTR else { return }
      rest = left
    }
  }
}

extension ReportDetail: ExpressibleByArgument {}
