package import Host

/// The state of one systemd unit.
///
/// Source: `systemctl show`; the properties are those of org.freedesktop.systemd1(5).
package struct UnitState: Sendable, Hashable {
  /// The unit's own name: an alias that was asked for is answered with the unit behind it.
  package var id: String
  /// All its names, aliases among them.
  package var names: [String]
  /// `loaded`, `not-found`, `masked`, `error`, …
  package var loadState: String
  /// `active`, `reloading`, `inactive`, `failed`, `activating`, `deactivating`.
  package var activeState: String
  /// `running`, `exited`, `dead`, …
  package var subState: String
  /// `enabled`, `disabled`, `static`, …; empty where there is no unit file.
  package var unitFileState: String
  /// `nil` while no process of it runs.
  package var mainProcess: Int?

  /// The properties that are asked for.
  static let properties = [
    "Id", "Names", "LoadState", "ActiveState", "SubState", "UnitFileState", "MainPID",
  ]

  /// Parses the output of `systemctl show`: `Name=value` lines, an empty line between two units.
  ///
  /// The lines of a unit come in systemd's order, not the question's. Properties not asked for are
  /// skipped.
  ///
  /// - Throws: the first line that is no assignment, a unit's last line when the unit has no `Id`
  ///   or no `LoadState`, or a `MainPID` that is no number.
  package static func units(parsing text: some StringProtocol) throws(ParseFailure) -> [UnitState] {
    var units: [UnitState] = []
    var values: [Substring: Substring] = [:]
    let lines = text.kernelLines
    for line in lines {
      guard !line.text.isEmpty else {
        if !values.isEmpty { units.append(try UnitState(values, last: line)) }
        values = [:]
        continue
      }
      guard let equals = line.text.firstIndex(of: "="), equals != line.text.startIndex else {
        throw line.failure(found: line.text, expected: "Property=value")
      }
      values[line.text[..<equals]] = line.text[line.text.index(after: equals)...]
    }
    if let last = lines.last, !values.isEmpty { units.append(try UnitState(values, last: last)) }
    return units
  }

  private init(
    _ values: [Substring: Substring], last: NumberedLine
  ) throws(ParseFailure) {
    guard let id = values["Id"], let loadState = values["LoadState"] else {
      throw last.failure(found: last.text, expected: "a unit with Id and LoadState above here")
    }
    self.id = String(id)
    names = (values["Names"] ?? id).split(separator: " ").map(String.init)
    self.loadState = String(loadState)
    activeState = String(values["ActiveState"] ?? "")
    subState = String(values["SubState"] ?? "")
    unitFileState = String(values["UnitFileState"] ?? "")
    let process = values["MainPID"] ?? "0"
    guard let number = Int(kernelDecimal: process), number >= 0 else {
      throw last.failure(found: process, expected: "a process number in MainPID")
    }
    mainProcess = number == 0 ? nil : number
  }

  /// Whether the host has such a unit, usable or masked.
  package var isInstalled: Bool { loadState != "not-found" }

  /// Whether it works now; an ended unit that stays active (`exited`) does too.
  package var isActive: Bool { activeState == "active" || activeState == "reloading" }

  /// Whether it starts at boot.
  package var isEnabled: Bool { unitFileState == "enabled" || unitFileState == "enabled-runtime" }
}
