package import Checker

extension Verdict {
  /// The exit status of a run that ends with this verdict, as the monitoring plugins have it.
  ///
  /// Source: https://www.monitoring-plugins.org/doc/guidelines.html , "Plugin Return Codes".
  package var exitStatus: Int32 {
    switch self {
    case .pass: 0
    case .warn: 1
    case .fail: 2
    case .unknown: 3
    }
  }

  /// The verdict as people see it: `FAIL`.
  var word: String { rawValue.uppercased() }

  var tone: Tone {
    switch self {
    case .pass: .good
    case .warn: .caution
    case .fail: .bad
    case .unknown: .unsure
    }
  }
}

extension Severity {
  /// The severity as people see it: `FAIL`.
  var word: String { rawValue.uppercased() }

  var tone: Tone {
    switch self {
    case .fail: .bad
    case .warn: .caution
    case .unknown: .unsure
    case .info: .strong
    }
  }
}

extension Layer {
  /// The heading of the layer's to-do list.
  var title: String {
    switch self {
    case .layer4: "Layer 4"
    case .layer7: "Layer 7"
    case .bandwidth: "Backend bandwidth"
    case .host: "Host"
    }
  }
}
