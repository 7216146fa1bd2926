import Addressing

/// Parses the elements of one ipset.
struct IpsetElements {
  let type: IpsetType
  private var elements: [Element] = []
  /// Elements that are one IPv4 address and nothing else: a set can hold millions of them.
  private var addresses: [UInt32] = []
  /// Whether elements can be that.
  private let holdsAddresses: Bool
  /// Where the element stands in a line, behind `add` and the set's name; as long as no line was read, the end.
  private var elementOffset = 1 << 20

  /// The table of the elements in those bytes of `add` lines.
  static func table(_ type: IpsetType, _ texts: [(bytes: [UInt8], range: Range<Int>)])
    -> ElementTable
  {
    var parser = IpsetElements(type: type)
    for (bytes, range) in texts {
      var start = range.lowerBound
      while start < range.upperBound {
        if let end = parser.takeAddress(bytes, start..<range.upperBound) {
          start = end + 1
          continue
        }
        let end =
          ByteText.firstIndex(of: 10, in: bytes, start..<range.upperBound) ?? range.upperBound
        parser.parseLine(bytes, start..<end)
        start = end + 1
      }
    }
    return parser.finish()
  }

  private init(type: IpsetType) {
    self.type = type
    holdsAddresses = type.family == .ipv4 && (type.parts == [.ip] || type.parts == [.net])
  }

  /// Takes a line that ends with a plain address, as nearly all do, and says where it ends; `nil` for any other.
  private mutating func takeAddress(_ bytes: [UInt8], _ text: Range<Int>) -> Int? {
    var index = text.lowerBound + elementOffset
    let span = bytes.span
    // Lines may have more blanks than the last; then the element begins elsewhere.
    guard holdsAddresses, index < text.upperBound, span[index - 1] == 32 else { return nil }
    var (result, part, digits, dots) = (UInt32(0), UInt32(0), 0, 0)
    while index < text.upperBound, span[index] != 10 {
      if let digit = ByteText.decimalDigit(span[index]), digits < 3 {
        part = part * 10 + digit
        digits += 1
      } else if span[index] == UInt8(ascii: "."), digits > 0, dots < 3, part <= 255 {
        result = result << 8 | part
        (part, digits, dots) = (0, 0, dots + 1)
      } else {
        return nil
      }
      index += 1
    }
    guard dots == 3, digits > 0, part <= 255 else { return nil }
    addresses.append(result << 8 | part)
    return index
  }

  private mutating func parseLine(_ bytes: [UInt8], _ line: Range<Int>) {
    guard let first = Self.word(bytes, line, at: line.lowerBound),
      let name = Self.word(bytes, line, at: first.upperBound),
      let element = Self.word(bytes, line, at: name.upperBound)
    else { return }
    // Every line of a set names it in the same words.
    elementOffset = element.lowerBound - line.lowerBound
    if holdsAddresses, element.upperBound == line.upperBound,
      let address = ByteText.ipv4(bytes, element)
    {
      addresses.append(address)
      return
    }
    let parts = parts(bytes, element)
    let options = ByteText.string(bytes, element.upperBound..<line.upperBound)
    let isException = options.split(separator: " ").contains("nomatch")
    elements.append(Element(parts: parts, isException: isException))
  }

  /// The word that begins at the index or behind blanks there.
  private static func word(_ bytes: [UInt8], _ line: Range<Int>, at start: Int) -> Range<Int>? {
    var low = start
    while low < line.upperBound, bytes[low] == 32 { low += 1 }
    guard low < line.upperBound else { return nil }
    return low..<(ByteText.firstIndex(of: 32, in: bytes, low..<line.upperBound) ?? line.upperBound)
  }

  private func parts(_ bytes: [UInt8], _ range: Range<Int>) -> [ElementPart] {
    if type.parts.count == 1, let part = addressPart(bytes, range), type.parts[0] != .port {
      return [part]
    }
    let texts = ByteText.string(bytes, range).split(
      separator: ",", omittingEmptySubsequences: false)
    guard texts.count == type.parts.count else {
      return [.doubt(.notUnderstood("set element \(ByteText.string(bytes, range))"))]
    }
    return zip(type.parts, texts).flatMap { parse(String($1), as: $0) }
  }

  private func addressPart(_ bytes: [UInt8], _ range: Range<Int>) -> ElementPart? {
    guard type.parts[0] == .ip || type.parts[0] == .net else { return nil }
    if type.family == .ipv4, let address = ByteText.ipv4(bytes, range) {
      return .range(UInt128(address), UInt128(address))
    }
    return Self.addresses(ByteText.string(bytes, range), type.family)
  }

  private static func addresses(_ text: String, _ family: IPAddress.Family) -> ElementPart? {
    if let prefix = AddressPrefix(parsing: text), prefix.base.family == family {
      return .range(prefix.base.number, prefix.highest.number)
    }
    let ends = text.split(separator: "-", maxSplits: 1)
    guard ends.count == 2, let low = IPAddress(parsing: ends[0]),
      let high = IPAddress(parsing: ends[1]),
      low.family == family, high.family == family
    else { return nil }
    return .range(low.number, high.number)
  }

  private func parse(_ text: String, as part: IpsetType.Part) -> [ElementPart] {
    let unknown = ElementPart.doubt(.notUnderstood("set element \(text)"))
    switch part {
    case .ip, .net: return [Self.addresses(text, type.family) ?? unknown]
    case .iface: return [.name(NamePattern(text: text, isPrefix: false))]
    case .mark:
      return [ByteText.number(text).map { .range($0, $0) } ?? unknown]
    case .port: return type.parts == [.port] ? [Self.ports(text) ?? unknown] : protocolAndPort(text)
    case .mac, .set: return [unknown]
    }
  }

  private func protocolAndPort(_ text: String) -> [ElementPart] {
    let halves = text.split(separator: ":", maxSplits: 1).map(String.init)
    let name = halves.count == 2 ? halves[0] : "tcp"
    let unknown = ElementPart.doubt(.notUnderstood("set element \(text)"))
    guard let number = ProtocolNames.number(name), let ports = halves.last else {
      return [unknown, unknown]
    }
    let transport = ElementPart.range(UInt128(number), UInt128(number))
    if number == 1 || number == 58 {
      let family: IPAddress.Family = number == 1 ? .ipv4 : .ipv6
      guard let (type, code) = ICMPNames.typeAndCodes(ports, family: family) else {
        return [transport, unknown]
      }
      let both = UInt128(type) << 8 | UInt128(code ?? 0)
      return [transport, .range(both, both)]
    }
    return [transport, Self.ports(ports) ?? unknown]
  }

  private static func ports(_ text: String) -> ElementPart? {
    let ends = text.split(separator: "-", maxSplits: 1)
    guard let low = ends.first.flatMap({ UInt16($0) }),
      let high = ends.last.flatMap({ UInt16($0) }), low <= high
    else { return nil }
    return .range(UInt128(low), UInt128(high))
  }

  /// Sorts by the digits of base 2048, lowest first: for a million numbers a fifth of the time that comparing takes.
  private static func sort(_ numbers: inout [UInt32]) {
    guard numbers.count > 4096 else { return numbers.sort() }
    var others = [UInt32](repeating: 0, count: numbers.count)
    for shift: UInt32 in [0, 11, 22] {
      var places = [Int](repeating: 0, count: 2049)
      for number in numbers { places[Int(number >> shift & 2047) + 1] += 1 }
      for digit in 1..<places.count { places[digit] += places[digit - 1] }
      for number in numbers {
        let digit = Int(number >> shift & 2047)
        others[places[digit]] = number
        places[digit] += 1
      }
      swap(&numbers, &others)
    }
  }

  /// Where elements have exceptions, the narrower one of two decides, so they are applied from the widest on.
  private mutating func finish() -> ElementTable {
    guard elements.contains(where: \.isException) else {
      Self.sort(&addresses)
      return ElementTable(elements, addresses: addresses)
    }
    var ranges = addresses.map { address -> (interval: IntervalSet.Interval, isException: Bool) in
      (.init(UInt128(address), UInt128(address)), false)
    }
    for element in elements {
      guard element.parts.count == 1, case .range(let low, let high) = element.parts[0] else {
        return ElementTable([
          Element(parts: [.doubt(.notUnderstood("set with exceptions in several parts"))])
        ])
      }
      ranges.append((.init(low, high), element.isException))
    }
    ranges.sort { $0.interval.high - $0.interval.low > $1.interval.high - $1.interval.low }
    var result = IntervalSet()
    for (interval, isException) in ranges {
      let one = IntervalSet(interval.low, interval.high)
      if isException { result.subtract(one) } else { result = result.union(one) }
    }
    return ElementTable(result.intervals.map { Element(parts: [.range($0.low, $0.high)]) })
  }
}
