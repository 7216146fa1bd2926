import FoundationEssentials

/// `packet-filter-corpus CORPUS [FILTER]`: scores the evaluator.
@main
enum CorpusTool {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard let directory = arguments.first else {
      print("usage: packet-filter-corpus CORPUS [FILTER]")
      exitStatus(64)
    }
    exitStatus(CorpusRun.run(directory, filter: arguments.dropFirst().first))
  }

  private static func exitStatus(_ status: Int32) -> Never {
    exit(status)
  }
}

import Glibc
