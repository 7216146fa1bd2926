import FoundationEssentials

extension VerdictHistory {
  /// Bytes of the largest history that is read: some thousand targets, each with findings.
  package static let documentLimit = 8 << 20

  /// The history as a JSON document.
  package var document: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    do {
      return Array(try encoder.encode(self))
    } catch {
      preconditionFailure("the history cannot be encoded: \(error)")
    }
  }

  /// Parses a document that `document` made; `nil` for anything else, also of another version.
  package init?(parsing document: [UInt8]) {
    guard let history = try? JSONDecoder().decode(Self.self, from: Data(document)),
      history.version == Self.currentVersion, history.runs >= 0
    else { return nil }
    self = history
  }
}
