import Addressing

/// Tells from the first options of a rule line that it takes none of some packets, without parsing the rule.
///
/// Nearly all rules of a big listing are passed over by their address, interface or protocol.
struct IptablesGlance {
  /// What is known of an address.
  enum Addresses {
    case one(UInt32)
    case among(IntervalSet)
    case unknown
  }

  var source: Addresses
  var destination: Addresses
  var inInterface: [UInt8]
  /// `nil` where it is not known.
  var outInterface: [UInt8]?
  /// `tcp`, `udp` or `icmp`; `nil` leaves the protocol to the parser.
  var transport: [UInt8]?

  /// Whether the rule in that line is sure to take none of the packets.
  func misses(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
    var index = line.lowerBound
    // "-A", the chain's name and, before them, counters are stepped over.
    if bytes[index] == UInt8(ascii: "[") { index = Self.wordEnd(bytes, index, line) + 1 }
    index += 3
    guard index < line.upperBound else { return false }
    index = Self.wordEnd(bytes, index, line) + 1
    while index + 3 < line.upperBound {
      var isNegated = false
      if bytes[index] == UInt8(ascii: "!") {
        isNegated = true
        index += 2
      }
      guard index + 3 < line.upperBound, bytes[index] == UInt8(ascii: "-"), bytes[index + 2] == 32
      else {
        return false
      }
      let value = index + 3..<Self.wordEnd(bytes, index + 3, line)
      guard let matches = matches(bytes[index + 1], bytes, value) else { return false }
      switch matches {
      case .all where isNegated, .none where !isNegated: return true
      default: break
      }
      index = value.upperBound + 1
    }
    return false
  }

  private enum Extent {
    case all, some, none

    init(_ isMatch: Bool) { self = isMatch ? .all : .none }
  }

  /// How many of the packets an option takes; `nil` for an option that is not looked at here.
  private func matches(_ letter: UInt8, _ bytes: [UInt8], _ value: Range<Int>) -> Extent? {
    switch letter {
    case UInt8(ascii: "s"): return addresses(bytes, value, source)
    case UInt8(ascii: "d"): return addresses(bytes, value, destination)
    case UInt8(ascii: "i"): return Extent(Self.isName(inInterface, bytes, value))
    case UInt8(ascii: "o"): return outInterface.map { Extent(Self.isName($0, bytes, value)) }
    case UInt8(ascii: "p"):
      guard let transport, Self.plainProtocols.contains(where: { bytes[value].elementsEqual($0) })
      else {
        return nil
      }
      return Extent(bytes[value].elementsEqual(transport))
    default: return nil
    }
  }

  private static let plainProtocols = ["tcp", "udp", "icmp"].map { Array($0.utf8) }

  private func addresses(
    _ bytes: [UInt8], _ value: Range<Int>, _ known: Addresses
  ) -> Extent? {
    guard let (low, high) = Self.prefix(bytes, value) else { return nil }
    switch known {
    case .one(let address): return Extent(low <= address && address <= high)
    case .among(let set): return set.intersects(UInt128(low), UInt128(high)) ? .some : Extent.none
    case .unknown: return nil
    }
  }

  private static func prefix(_ bytes: [UInt8], _ value: Range<Int>) -> (UInt32, UInt32)? {
    let slash = ByteText.firstIndex(of: UInt8(ascii: "/"), in: bytes, value)
    guard let address = ByteText.ipv4(bytes, value.lowerBound..<(slash ?? value.upperBound)) else {
      return nil
    }
    guard let slash else { return (address, address) }
    let digits = slash + 1..<value.upperBound
    guard (1...2).contains(digits.count) else { return nil }
    var length: UInt32 = 0
    for index in digits {
      guard let digit = ByteText.decimalDigit(bytes[index]) else { return nil }
      length = length * 10 + digit
    }
    guard length <= 32 else { return nil }
    let free: UInt32 = length == 0 ? .max : length == 32 ? 0 : .max >> length
    return (address & ~free, address | free)
  }

  private static func isName(_ name: [UInt8], _ bytes: [UInt8], _ value: Range<Int>) -> Bool {
    guard let last = value.last, bytes[last] == UInt8(ascii: "+") else {
      return bytes[value].elementsEqual(name)
    }
    return name.starts(with: bytes[value.dropLast()])
  }

  private static func wordEnd(_ bytes: [UInt8], _ start: Int, _ line: Range<Int>) -> Int {
    var index = start
    while index < line.upperBound, bytes[index] != 32 { index += 1 }
    return index
  }
}
