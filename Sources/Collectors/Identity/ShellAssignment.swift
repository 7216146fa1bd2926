/// One `NAME=value` of a file that shells read, such as os-release(5) or `ufw.conf`.
enum ShellAssignment {
  /// The name and the value without its quotes; `nil` for comments and anything else.
  ///
  /// Nothing is expanded. A blank outside of quotes ends the value, as it ends a shell's word.
  static func parse(_ line: some StringProtocol) -> (name: String, value: String)? {
    let text = line.drop { $0 == " " || $0 == "\t" }
    guard let equals = text.firstIndex(of: "=") else { return nil }
    let name = text[..<equals]
    let isName =
      !name.isEmpty
      && name.utf8.allSatisfy { byte in
        let character = Character(Unicode.Scalar(byte))
        return character.isASCII && (character.isLetter || character.isNumber || character == "_")
      }
    guard isName, let value = unquoted(text[text.index(after: equals)...]) else { return nil }
    return (String(name), value)
  }

  /// The first word of a shell line; `nil` where a quote is not closed.
  private static func unquoted(_ text: some StringProtocol) -> String? {
    var value = ""
    var quote: Character?
    var isEscaped = false
    for character in text {
      if isEscaped {
        value.append(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { value.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character.isWhitespace {
        break
      } else {
        value.append(character)
      }
    }
    return quote == nil && !isEscaped ? value : nil
  }
}
