import Glibc

@testable import LoadBalancer

/// The recorded output of the real tccli.
enum Recorded {
  static let directory =
    #filePath.split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" }
    + "/CloudAPI"

  static let names = [
    "account.json", "health.json", "instances.json", "listeners-edge.json", "listeners-inner.json",
    "load-balancers.json", "reverse.json", "targets-edge.json", "targets-inner.json",
  ]

  static func bytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
      bytes += buffer[..<count]
    }
    return bytes
  }

  static func document(_ name: String, in directory: String = directory + "/Recorded")
    -> CloudDocument
  {
    CloudDocument(name: name, bytes: bytes("\(directory)/\(name)"))
  }

  static func documents(_ names: [String] = names) -> [CloudDocument] {
    names.map { document($0) }
  }
}

extension CloudDocument {
  /// A document written in a test.
  init(_ name: String, _ text: String) { self.init(name: name, bytes: Array(text.utf8)) }

  /// A document named `a.json`.
  init(_ text: String) { self.init("a.json", text) }
}
