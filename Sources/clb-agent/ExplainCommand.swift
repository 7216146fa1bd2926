import ArgumentParser
import Checker
import Glibc
import Reporting

/// `clb-agent explain`: what the checks ask, and what their findings mean.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a check asks of the host, or what a finding means.",
    discussion: "Without an argument it lists every check with its findings.")

  @Argument(
    help: ArgumentHelp("A check, as listening-socket, or a finding's id.", valueName: "check"),
    completion: .list(checkNames))
  var check: String?

  @Option(
    help: ArgumentHelp(
      "Write the catalogue's pages into this directory instead.", valueName: "directory",
      visibility: .hidden), completion: .directory)
  var pages: String?

  func run() throws {
    let declarations = Checker.allChecks.map { $0.declaration }
    if let pages { return try writePages(declarations, into: pages) }
    StandardOutput.write(try text(declarations))
  }

  private func text(_ declarations: [CheckDeclaration]) throws(RunError) -> String {
    guard let check else { return Explanation.index(of: declarations, width: 80) }
    if let declaration = declarations.first(where: { $0.name == check }) {
      return Explanation.text(of: declaration, width: 80)
    }
    for declaration in declarations {
      if let finding = declaration.findings.first(where: { $0.id.rawValue == check }) {
        return Explanation.text(of: finding, in: declaration, width: 80)
      }
    }
    let names = declarations.map(\.name).joined(separator: ", ")
    throw .usage("explain \"\(check)\": expected a finding's id, or one of \(names)")
  }

  private func writePages(
    _ declarations: [CheckDeclaration], into directory: String
  ) throws(RunError) {
    for declaration in declarations {
      try ReportDestination("\(directory)/\(CheckPage.fileName(of: declaration))")
        .write(Array(CheckPage.markdown(of: declaration).utf8))
    }
    try ReportDestination("\(directory)/README.md")
      .write(Array(CheckPage.index(of: declarations).utf8))
  }
}
