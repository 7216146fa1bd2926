/// Gathers bytes into lines that end with LF or CR LF.
///
/// A bare LF ends a line too, as RFC 9112, section 2.2, allows a recipient: small home-made servers
/// send it, and proxies accept it.
struct LineReader: Hashable {
  /// The line so far.
  private(set) var line: [UInt8] = []

  /// The line so far, without a CR that may turn out to be half of its end.
  var lineWithoutReturn: ArraySlice<UInt8> {
    line.last == UInt8(ascii: "\r") ? line.dropLast() : line[...]
  }

  /// Takes one byte; returns the line without its end once it is whole.
  mutating func take(_ byte: UInt8) -> [UInt8]? {
    guard byte == UInt8(ascii: "\n") else {
      line.append(byte)
      return nil
    }
    var whole: [UInt8] = []
    swap(&whole, &line)
    if whole.last == UInt8(ascii: "\r") { whole.removeLast() }
    return whole
  }
}
