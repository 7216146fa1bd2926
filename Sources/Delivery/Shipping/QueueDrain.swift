internal import Reporting

/// One run over one queue: batches, newest first, until it is empty or something says stop.
struct QueueDrain {
  private let spool: Spool
  private let exporter: any Exporter
  private let options: ShippingOptions
  private let environment: ShippingEnvironment
  private let others: SpoolStatus
  private var state: QueueState
  private var plan: BatchPlan
  /// What waits, the next one last.
  private var waiting: [SpoolEntry] = []
  private var summary: QueueSummary
  /// Whether the last request was refused and split; then the next one goes too, however many there were,
  /// for a run that ended in the midst of every split would never come to the report at fault.
  private var isInSplit = false

  /// - Parameter others: what the spool had to say of all queues when the run began.
  init(
    _ spool: Spool, to exporter: any Exporter, options: ShippingOptions,
    environment: ShippingEnvironment, others: SpoolStatus
  ) {
    self.spool = spool
    self.exporter = exporter
    self.options = options
    self.environment = environment
    self.others = others
    state = spool.state(of: exporter.queue)
    plan = BatchPlan(limit: exporter.batchLimit)
    summary = QueueSummary(exporter.queue)
  }

  private var directory: String { SpoolLayout.directory(of: exporter.queue) }

  /// Blocks the calling thread until the queue is left.
  mutating func run() -> QueueSummary {
    let began = environment.elapsedMilliseconds()
    do throws(Stop) {
      try begin()
      while !waiting.isEmpty {
        try checkBudget(since: began)
        let batch = try nextBatch()
        if !batch.isEmpty { try send(batch) }
      }
    } catch {
      summary.end = error.end
    }
    // What was counted without a request, or could not be written on a disk that was full then.
    if summary.dropped + summary.damaged > 0 { try? spool.save(state, of: exporter.queue) }
    summary.left = waiting.count
    return summary
  }

  /// Why no more is sent.
  private struct Stop: Error {
    var end: QueueSummary.End

    init(_ end: QueueSummary.End) { self.end = end }
  }

  /// Trims the queue before anything of it is sent, and looks whether anything may be.
  private mutating func begin() throws(Stop) {
    let now = environment.now()
    summary.dropped = spool.trim(directory, to: spool.limits, at: now)
    state.droppedTotal += summary.dropped
    do throws(SpoolError) {
      waiting = try spool.entries(in: directory)
    } catch {
      throw Stop(.unusable(error))
    }
    guard !waiting.isEmpty else { return }
    let isClipped = state.clipWait(at: now)
    if !options.ignoresBackoff, let moment = state.wait(at: now) {
      if isClipped { try save() }
      throw Stop(.waiting(until: moment))
    }
    // A queue that cannot be changed would be delivered anew by every run.
    try save()
  }

  /// Writes what is remembered of the queue; not being able to is a reason to stop, but for a full disk,
  /// where delivering makes room again.
  private func save() throws(Stop) {
    do throws(SpoolFileError) {
      try spool.save(state, of: exporter.queue)
    } catch {
      guard error.isFull else { throw Stop(.unusable(.files(error))) }
    }
  }

  private func checkBudget(since began: Int) throws(Stop) {
    guard !options.isUnlimited else { return }
    let isTimeUp = environment.elapsedMilliseconds() - began >= options.milliseconds
    let isSpent = summary.requests >= options.requests && !isInSplit
    if isTimeUp || isSpent { throw Stop(.budget) }
  }

  /// Reads the reports of one request; the entries that are no reports leave the queue.
  private mutating func nextBatch() throws(Stop) -> [(SpoolEntry, ShippedReport)] {
    let count = plan.count(of: waiting.reversed().lazy.map(\.bytes))
    var batch: [(SpoolEntry, ShippedReport)] = []
    for entry in waiting.suffix(count).reversed() {
      switch spool.document(of: entry, in: directory) {
      case .success(let document):
        if let report = try? ShippedReport(parsing: document) {
          batch.append((entry, report))
        } else {
          setAsideDamaged(entry)
        }
      case .failure(.damaged): setAsideDamaged(entry)
      case .failure(.gone): break
      case .failure(.unreadable(let error)): throw Stop(.unusable(.files(error)))
      }
    }
    let missing = count - batch.count
    if missing > 0 {
      waiting.removeLast(count)
      waiting += batch.map(\.0).reversed()
      plan.resolved(missing)
    }
    return batch
  }

  private mutating func setAsideDamaged(_ entry: SpoolEntry) {
    let place = SpoolLayout.damaged(of: exporter.queue)
    spool.setAside(entry, from: directory, in: place, at: environment.now())
    summary.damaged += 1
    state.damagedTotal += 1
  }

  private mutating func send(_ batch: [(SpoolEntry, ShippedReport)]) throws(Stop) {
    let outcome = exporter.send(batch.map(\.1), status: status)
    let entries = batch.map(\.0)
    summary.requests += 1
    isInSplit = false
    switch outcome {
    case .delivered(let warning):
      summary.warning = warning ?? summary.warning
      try finish(entries)
    case .partlyRejected(let count, let reason):
      summary.warning = reason
      summary.rejectedRecords += count
      state.rejectedRecordsTotal += count
      try finish(entries)
    case .refused(let reason): try refuse(entries, reason)
    case .postponed(let reason, let seconds): try postpone(reason, asked: seconds)
    case .misconfigured(let key, let reason):
      state.failed("\(key): \(reason)", waitSeconds: 0, at: environment.now())
      try? spool.save(state, of: exporter.queue)
      throw Stop(.misconfigured(key: key, reason: reason))
    }
  }

  /// Removes what the receiver has, and only then counts it.
  private mutating func finish(_ entries: [SpoolEntry]) throws(Stop) {
    summary.delivered += entries.count
    state.delivered(entries.count, at: environment.now())
    leave(entries.count)
    do throws(SpoolFileError) {
      for entry in entries { try spool.files.removeIfThere("\(directory)/\(entry.name)") }
      try spool.files.synchronize(directory)
    } catch {
      throw Stop(.unusable(.files(error)))
    }
    try save()
  }

  private mutating func refuse(_ entries: [SpoolEntry], _ reason: String) throws(Stop) {
    guard let entry = entries.first, entries.count == 1 else {
      plan.refused(entries.count)
      isInSplit = true
      return
    }
    let place = SpoolLayout.rejected(of: exporter.queue)
    spool.setAside(entry, from: directory, in: place, at: environment.now())
    summary.rejected += 1
    summary.warning = reason
    state.rejectedTotal += 1
    state.note(reason)
    leave(1)
    try save()
  }

  private mutating func postpone(_ reason: String, asked: Int?) throws(Stop) {
    let now = environment.now()
    let wait = options.backoff.wait(
      afterFailures: state.failures, asked: asked, random: environment.random)
    state.failed(reason, waitSeconds: wait, at: now)
    try? spool.save(state, of: exporter.queue)
    throw Stop(.postponed(reason: reason, until: now.adding(seconds: wait)))
  }

  private mutating func leave(_ count: Int) {
    waiting.removeLast(min(count, waiting.count))
    plan.resolved(count)
  }

  /// The spool's words, with what this run knows of the queue.
  private var status: SpoolStatus {
    var status = others
    let own = SpoolStatus.Queue(exporter.queue, state: state, waiting: waiting)
    status.damagedTotal += summary.damaged
    if let index = status.queues.firstIndex(where: { $0.name == own.name }) {
      status.queues[index] = own
    } else {
      status.queues.append(own)
    }
    return status
  }
}
