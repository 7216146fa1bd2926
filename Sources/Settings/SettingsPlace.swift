/// Where something stands in the settings file.
package struct SettingsPlace: Sendable, Hashable, Comparable {
  /// From 1.
  package var line: Int
  /// From 1; counts Unicode scalars, as editors that know no tabs do.
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static let start = SettingsPlace(line: 1, column: 1)

  package static func < (left: SettingsPlace, right: SettingsPlace) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// One thing that is wrong with a settings file.
package struct SettingsProblem: Error, Sendable, Hashable {
  package var place: SettingsPlace
  /// The key's path, the value as written and what was expected; not escaped.
  package var message: String

  package init(_ place: SettingsPlace, _ message: String) {
    self.place = place
    self.message = message
  }

  /// The problem as compilers print theirs: `config.yaml:3:5: sources[0] "x": expected …`.
  package func line(file: String) -> String {
    "\(file):\(place.line):\(place.column): \(message)"
  }
}

/// All that is wrong with a settings file, in the order of its lines.
package struct SettingsProblems: Error, Sendable, Hashable {
  package var all: [SettingsProblem]

  /// The most that are told of one file: beyond that it is not a settings file.
  private static let most = 100

  package init(_ all: [SettingsProblem]) {
    self.all = all.sorted { ($0.place, $0.message) < ($1.place, $1.message) }
  }

  /// One line for each problem.
  package func lines(file: String) -> [String] {
    let hidden = all.count - Self.most
    return all.prefix(Self.most).map { $0.line(file: file) }
      + (hidden > 0 ? ["\(file): and \(hidden) more"] : [])
  }
}
