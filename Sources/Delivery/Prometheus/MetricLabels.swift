import Reporting

/// The labels of one sample, ready to print.
struct MetricLabels: Sendable, Hashable {
  /// Scalars of one value; what names a target is far shorter.
  private static let valueLimit = 256

  /// `{name="value",…}`; empty without labels.
  let text: String

  /// Values are from the host, and hostile: what a reader's eye could take for something else is escaped
  /// first, and what the format would, afterwards.
  init(_ labels: [(name: String, value: String)]) {
    guard !labels.isEmpty else {
      text = ""
      return
    }
    let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
    text = "{\(pairs.joined(separator: ","))}"
  }

  private static func escaped(_ value: String) -> String {
    let safe = HostText.terminal(HostText.cut(value, toScalars: valueLimit))
    var escaped = ""
    for scalar in safe.unicodeScalars {
      if scalar == "\\" || scalar == "\"" { escaped += "\\" }
      escaped.unicodeScalars.append(scalar)
    }
    return escaped
  }
}
