/// Where things are, found from this file: the tests may run from any directory.
enum Layout {
  /// The scripts that make a host and probe it.
  static let world = room + "/World"
  /// Rulesets that were once judged wrongly, as their host listed them.
  static let regressions = room + "/Regressions"

  private static let room = #filePath.split(separator: "/").dropLast(2)
    .reduce(into: "") { $0 += "/\($1)" }
}
