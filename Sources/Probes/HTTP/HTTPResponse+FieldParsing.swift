extension HTTPResponse.Field {
  /// Parses one header line without its line end; `nil` when it is no header field.
  ///
  /// White space around the value is dropped. RFC 9110, section 5.5, forbids CR, LF and NUL in a value
  /// and no more; other bytes that are no UTF-8 come out as U+FFFD.
  init?(parsing line: some Collection<UInt8>) {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let name = line[..<colon]
    let value = line[line.index(after: colon)...]
    guard !name.isEmpty, name.allSatisfy(isTokenByte), value.allSatisfy(isValueByte) else {
      return nil
    }
    self.init(
      name: String(decoding: name, as: UTF8.self),
      value: String(decoding: trimmed(value), as: UTF8.self))
  }

  /// Appends a line that starts with white space: the obsolete continuation of RFC 9112, section 5.2.
  ///
  /// Returns whether the line may stand in a value.
  mutating func append(continuation line: some Collection<UInt8>) -> Bool {
    guard line.allSatisfy(isValueByte) else { return false }
    value += " " + String(decoding: trimmed(line), as: UTF8.self)
    return true
  }
}

/// Whether the byte is a `tchar` of RFC 9110, section 5.6.2.
private func isTokenByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"):
    true
  default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
  }
}

private func isValueByte(_ byte: UInt8) -> Bool {
  byte != 0 && byte != UInt8(ascii: "\r") && byte != UInt8(ascii: "\n")
}

private func trimmed(_ bytes: some Collection<UInt8>) -> [UInt8] {
  Array(bytes.drop(while: isWhiteSpace)).reversed().drop(while: isWhiteSpace).reversed()
}

/// Whether the byte is a space or a tab, all the white space that HTTP knows within a line.
func isWhiteSpace(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
}
