import FoundationEssentials
import Reporting

/// JSON for programs, harmless on a terminal.
enum PrintedJSON {
  /// One document of sorted members that ends in a line feed.
  static func render(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    do {
      let document = String(decoding: try encoder.encode(value), as: UTF8.self)
      return HostText.json(document: document) + "\n"
    } catch {
      preconditionFailure("numbers and text can always be encoded: \(error)")
    }
  }
}
