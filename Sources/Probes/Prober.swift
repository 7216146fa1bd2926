package import LoadBalancer

/// Makes the CLB's own check of a target from this host, and what else explains its outcome.
///
/// Needs no privilege. Each probe blocks threads of its own and none of the caller's, so many targets can be
/// probed at once. A probe ends by its time limits, not by cancelling its task.
package struct Prober: Sendable {
  private let tls: (any TLSClientSessionFactory)?

  /// - Parameter tls: `nil` leaves TLS targets unprobed, with an outcome that says so.
  package init(tls: (any TLSClientSessionFactory)?) {
    self.tls = tls
  }

  /// Probes one target: the health check first, then at most three exchanges that explain it.
  ///
  /// Each has a time limit of its own: the check's `TimeOut`, and for the patient repeat up to ten seconds more.
  package func probe(_ target: Target) async -> ProbeReport {
    let plan = ProbePlan(target: target, canSpeakTLS: tls != nil)
    let outcome = await exchange(plan.check, for: .healthCheck)
    var exchanges = [outcome]
    for step in plan.explanations(of: outcome) {
      exchanges.append(await exchange(step.request, for: step.purpose))
    }
    return ProbeReport(target: target.name, exchanges: exchanges)
  }

  /// Makes one exchange as asked, whatever became of others.
  package func exchange(
    _ request: ProbeRequest, for purpose: ProbeExchange.Purpose
  ) async -> ProbeExchange {
    do {
      return try await onOwnThread { [tls] in
        ExchangeRun.perform(request, for: purpose, tls: tls)
      }
    } catch {
      return ExchangeRun.unsent(request, purpose, .systemError("start a thread: \(error)"))
    }
  }
}
