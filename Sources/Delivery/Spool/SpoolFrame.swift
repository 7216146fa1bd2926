internal import CZlib

/// The form of a spooled report's file: one line of header, then the JSON document.
///
///     clb-agent-spool 1 2048 cbf43926
///
/// The numbers are the form's version, the document's length in bytes, and its CRC-32 in hexadecimal.
enum SpoolFrame {
  /// The largest document that is spooled.
  static let documentLimit = 16 << 20
  /// The largest file.
  static let fileLimit = documentLimit + headerLimit
  private static let headerLimit = 64
  private static let magic = "clb-agent-spool"

  /// Why a file is no whole report.
  enum Damage: Error, Hashable {
    case noHeader
    /// Another agent's form; its header in full.
    case otherVersion(String)
    case otherLength(found: Int, expected: Int)
    case otherChecksum
  }

  /// The file's bytes.
  static func framed(_ document: [UInt8]) -> [UInt8] {
    Array("\(magic) 1 \(document.count) \(checksum(document[...]))\n".utf8) + document
  }

  /// The document in a file's bytes.
  static func document(in file: [UInt8]) throws(Damage) -> [UInt8] {
    guard let end = file.prefix(headerLimit).firstIndex(of: 0x0A) else { throw .noHeader }
    let header = String(decoding: file[..<end], as: UTF8.self)
    let words = header.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count >= 2, words[0] == magic else { throw .noHeader }
    guard words[1] == "1", words.count == 4, let length = Int(words[2]) else {
      throw .otherVersion(header)
    }
    let document = file[(end + 1)...]
    guard document.count == length else {
      throw .otherLength(found: document.count, expected: length)
    }
    guard checksum(document) == words[3] else { throw .otherChecksum }
    return Array(document)
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> String {
    let value = bytes.withUnsafeBufferPointer { buffer in
      crc32(0, buffer.baseAddress, UInt32(truncatingIfNeeded: buffer.count))
    }
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
}

extension SpoolFrame.Damage: CustomStringConvertible {
  var description: String {
    switch self {
    case .noHeader: "no header of a spooled report"
    case .otherVersion(let header): "a header of another version, \"\(header)\""
    case .otherLength(let found, let expected): "\(found) bytes where its header says \(expected)"
    case .otherChecksum: "another checksum than its header's"
    }
  }
}
