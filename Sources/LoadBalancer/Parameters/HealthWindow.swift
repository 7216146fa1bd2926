/// How long a real server keeps a state that no longer holds, in seconds from the run's first probe.
///
/// Up to one IntervalTime passes before that probe. A range stands where it depends on the answers or
/// where CLB's documents do not say which formula holds.
///
/// Source: https://www.tencentcloud.com/document/product/214/6097 .
package struct HealthWindow: Sendable, Hashable {
  /// Until a server that fails every probe is "Abnormal".
  package var secondsToUnhealthy: ClosedRange<Int>
  /// Until a server that passes every probe is "Healthy"; the longer, the slower its answers.
  package var secondsToHealthy: ClosedRange<Int>

  /// Which of the documented formulas holds.
  package enum Formula: Sendable, Hashable, CaseIterable {
    /// IntervalTime × (number − 1): a probe goes out at every interval, answered or not.
    case layer4
    /// The layer-4 time, and what each probe takes.
    case layer7
    /// An HTTP check of a layer-4 listener: the documents do not say.
    case either
  }

  package init(_ check: HealthCheck, formula: Formula) {
    let failing = check.intervalTime * max(0, check.unHealthNum - 1)
    let passing = check.intervalTime * max(0, check.healthNum - 1)
    let waiting = failing + check.timeOut * check.unHealthNum
    let slowest = passing + check.timeOut * check.healthNum
    switch formula {
    case .layer4: (secondsToUnhealthy, secondsToHealthy) = (failing...failing, passing...passing)
    case .layer7: (secondsToUnhealthy, secondsToHealthy) = (waiting...waiting, passing...slowest)
    case .either: (secondsToUnhealthy, secondsToHealthy) = (failing...waiting, passing...slowest)
    }
  }

  /// The window of a target's check; a target named by hand is taken for one of its own protocol's listener.
  package init(_ target: Target) { self.init(target.healthCheck, formula: target.windowFormula) }
}

extension Target {
  /// Which of the documented formulas holds for this target.
  package var windowFormula: HealthWindow.Formula {
    switch checkType {
    case .tcp, .ping, .custom: listener?.listenerProtocol.isLayer7 == true ? .layer7 : .layer4
    case .http, .https, .grpc:
      listener.map(\.listenerProtocol.isLayer7) == false ? .either : .layer7
    }
  }
}
