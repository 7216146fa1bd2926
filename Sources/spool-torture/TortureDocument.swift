import Reporting

/// A report whose every byte follows from its id and time.
enum TortureDocument {
  static func make(_ id: String, takenAt: Timestamp) -> [UInt8] {
    // FNV-1a, so that lengths and bytes differ from report to report.
    var hash = id.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01B3
    }
    let length = Int(hash % 20_000)
    var padding: [UInt8] = []
    padding.reserveCapacity(length)
    for _ in 0..<length {
      hash = hash &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      padding.append(UInt8(ascii: "a") + UInt8(hash >> 59) % 26)
    }
    let head = #"{"schemaVersion":1,"reportID":"\#(id)","takenAt":"\#(takenAt.rfc3339)","notes":[""#
    return Array(head.utf8) + padding + Array(#""]}"#.utf8)
  }
}
