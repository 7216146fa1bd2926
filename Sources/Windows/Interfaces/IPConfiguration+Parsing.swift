package import Host
import Addressing

extension IPConfiguration {
  /// Parses the whole output.
  ///
  /// ipconfig writes no end mark. A last line without its end is left out, and an adapter that ends
  /// before the lines that are its last casts doubt on the whole.
  ///
  /// - Throws: the first line that is not as an English Windows writes it.
  package init(parsing text: ConsoleText) throws(ParseFailure) {
    hostname = nil
    adapters = []
    doubt = nil
    let whole = text.isWhole ? text.lines : text.lines.dropLast()
    let lines = whole.filter { !$0.isBlank }
    guard let first = lines.first else {
      throw .cut(text, expected: "\"Windows IP Configuration\"")
    }
    guard first.trimmed == "Windows IP Configuration" else {
      throw .notEnglish(first, expected: "\"Windows IP Configuration\"")
    }
    var last: Substring = ""
    var isGateway = false
    for line in lines.dropFirst() {
      guard line.text.first == " " || line.text.first == "\t" else {
        try begin(line)
        last = ""
        continue
      }
      // A line without a label has more values of the one before.
      guard let (label, value) = Self.field(line) else {
        isGateway = isGateway && IPAddress(parsing: line.trimmed.prefix { $0 != "%" }) != nil
        if isGateway { noteGateway() }
        continue
      }
      last = label
      isGateway = label == "Default Gateway"
      try take(label, value, line)
    }
    // What is the last line of an adapter: of one without a link, and of any other.
    let closing: Set<Substring> =
      adapters.last?.isDisconnected == true
      ? ["Autoconfiguration Enabled"]
      : ["NetBIOS over Tcpip", "Connection-specific DNS Suffix Search List"]
    let isEnded = closing.contains(last)
    if !text.isWhole || !isEnded || adapters.isEmpty {
      doubt = "\(CaptureFile.configuration.rawValue) was cut behind line \(lines.last?.number ?? 0)"
    }
  }

  private mutating func begin(_ line: ConsoleText.Line) throws(ParseFailure) {
    guard line.trimmed.last == ":" else {
      throw .notEnglish(line, expected: "the heading of an adapter with a colon behind it")
    }
    adapters.append(Adapter(title: String(line.trimmed.dropLast())))
  }

  /// `   IPv4 Address. . . . . . . . . . . : 10.0.8.5(Preferred)`: dots lead from label to colon.
  private static func field(_ line: ConsoleText.Line) -> (label: Substring, value: Substring)? {
    guard let colon = line.text.firstRange(of: " :") else { return nil }
    var label = line.text[..<colon.lowerBound]
    guard label.contains(". ") || label.last == "." else { return nil }
    while let last = label.last, last == "." || last == " " { label = label.dropLast() }
    return (trimmedBlanks(label), trimmedBlanks(line.text[colon.upperBound...]))
  }

  private mutating func take(
    _ label: Substring, _ value: Substring, _ line: ConsoleText.Line
  ) throws(ParseFailure) {
    switch label {
    case "Host Name" where adapters.isEmpty: hostname = String(value)
    case "Media State": note { $0.isDisconnected = value == "Media disconnected" }
    case "Default Gateway": if !value.isEmpty { noteGateway() }
    case "IPv4 Address", "IP Address", "Autoconfiguration IPv4 Address", "IPv6 Address",
      "Temporary IPv6 Address", "Link-local IPv6 Address", "Site-local IPv6 Address":
      let address = try Self.address(value, line)
      note { $0.addresses.append(address) }
    case "Subnet Mask":
      guard let length = Self.length(ofMask: value) else {
        throw ParseFailure(
          line: line.number, found: String(line.trimmed), expected: "a mask as 255.255.255.0")
      }
      note { adapter in
        guard let index = adapter.addresses.indices.last else { return }
        adapter.addresses[index].prefixLength = length
      }
    case _ where label.contains("IPv4") || label.contains("IPv6"):
      throw .notEnglish(line, expected: "a label as \"IPv4 Address\"")
    default: break
    }
  }

  private mutating func note(_ change: (inout Adapter) -> Void) {
    guard let index = adapters.indices.last else { return }
    change(&adapters[index])
  }

  private mutating func noteGateway() { note { $0.hasGateway = true } }

  private static func address(
    _ value: Substring, _ line: ConsoleText.Line
  ) throws(ParseFailure) -> Address {
    let bare = value.prefix { $0 != "(" && $0 != "%" }
    let words = value.drop { $0 != "(" }.split { $0 == "(" || $0 == ")" }
    let state = State(rawValue: words.first.map { String(trimmedBlanks($0)) } ?? "")
    guard let address = IPAddress(parsing: bare), let state else {
      throw .notEnglish(line, expected: "an address, with (Preferred) or the like behind it")
    }
    return Address(address: address, prefixLength: nil, state: state, line: line.text)
  }

  private static func length(ofMask text: Substring) -> Int? {
    guard case .v4(let mask)? = IPAddress(parsing: text) else { return nil }
    let length = (~mask).leadingZeroBitCount
    return mask == (length == 0 ? 0 : UInt32.max << UInt32(32 - length)) ? length : nil
  }
}
