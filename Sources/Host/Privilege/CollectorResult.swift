/// What the collecting child found and how it ended.
package struct CollectorResult: Sendable {
  package var entries: [CaptureEntry]
  package var end: CollectorEnd
}

/// How the collecting child ended.
package enum CollectorEnd: Sendable, Hashable {
  case whole
  /// It could not give up the privileges that it does not need, and so did not begin.
  case privileges
  /// A trap of ours, or someone's signal.
  case signal(Int32)
  case status(Int32)
  case timeLimit(seconds: Double)

  static let privilegesStatus: Int32 = 77

  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7F
    let status = waitStatus >> 8 & 0xFF
    switch (signal, status) {
    case (0, 0): self = .whole
    case (0, CollectorEnd.privilegesStatus): self = .privileges
    case (0, _): self = .status(status)
    default: self = .signal(signal)
    }
  }

  /// Why readings of that child are missing; `nil` for a whole run.
  package var failure: ReadFailure? {
    switch self {
    case .whole: nil
    case .privileges:
      .system(call: "collector", error: "the privileges it does not need could not be given up")
    case .signal(let number): .signal(number)
    case .status(let status): .exitStatus(status, "")
    case .timeLimit(let seconds): .timeLimit(seconds: seconds)
    }
  }
}
