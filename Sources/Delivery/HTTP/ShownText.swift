import Reporting

extension Collection<UInt8> {
  /// Bytes of an answer for a message: the first line, harmless on a terminal, at most 200 characters.
  var shown: String {
    let line = prefix(1024).drop { $0 == 10 || $0 == 13 || $0 == 32 }.prefix {
      $0 != 10 && $0 != 13
    }
    return HostText.terminal(
      HostText.cut(String(decoding: Array(line), as: UTF8.self), toScalars: 200))
  }
}
