/// A YAML text as a tree: one document of plain mappings, lists and scalars.
///
/// What YAML offers beyond that is refused, each at its place: anchors and aliases, which make a small
/// text a huge tree; tags; merge keys; several documents; keys that are no words; keys given twice.
struct YAMLDocument {
  /// `nil` for an empty text.
  private(set) var root: YAMLNode?

  /// Levels of lists and mappings that may lie in one another; settings have five.
  private static let deepest = 16

  /// More than anybody would read.
  private static let mostProblems = 1000

  init(parsing bytes: [UInt8]) throws(SettingsProblems) {
    if let problem = YAMLText.problem(bytes) { throw SettingsProblems([problem]) }
    var builder = YAMLTreeBuilder(deepest: Self.deepest)
    do throws(SettingsProblem) {
      var events = try YAMLEvents(bytes)
      while builder.problems.count < Self.mostProblems, try builder.take(events.next()) {}
    } catch {
      builder.problems.append(Self.explained(error, bytes))
    }
    guard builder.problems.isEmpty else { throw SettingsProblems(builder.problems) }
    root = builder.root
  }

  /// libyaml says of a tab only that it "cannot start any token".
  private static func explained(_ problem: SettingsProblem, _ bytes: [UInt8]) -> SettingsProblem {
    guard YAMLText.scalar(at: problem.place, in: bytes) == "\t" else { return problem }
    return SettingsProblem(
      problem.place, "a tab; expected spaces, for YAML indents with them alone")
  }
}
