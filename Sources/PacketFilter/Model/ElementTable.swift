import Addressing

/// The elements of a set or map.
struct ElementTable: Sendable {
  /// The elements of one number each that carry nothing: looked up by halving.
  var plain = IntervalSet()
  /// The elements with several parts, names, values or conditions of their own.
  var others: [Element] = []
  /// The value for a key that no element has; an element of its own in listings, written `*`.
  var otherwise: ElementValue?

  /// Sorts elements into those that are plain numbers and the others.
  ///
  /// - Parameter addresses: more plain ones, ascending.
  init(_ elements: [Element] = [], addresses: [UInt32] = []) {
    var numbers: [IntervalSet.Interval] = []
    for element in elements {
      if let interval = element.plainInterval {
        numbers.append(interval)
      } else {
        others.append(element)
      }
    }
    plain = IntervalSet(addresses.lazy.map { IntervalSet.Interval(UInt128($0), UInt128($0)) })
    if !numbers.isEmpty { plain = plain.union(IntervalSet(numbers)) }
  }
}

/// One element of a set or map.
struct Element: Sendable {
  /// One part for each of a concatenation, else one.
  var parts: [ElementPart]
  var value: ElementValue?
  /// Why the element may not count: a rate limit of its own.
  var doubt: Doubt?
  /// An exception inside a wider element: `nomatch` of ipset.
  var isException = false

  var plainInterval: IntervalSet.Interval? {
    guard value == nil, doubt == nil, !isException, parts.count == 1,
      case .range(let low, let high) = parts[0]
    else { return nil }
    return .init(low, high)
  }
}

/// One part of an element.
enum ElementPart: Sendable, Hashable {
  case any
  case range(UInt128, UInt128)
  case name(NamePattern)
  case doubt(Doubt)
}

/// What a map has for a key.
enum ElementValue: Sendable, Hashable {
  case verdict(RuleVerdict)
  /// The parts of a value; several for a concatenation.
  case parts([ElementPart])
  /// Text that says what a rule would do, and was not understood.
  case doubt(Doubt)
}

/// A set or map with a name.
struct NamedSet: Sendable {
  /// What its elements are written in.
  enum Content: Sendable {
    /// A JSON array of elements, of the types and of the value types.
    case nft(types: [Datatype], values: [Datatype], holdsVerdicts: Bool)
    /// Lines `add NAME ELEMENT …`.
    case ipset(IpsetType)
  }

  var name: String
  /// The table that it belongs to; `nil` for ipset.
  var table: Int?
  var content: Content
  var elements: [TextLocation] = []
  /// The sets that a set of sets holds, by name.
  var members: [String] = []
  /// Whether the rules or a time limit can change the elements at any time.
  var canChange = false
}
