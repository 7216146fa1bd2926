internal import CZlib

/// A spooled report's file: one line of header, then the JSON document.
///
///     clb-agent-spool 1 2048 cbf43926 central.logs hook.report
///
/// The numbers are the form's version, the document's length in bytes, and a CRC-32 in hexadecimal. Behind
/// them stand the queues that the report is for, so that whoever finishes an interrupted run knows them,
/// whatever its settings are. The checksum is that of the queues' words and the document together.
struct SpoolFrame: Sendable, Hashable {
  var queues: [QueueName]
  var document: [UInt8]

  init(_ document: [UInt8], for queues: [QueueName] = []) {
    self.document = document
    self.queues = queues
  }

  /// The largest document that is spooled.
  static let documentLimit = 16 << 20
  /// The largest file.
  static let fileLimit = documentLimit + headerLimit
  /// Room for the queues of a thousand receivers.
  private static let headerLimit = 1 << 16
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
  var bytes: [UInt8] {
    let names = queues.map { " \($0)" }.joined()
    let checksum = Self.checksum(names, document[...])
    return Array("\(Self.magic) 1 \(document.count) \(checksum)\(names)\n".utf8) + document
  }

  /// Parses a file's bytes.
  init(parsing file: [UInt8]) throws(Damage) {
    guard let end = file.prefix(Self.headerLimit).firstIndex(of: 0x0A) else { throw .noHeader }
    let header = String(decoding: file[..<end], as: UTF8.self)
    let words = header.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count >= 2, words[0] == Self.magic else { throw .noHeader }
    guard words[1] == "1", words.count >= 4, let length = Int(words[2]) else {
      throw .otherVersion(header)
    }
    let document = file[(end + 1)...]
    guard document.count == length else {
      throw .otherLength(found: document.count, expected: length)
    }
    let names = words[4...].map { " \($0)" }.joined()
    let queues = words[4...].compactMap { QueueName(parsing: String($0)) }
    guard Self.checksum(names, document) == words[3], queues.count == words.count - 4 else {
      throw .otherChecksum
    }
    self.init(Array(document), for: queues)
  }

  private static func checksum(_ names: String, _ document: ArraySlice<UInt8>) -> String {
    let value = [Array(names.utf8)[...], document].reduce(uLong(0)) { value, bytes in
      bytes.withUnsafeBufferPointer { buffer in
        // Without an address zlib gives its first value, whatever came before.
        guard let start = buffer.baseAddress else { return value }
        return crc32(value, start, UInt32(truncatingIfNeeded: buffer.count))
      }
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
