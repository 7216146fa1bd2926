import Addressing
import JSONText

/// Parses elements of sets and maps, in rules or on their own.
struct NftElements {
  /// The types of an element's parts.
  let types: [Datatype]
  /// The types of a map's values; empty for a set, or where values are verdicts.
  let values: [Datatype]
  let holdsVerdicts: Bool
  /// The chains that verdicts may name.
  let chains: [String: Int]

  /// The table of the elements in that JSON array; bytes that are none become an element that may be any.
  func table(_ bytes: [UInt8], _ range: Range<Int>) -> ElementTable {
    var reader = JSONReader(bytes, range)
    var plain: [IntervalSet.Interval] = []
    var others: [JSONValue] = []
    do throws(JSONReader.Failure) {
      try reader.expect(UInt8(ascii: "["))
      guard !reader.take(UInt8(ascii: "]")) else { return ElementTable() }
      while true {
        if let number = plainAddress(&reader) {
          plain.append(.init(number, number))
        } else {
          others.append(try reader.value())
        }
        if reader.take(UInt8(ascii: "]")) { break }
        try reader.expect(UInt8(ascii: ","))
      }
    } catch {
      return ElementTable([Element(parts: [.doubt(.notUnderstood("set elements"))])])
    }
    var result = table(others)
    result.plain = result.plain.union(IntervalSet(plain))
    return result
  }

  /// An address alone, the element that long sets are made of, read without a string.
  private func plainAddress(_ reader: inout JSONReader) -> UInt128? {
    guard types.count == 1, types[0] == .ipv4Address, values.isEmpty, !holdsVerdicts else {
      return nil
    }
    guard let text = reader.peekShortString(limit: 15),
      let address = ByteText.ipv4(reader.bytes, text)
    else { return nil }
    reader.step(behind: text)
    return UInt128(address)
  }

  /// The table of those elements.
  func table(_ items: [JSONValue]) -> ElementTable {
    var elements: [Element] = []
    var otherwise: ElementValue?
    for item in items {
      if let value = otherwiseValue(item) {
        otherwise = value
      } else {
        elements.append(element(item))
      }
    }
    var table = ElementTable(elements)
    table.otherwise = otherwise
    return table
  }

  private var isMap: Bool { holdsVerdicts || !values.isEmpty }

  /// The value of a map's catch-all element; `nil` for any other.
  private func otherwiseValue(_ item: JSONValue) -> ElementValue? {
    guard isMap, let pair = item.array, pair.count == 2 else { return nil }
    let key = pair[0]["elem"]?["val"] ?? pair[0]
    return key == .string("*") ? value(pair[1]) : nil
  }

  private func element(_ item: JSONValue) -> Element {
    guard isMap else { return element(key: item) }
    guard let pair = item.array, pair.count == 2 else {
      return Element(parts: [.doubt(.notUnderstood("map element"))])
    }
    var result = element(key: pair[0])
    result.value = value(pair[1])
    return result
  }

  private func element(key: JSONValue) -> Element {
    if let inner = key["elem"] {
      var result = element(key: inner["val"] ?? .null)
      for name in ["limit", "quota", "ct count"] where inner[name] != nil {
        result.doubt = .stateful(name)
      }
      return result
    }
    if case .string("*") = key, types != [.interfaceName] {
      return Element(parts: types.map { _ in .any })
    }
    guard let items = key["concat"]?.array else {
      return Element(parts: [part(key, types.first ?? .other(""))])
    }
    guard items.count == types.count else {
      return Element(parts: [.doubt(.notUnderstood("set element of \(items.count) parts"))])
    }
    return Element(parts: zip(items, types).map { part($0, $1) })
  }

  /// One part: a scalar, a prefix, a range, or bits joined.
  func part(_ value: JSONValue, _ type: Datatype) -> ElementPart {
    let unknown = ElementPart.doubt(.notUnderstood("value of type \(type)"))
    if let prefix = value["prefix"] {
      guard let length = prefix["len"]?.integer, let address = prefix["addr"],
        case .range(let base, _)? = NftConstants.part(address, type)
      else { return unknown }
      return Self.prefix(base, length: length, width: type.bitCount) ?? unknown
    }
    if let ends = value["range"]?.array, ends.count == 2 {
      guard case .range(let low, _)? = NftConstants.part(ends[0], type),
        case .range(let high, _)? = NftConstants.part(ends[1], type), low <= high
      else { return unknown }
      return .range(low, high)
    }
    if value["|"] != nil || value.array != nil {
      return NftConstants.bits(value, type).map { .range($0, $0) } ?? unknown
    }
    if value == .string("*") { return .any }
    return NftConstants.part(value, type) ?? unknown
  }

  private static func prefix(_ base: UInt128, length: Int64, width: Int) -> ElementPart? {
    guard (0...Int64(width)).contains(length) else { return nil }
    let free = width - Int(length)
    let rest: UInt128 = free >= 128 ? .max : (1 << UInt128(free)) - 1
    return .range(base & ~rest, base | rest)
  }

  private func value(_ value: JSONValue) -> ElementValue {
    if holdsVerdicts { return verdict(value) }
    if value["elem"] != nil { return .doubt(.notUnderstood("map value")) }
    let parts = value["concat"]?.array ?? [value]
    guard parts.count == values.count else { return .doubt(.notUnderstood("map value")) }
    return .parts(zip(parts, values).map { part($0, $1) })
  }

  private func verdict(_ value: JSONValue) -> ElementValue {
    guard let member = value.only else { return .doubt(.notUnderstood("verdict")) }
    switch NftVerdict.verdict(member, chains) {
    case .success(let verdict): return .verdict(verdict)
    case .failure(let failure): return .doubt(failure.doubt)
    }
  }
}

/// Parses the verdicts that rules and maps share.
enum NftVerdict {
  /// Why the text is no verdict of ours.
  struct Failure: Error {
    var doubt: Doubt
  }

  /// The verdict of an object's only member.
  static func verdict(_ member: JSONValue.Member, _ chains: [String: Int]) -> Result<
    RuleVerdict, Failure
  > {
    switch member.name {
    case "accept": return .success(.accept)
    case "drop": return .success(.drop)
    case "continue": return .success(.fallThrough)
    case "return": return .success(.endChain)
    case "jump", "goto":
      let name = member.value["target"]?.string ?? ""
      guard let chain = chains[name] else {
        return .failure(
          Failure(doubt: .notUnderstood("\(member.name) to chain \(name), which is not listed")))
      }
      return .success(member.name == "jump" ? .jump(chain) : .goto(chain))
    default: return .failure(Failure(doubt: .notUnderstood(member.name)))
    }
  }
}
