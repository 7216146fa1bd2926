import FoundationEssentials
import Host
import Windows

/// Files of the captures in `Tests/Captures/windows`, and text of the same shapes.
enum Sample {
  static let captures = [
    "healthy", "firewall-drops", "some-sources", "loopback-only", "other-address",
  ]

  /// The bytes as they stand in the capture; `nil` where it has no such file.
  static func bytes(_ capture: String, _ file: CaptureFile) -> [UInt8]? {
    let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let path = "\(root)/Tests/Captures/windows/\(capture)/\(file.rawValue)"
    return FileManager.default.contents(atPath: path).map(Array.init)
  }

  static func text(_ text: String) throws -> ConsoleText {
    try ConsoleText(decoding: Array(text.replacing("\n", with: "\r\n").utf8))
  }

  static func text(_ capture: String, _ file: CaptureFile) throws -> ConsoleText {
    try ConsoleText(decoding: bytes(capture, file) ?? [])
  }

  /// One rule as netsh prints it with `verbose`, with fields put in place of its own.
  static func rule(_ changes: [String: String] = [:], name: String = "Web") -> String {
    let fields = [
      ("Enabled", "Yes"), ("Direction", "In"), ("Profiles", "Domain,Private,Public"),
      ("Grouping", ""), ("LocalIP", "Any"), ("RemoteIP", "Any"), ("Protocol", "TCP"),
      ("LocalPort", "80"), ("RemotePort", "Any"), ("Edge traversal", "No"), ("Program", "Any"),
      ("InterfaceTypes", "Any"), ("Security", "NotRequired"), ("Action", "Allow"),
    ]
    let lines = fields.map { label, value in
      (label + ":").padded(to: 38) + (changes[label] ?? value)
    }
    let heading = "Rule Name:".padded(to: 38) + name
    return "\n\(heading)\n\(String(repeating: "-", count: 70))\n\(lines.joined(separator: "\n"))\n"
  }

  static func rules(_ blocks: String...) throws -> [FirewallRule] {
    try FirewallRuleListing(parsing: text(blocks.joined() + "\nOk.\n\n")).rules
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
