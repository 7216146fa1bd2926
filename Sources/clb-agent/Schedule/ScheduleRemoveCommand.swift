import ArgumentParser
import Delivery
import Reporting

/// `clb-agent schedule remove`: no more runs.
struct ScheduleRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Remove what \"schedule install\" made, and nothing else.",
    discussion: "A file in its place that it did not make stays, and is an error.")

  @OptionGroup var place: SchedulePlace

  func run() throws {
    let paths = try RunError.rethrowing { () throws(ScheduleError) in
      try place.wait { installer async throws(ScheduleError) in try await installer.remove() }
    }
    let names = paths.map { (place.root ?? "") + $0 }.joined(separator: ", ")
    StandardOutput.write(
      paths.isEmpty ? "no schedule was installed\n" : "removed: \(HostText.terminal(names))\n")
  }
}
