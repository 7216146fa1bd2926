internal import JSONText
internal import Reporting

extension ShippedReport.Finding {
  init(from cursor: inout JSONCursor) throws(JSONShapeFailure) {
    self.init(
      id: "", layer: "", severity: "unknown", summary: "", targets: [], cause: nil,
      isSkipped: false, evidence: [], commands: [], since: nil, change: nil)
    guard try cursor.enterObject() else { return }
    while let name = try cursor.nextMember() { try read(name, from: &cursor) }
  }

  private mutating func read(
    _ name: String, from cursor: inout JSONCursor
  ) throws(JSONShapeFailure) {
    switch name {
    case "id": id = try cursor.string() ?? ""
    case "layer": layer = try cursor.string() ?? ""
    case "severity": severity = try cursor.string() ?? "unknown"
    case "summary": summary = try cursor.string() ?? ""
    case "targets": targets = try cursor.strings()
    case "cause": cause = try cursor.string()
    case "skip": isSkipped = try cursor.string() != nil
    case "evidence": evidence = try cursor.elements(ShippedReport.Evidence.init(from:))
    case "remedies":
      commands = try cursor.elements(Self.readCommands(from:)).first ?? []
    case "since": since = try cursor.timestamp()
    case "change": change = try cursor.string().flatMap(ShippedReport.Change.init)
    default: try cursor.skip()
    }
  }

  private static func readCommands(
    from cursor: inout JSONCursor
  ) throws(JSONShapeFailure) -> [String] {
    var commands: [String] = []
    guard try cursor.enterObject() else { return commands }
    while let name = try cursor.nextMember() {
      if name == "commands" { commands = try cursor.strings() } else { try cursor.skip() }
    }
    return commands
  }
}

extension ShippedReport.Evidence {
  fileprivate init(from cursor: inout JSONCursor) throws(JSONShapeFailure) {
    self.init(source: "", text: "")
    guard try cursor.enterObject() else { return }
    while let name = try cursor.nextMember() {
      switch name {
      case "source": source = try cursor.string() ?? ""
      case "text": text = try cursor.string() ?? ""
      default: try cursor.skip()
      }
    }
  }
}
