import ArgumentParser
import Delivery
import Reporting

/// `clb-agent spool show`: one report as it waits.
struct SpoolShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Print one report that waits or was refused, as JSON.")

  @Argument(
    help: ArgumentHelp("The report's id, as \"spool list\" prints it.", valueName: "report"))
  var reportID: String

  @OptionGroup var options: SpoolOptions

  func run() throws {
    let (spool, _, _) = try options.open()
    let document = try spooling { () throws(SpoolError) in try spool.document(ofReport: reportID) }
    guard let document else {
      throw RunError.usage(
        "spool show \"\(reportID)\": expected the id of a report that \"clb-agent spool list\" prints"
      )
    }
    StandardOutput.write(HostText.json(document: String(decoding: document, as: UTF8.self)))
  }
}
