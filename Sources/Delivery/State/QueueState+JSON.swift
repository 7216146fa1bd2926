internal import JSONText
internal import Reporting

extension QueueState {
  /// Parses what `json` writes; members that are missing are as in a new state, unknown ones are skipped.
  init(parsing bytes: [UInt8]) throws(JSONShapeFailure) {
    self.init()
    var cursor = JSONCursor(bytes)
    guard try cursor.enterObject() else { throw cursor.failure(at: 0, "an object") }
    while let name = try cursor.nextMember() {
      switch name {
      case "failures": failures = try cursor.count()
      case "notBefore": notBefore = try cursor.timestamp()
      case "waitSeconds": waitSeconds = try cursor.integer(in: 0...(1 << 53))
      case "deliveredTotal": deliveredTotal = try cursor.count()
      case "droppedTotal": droppedTotal = try cursor.count()
      case "rejectedTotal": rejectedTotal = try cursor.count()
      case "rejectedRecordsTotal": rejectedRecordsTotal = try cursor.count()
      case "damagedTotal": damagedTotal = try cursor.count()
      case "lastDelivery": lastDelivery = try cursor.timestamp()
      case "lastError": if let text = try cursor.string() { note(text) }
      default: try cursor.skip()
      }
    }
    try cursor.expectEnd()
  }

  /// The state as one JSON object, members in alphabetical order.
  var json: [UInt8] {
    let members: [(String, JSONValue?)] = [
      ("damagedTotal", .integer(Int64(damagedTotal))),
      ("deliveredTotal", .integer(Int64(deliveredTotal))),
      ("droppedTotal", .integer(Int64(droppedTotal))),
      ("failures", .integer(Int64(failures))),
      ("lastDelivery", (lastDelivery?.rfc3339).map(JSONValue.string)),
      ("lastError", lastError.map(JSONValue.string)),
      ("notBefore", (notBefore?.rfc3339).map(JSONValue.string)),
      ("rejectedRecordsTotal", .integer(Int64(rejectedRecordsTotal))),
      ("rejectedTotal", .integer(Int64(rejectedTotal))),
      ("waitSeconds", waitSeconds.map { .integer(Int64($0)) }),
    ]
    let lines = members.map { name, value in "  \"\(name)\": \(Self.text(value))" }
    return Array("{\n\(lines.joined(separator: ",\n"))\n}\n".utf8)
  }

  private static func text(_ value: JSONValue?) -> String {
    switch value {
    case .integer(let number): "\(number)"
    case .string(let text): JSONString.quoted(text)
    default: "null"
    }
  }
}

extension JSONCursor {
  fileprivate mutating func count() throws(JSONShapeFailure) -> Int {
    try integer(in: 0...(1 << 53)) ?? 0
  }
}
