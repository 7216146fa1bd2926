import FoundationEssentials

/// `packet-filter-corpus CORPUS` scores the evaluator; `packet-filter-corpus trace …` answers questions.
@main
enum CorpusTool {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "trace" {
      exitStatus(TraceMode.run(Array(arguments.dropFirst())))
    }
    guard let directory = arguments.first else {
      print("usage: packet-filter-corpus CORPUS [FILTER] | trace --rules DIR --questions FILE|-")
      exitStatus(64)
    }
    exitStatus(CorpusRun.run(directory, filter: arguments.dropFirst().first))
  }

  private static func exitStatus(_ status: Int32) -> Never {
    exit(status)
  }
}

import Glibc
