import Glibc
import Host
import LoadBalancer

/// The documents of the CLB's listeners that the user named: one file, or a directory's `*.json`.
enum ListenerDocuments {
  private static let option = "--listeners"
  private static let expected = "a file or directory of what tccli prints"
  /// The most files that a directory may have.
  private static let fileLimit = 10_000
  /// The most bytes that all documents may have together.
  private static let byteLimit = 256 << 20

  /// Reads and joins them.
  ///
  /// They are the invoking user's: a capability to read others' files is not used for them.
  ///
  /// - Throws: a usage error that names the document, the place in it and what was expected.
  static func read(_ path: String) throws(RunError) -> CloudDescription {
    var documents: [CloudDocument] = []
    var byteCount = 0
    for file in try files(path) {
      let bytes = try InputFile.read(file, option: option, expected: expected)
      byteCount += bytes.count
      guard byteCount <= byteLimit else {
        throw .usage(
          "\(option) \"\(path)\": expected documents of at most \(byteLimit) bytes in all")
      }
      documents.append(CloudDocument(name: file, bytes: bytes))
    }
    do throws(ImportFailure) {
      return try CloudDescription(documents)
    } catch {
      throw .usage("\(option): \(error)")
    }
  }

  /// The file itself, or the directory's documents in the order of their names.
  private static func files(_ path: String) throws(RunError) -> [String] {
    var status = stat()
    guard access(path, R_OK) == 0, stat(path, &status) == 0 else {
      throw .usage("\(option) \"\(path)\": \(systemErrorText(errno)); expected \(expected)")
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { return [path] }
    guard let stream = opendir(path) else {
      throw .usage("\(option) \"\(path)\": \(systemErrorText(errno)); expected \(expected)")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasSuffix(".json"), !name.hasPrefix(".") { names.append(name) }
      guard names.count <= fileLimit else {
        throw .usage("\(option) \"\(path)\": expected at most \(fileLimit) files in it")
      }
    }
    guard !names.isEmpty else {
      throw .usage("\(option) \"\(path)\": expected files in it that end in .json")
    }
    return names.sorted().map { "\(path)/\($0)" }
  }
}
