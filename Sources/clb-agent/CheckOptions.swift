import ArgumentParser
import Checker

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
    help: ArgumentHelp("Leave this check out; may be repeated.", valueName: "check"),
    completion: .list(checkNames))
  var skip: [String] = []

  /// The checks to run, in the order of the probe's way.
  func checks() throws(RunError) -> [any Check.Type] {
    for (option, values) in [("--only", only), ("--skip", skip)] {
      for value in values where !checkNames.contains(value) {
        throw .usage(
          "\(option) \"\(value)\": expected one of \(checkNames.joined(separator: ", "))")
      }
    }
    let checks = Checker.allChecks.filter { check in
      let name = check.declaration.name
      return (only.isEmpty || only.contains(name)) && !skip.contains(name)
    }
    guard !checks.isEmpty else {
      throw .usage("--only and --skip: expected to leave at least one check to run")
    }
    return checks
  }
}
