import ArgumentParser
import Checker
import Settings

/// The names of all checks, in the order of the probe's way.
let checkNames = Checker.allChecks.map { $0.declaration.name }

/// Which checks run.
struct CheckOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Run this check alone; may be repeated. \"clb-agent explain\" lists them.", valueName: "check"
    ),
    completion: .list(checkNames))
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave this check out, or this finding by its id; may be repeated.", valueName: "check"),
    completion: .list(Skips.known))
  var skip: [String] = []

  /// The checks on the probe's way, in its order; those of `--skip` are among them, to be shown as
  /// skipped.
  func checks() throws(RunError) -> [any Check.Type] {
    for (option, values, known) in [("--only", only, checkNames), ("--skip", skip, Skips.known)] {
      for value in values where !known.contains(value) {
        let nearest = NearestWord.nearest(to: value, of: known).map { "\"\($0)\"" }
        throw .usage(
          "\(option) \"\(value)\": expected "
            + (nearest ?? "one of \(checkNames.joined(separator: ", "))"))
      }
    }
    let checks = Checker.allChecks.filter { check in
      let name = check.declaration.name
      return only.isEmpty || only.contains(name)
    }
    guard checks.contains(where: { !skip.contains($0.declaration.name) }) else {
      throw .usage("--only and --skip: expected to leave at least one check to run")
    }
    return checks
  }
}
