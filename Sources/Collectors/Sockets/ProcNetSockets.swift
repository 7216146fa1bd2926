package import Host
import Addressing

/// The listening sockets at the start of a `/proc/net/tcp`, `tcp6`, `udp` or `udp6`.
package struct ProcNetSockets: Sendable, Hashable {
  package var sockets: [ListeningSocket]
  /// Whether a socket in another state, or the end of the text, was seen behind the listening ones.
  package var isWhole: Bool

  /// Parses one file or the start of one.
  ///
  /// The kernel lists every listening TCP socket before the first connection, so parsing TCP ends at
  /// the first line in another state. Kernels before 4.4 print half-open connections (`SYN_RECV`)
  /// behind the socket that they came to; those lines are passed over. UDP has no such order and is
  /// parsed to its end.
  ///
  /// - Parameter isCut: whether bytes behind the text were not read; its last line may be half a line.
  /// - Throws: the first line that is not of the kernel's form.
  package init(parsing text: String, table: SocketTable, isCut: Bool) throws(ParseFailure) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: true)[...]
    guard let header = lines.popFirst(), header.contains("local_address") else {
      throw ParseFailure(
        line: 1, found: text.prefix { $0 != "\n" }.description,
        expected: "a header with \"local_address\"")
    }
    if isCut, text.last != "\n" { lines = lines.dropLast() }
    sockets = []
    for (index, line) in lines.enumerated() {
      let row = try SocketRow(parsing: line, number: index + 2)
      if row.state == table.waitingState {
        sockets.append(row.socket(in: table))
      } else if table.isTCP, row.state != SocketTable.halfOpenState {
        isWhole = true
        return
      }
    }
    isWhole = !isCut
  }
}

/// One line, split and decoded.
private struct SocketRow {
  var local: (address: IPAddress, port: UInt16)
  var state: UInt8
  var receiveQueue: UInt32
  var userID: UInt32
  var inode: UInt64
  var line: String

  /// Columns: `sl local rem st tx:rx tr:when retrnsmt uid timeout inode …`.
  init(parsing line: Substring, number: Int) throws(ParseFailure) {
    let columns = line.split(separator: " ", omittingEmptySubsequences: true)
    guard columns.count >= 10 else {
      throw ParseFailure(line: number, found: String(line), expected: "at least 10 columns")
    }
    local = try SocketRow.endpoint(columns[1], number)
    state = try SocketRow.number(columns[3], radix: 16, "a state of 2 hex digits", number)
    let queues = columns[4].split(separator: ":", omittingEmptySubsequences: false)
    guard queues.count == 2 else {
      throw ParseFailure(
        line: number, found: String(columns[4]), expected: "two queues with a colon between them")
    }
    receiveQueue = try SocketRow.number(queues[1], radix: 16, "a queue of 8 hex digits", number)
    userID = try SocketRow.number(columns[7], radix: 10, "a user's number", number)
    inode = try SocketRow.number(columns[9], radix: 10, "an inode's number", number)
    self.line = String(line)
  }

  func socket(in table: SocketTable) -> ListeningSocket {
    ListeningSocket(
      table: table, address: local.address, port: local.port, inode: inode, userID: userID,
      receiveQueue: receiveQueue, line: line)
  }

  private static func endpoint(
    _ text: Substring, _ line: Int
  ) throws(ParseFailure) -> (address: IPAddress, port: UInt16) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 4, let port = UInt16(parts[1], radix: 16),
      let address = address(parts[0])
    else {
      throw ParseFailure(
        line: line, found: String(text), expected: "8 or 32 hex digits, \":\", 4 hex digits")
    }
    return (address, port)
  }

  /// The address is printed as words of 32 bits, each in host order of bytes that are in network order.
  private static func address(_ text: Substring) -> IPAddress? {
    let digits = Array(text.utf8)
    guard digits.count == 8 || digits.count == 32 else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: digits.count, by: 8) {
      let word = String(decoding: digits[start..<start + 8], as: UTF8.self)
      guard let number = UInt32(word, radix: 16) else { return nil }
      bytes.append(hostOrder: number)
    }
    return IPAddress(networkBytes: bytes)
  }

  private static func number<Integer: FixedWidthInteger>(
    _ text: Substring, radix: Int, _ expected: String, _ line: Int
  ) throws(ParseFailure) -> Integer {
    guard let first = text.first, first != "-", first != "+",
      let number = Integer(text, radix: radix)
    else { throw ParseFailure(line: line, found: String(text), expected: expected) }
    return number
  }
}
