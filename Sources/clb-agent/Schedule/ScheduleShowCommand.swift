import ArgumentParser
import Delivery
import Reporting

/// `clb-agent schedule show`: what is installed.
struct ScheduleShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print what is installed, and when systemd runs it next.")

  @OptionGroup var place: SchedulePlace

  func run() throws {
    let text = try RunError.rethrowing { () throws(ScheduleError) in
      try place.wait { installer async throws(ScheduleError) in try await installer.show() }
    }
    StandardOutput.write(HostText.lines(text))
  }
}
