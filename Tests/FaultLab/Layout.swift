/// Where things are, found from this file: the tests may run from any directory.
enum Layout {
  /// The servers' and the prober's scripts.
  static let scripts = ancestor(1) + "/Servers"
  static let packageRoot = ancestor(3)

  private static func ancestor(_ levels: Int) -> String {
    #filePath.split(separator: "/").dropLast(levels).reduce(into: "") { $0 += "/\($1)" }
  }
}
