package import JSONText
internal import Reporting

extension ShippedReport {
  /// Reads a JSON report, version 1, of this or another agent.
  ///
  /// Members that are unknown are skipped, and so are words of closed lists that this agent does not know:
  /// a newer agent may have written them. Without a verdict it is `unknown`.
  ///
  /// - Throws: the first thing that is not of a report's shape; also another schema version, and a report
  ///   without its id or time.
  package init(parsing document: [UInt8]) throws(JSONShapeFailure) {
    var cursor = JSONCursor(document)
    self.init(
      document: document, reportID: "", takenAt: Timestamp(secondsSinceEpoch: 0),
      durationMilliseconds: 0, agentVersion: "", detail: .full, host: Host(), verdict: "unknown",
      targets: [], findings: [], resolved: [])
    var taken: Timestamp?
    let start = cursor.position
    guard try cursor.enterObject() else { throw cursor.failure(at: start, "a report") }
    while let name = try cursor.nextMember() {
      switch name {
      case "schemaVersion": try cursor.expectVersion()
      case "takenAt": taken = try cursor.timestamp()
      default: try read(name, from: &cursor)
      }
    }
    try cursor.expectEnd()
    guard let taken, !reportID.isEmpty else {
      throw cursor.failure(at: start, "a report with the members reportID and takenAt")
    }
    takenAt = taken
  }

  private mutating func read(
    _ name: String, from cursor: inout JSONCursor
  ) throws(JSONShapeFailure) {
    switch name {
    case "reportID": reportID = try cursor.string() ?? ""
    case "durationMilliseconds": durationMilliseconds = try cursor.integer(in: 0...(1 << 53)) ?? 0
    case "agent":
      agentVersion = try cursor.text(ofMember: "version") ?? ""
    case "detail": detail = try cursor.string().flatMap(ReportDetail.init) ?? .full
    case "host": host = try Host(from: &cursor)
    case "verdict": verdict = try cursor.string() ?? "unknown"
    case "targets": targets = try cursor.elements(Target.init(from:))
    case "findings": findings = try cursor.elements(Finding.init(from:))
    case "resolved": resolved = try cursor.elements(Resolved.init(from:))
    default: try cursor.skip()
    }
  }
}

extension ShippedReport.Host {
  fileprivate init(from cursor: inout JSONCursor) throws(JSONShapeFailure) {
    self.init()
    guard try cursor.enterObject() else { return }
    while let name = try cursor.nextMember() {
      switch name {
      case "operatingSystem": operatingSystem = try cursor.string()
      case "hostname": hostname = try cursor.string()
      case "machineID": machineID = try cursor.string()
      case "privateAddresses": privateAddresses = try cursor.strings()
      case "kernel": kernel = try cursor.string()
      case "distribution": distribution = try cursor.string()
      case "instanceID": instanceID = try cursor.string()
      case "region": region = try cursor.string()
      default: try cursor.skip()
      }
    }
  }
}

extension ShippedReport.Target {
  fileprivate init(from cursor: inout JSONCursor) throws(JSONShapeFailure) {
    self.init(name: "", scheme: "", address: "", port: 0, verdict: "unknown", hops: [])
    guard try cursor.enterObject() else { return }
    while let name = try cursor.nextMember() {
      switch name {
      case "name": self.name = try cursor.string() ?? ""
      case "protocol": scheme = try cursor.string() ?? ""
      case "address": address = try cursor.string() ?? ""
      case "port": port = try cursor.integer(in: 0...65_535) ?? 0
      case "verdict": verdict = try cursor.string() ?? "unknown"
      case "listener": try readListener(from: &cursor)
      case "path": hops = try cursor.elements(ShippedReport.Hop.init(from:))
      case "since": since = try cursor.timestamp()
      case "change": change = try cursor.string().flatMap(ShippedReport.Change.init)
      default: try cursor.skip()
      }
    }
  }

  private mutating func readListener(from cursor: inout JSONCursor) throws(JSONShapeFailure) {
    guard try cursor.enterObject() else { return }
    while let name = try cursor.nextMember() {
      switch name {
      case "loadBalancerID": loadBalancerID = try cursor.string()
      case "listenerID": listenerID = try cursor.string()
      default: try cursor.skip()
      }
    }
  }
}

extension ShippedReport.Hop {
  fileprivate init(from cursor: inout JSONCursor) throws(JSONShapeFailure) {
    self.init(name: "", verdict: "unknown", summary: "", cause: nil, isSkipped: false)
    guard try cursor.enterObject() else { return }
    while let name = try cursor.nextMember() {
      switch name {
      case "hop": self.name = try cursor.string() ?? ""
      case "verdict": verdict = try cursor.string() ?? "unknown"
      case "summary": summary = try cursor.string() ?? ""
      case "cause": cause = try cursor.string()
      case "skip": isSkipped = try cursor.string() != nil
      default: try cursor.skip()
      }
    }
  }
}

extension ShippedReport.Resolved {
  fileprivate init(from cursor: inout JSONCursor) throws(JSONShapeFailure) {
    self.init(id: "", targets: [], since: nil)
    guard try cursor.enterObject() else { return }
    while let name = try cursor.nextMember() {
      switch name {
      case "id": id = try cursor.string() ?? ""
      case "targets": targets = try cursor.strings()
      case "since": since = try cursor.timestamp()
      default: try cursor.skip()
      }
    }
  }
}
