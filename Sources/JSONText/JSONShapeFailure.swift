/// A place in a JSON document where it is not of the shape that was expected.
package struct JSONShapeFailure: Error, Sendable, Hashable {
  package var place: TextPlace
  /// The way to it, as `Listeners[2].HealthCheck.TimeOut`; empty for the whole document.
  package var path: String
  /// The text that stands there, at most `foundLimit` bytes of it; empty at the document's end.
  package var found: String
  package var expected: String

  static let foundLimit = 60

  package init(place: TextPlace, path: String, found: String, expected: String) {
    self.place = place
    self.path = path
    self.found = found
    self.expected = expected
  }
}

extension JSONShapeFailure: CustomStringConvertible {
  package var description: String {
    let way = path.isEmpty ? "" : "\(path): "
    let text = found.isEmpty ? "the document ends" : found
    return "\(place): \(way)\(text); expected \(expected)"
  }
}
