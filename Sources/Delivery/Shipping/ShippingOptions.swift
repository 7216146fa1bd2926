/// How much one run may send.
package struct ShippingOptions: Sendable, Hashable {
  /// Requests of one queue.
  package var requests: Int
  /// Milliseconds for one queue; a request that has begun is ended by its exporter's own limit.
  package var milliseconds: Int
  /// Whether a queue is drained though its backoff says to wait.
  package var ignoresBackoff: Bool
  /// Whether a queue is drained to its end, however long that takes.
  package var isUnlimited: Bool
  package var backoff: Backoff

  /// - Parameters:
  ///   - requests: a backlog of a thousand reports at 64 a request; more would be a surge for a receiver
  ///     that just returned.
  ///   - milliseconds: far from the next run of a schedule each five minutes.
  package init(
    requests: Int = 16, milliseconds: Int = 60_000, ignoresBackoff: Bool = false,
    isUnlimited: Bool = false, backoff: Backoff = Backoff()
  ) {
    self.requests = requests
    self.milliseconds = milliseconds
    self.ignoresBackoff = ignoresBackoff
    self.isUnlimited = isUnlimited
    self.backoff = backoff
  }
}
