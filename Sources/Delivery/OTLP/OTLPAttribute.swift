import Reporting

/// `KeyValue`: an attribute of a resource, a record or a point.
struct OTLPAttribute: OTLPMessage, Hashable {
  var key: String
  var value: OTLPValue

  init(_ key: String, _ value: OTLPValue) {
    self.key = key
    self.value = value
  }

  /// Text of the host, made harmless.
  init(_ key: String, _ text: String) {
    self.init(key, .string(text.shipped))
  }

  init(_ key: String, _ number: Int) {
    self.init(key, .int(Int64(number)))
  }

  /// Texts of the host, made harmless.
  init(_ key: String, _ texts: [String]) {
    self.init(key, .strings(texts.map(\.shipped)))
  }

  func encode(to fields: inout some OTLPFieldWriter) {
    fields.string(1, "key", key)
    fields.message(2, "value", value)
  }
}

/// `AnyValue`: those of its members that the agent sends.
enum OTLPValue: OTLPMessage, Hashable {
  case string(String)
  case bool(Bool)
  case int(Int64)
  case double(Double)
  case strings([String])

  func encode(to fields: inout some OTLPFieldWriter) {
    switch self {
    case .string(let value): fields.string(1, "stringValue", value, .explicit)
    case .bool(let value): fields.bool(2, "boolValue", value, .explicit)
    case .int(let value): fields.int64(3, "intValue", value, .explicit)
    case .double(let value): fields.double(4, "doubleValue", value, .explicit)
    case .strings(let values): fields.message(5, "arrayValue", ArrayValue(values: values))
    }
  }

  private struct ArrayValue: OTLPMessage {
    var values: [String]

    func encode(to fields: inout some OTLPFieldWriter) {
      fields.messages(1, "values", values.map { OTLPValue.string($0) })
    }
  }
}

extension String {
  /// Bytes of one value that travel; what is behind them is cut off, and `…` says so.
  static let shippedLimit = 4096

  /// The text as it leaves the host: hostile characters escaped, for a log viewer may be a terminal, and
  /// bounded.
  var shipped: String {
    let safe = HostText.terminal(self)
    guard safe.utf8.count > Self.shippedLimit else { return safe }
    // A scalar has at most four bytes in UTF-8, and the mark three.
    var cut = String.UnicodeScalarView()
    var bytes = 0
    for scalar in safe.unicodeScalars {
      bytes += UTF8.width(scalar)
      guard bytes <= Self.shippedLimit - 3 else { break }
      cut.append(scalar)
    }
    return String(cut) + "…"
  }
}
