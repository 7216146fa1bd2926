import Checker
import Delivery
import Glibc
import Host
import Reporting
import Settings

/// Keeps reports for the receivers, and what they said for the runs to come; holds the state directory's lock.
struct ReportKeeper: ~Copyable {
  let spool: Spool
  let receivers: [Receiver]
  private let directory: StateDirectory
  private let lock: StateLock
  private var history: VerdictHistory
  /// What went wrong and does not keep the report from being made, each a sentence.
  private(set) var complaints: [String] = []

  /// Opens the state directory, and finishes what an earlier run was kept from finishing.
  ///
  /// - Throws: 64 where the settings name no receiver or the directory cannot be used; 3 where the disk
  ///   takes nothing; 75 where another run has it.
  init(_ settings: Settings, _ options: StateOptions) throws(RunError) {
    let receivers = settings.namedReceivers
    guard !receivers.isEmpty else {
      throw .usage(
        "--ship: expected receivers in the settings file; \"clb-agent config init\" shows how they are named"
      )
    }
    try Delivering.check(receivers)
    let directory = try options.open(settings)
    let lock = try directory.locked()
    let spool = Spool(directory.files, limits: settings.spool.limits)
    var complaints: [String] = []
    do throws(SpoolError) {
      let recovery = try spool.open(queues: receivers.flatMap(\.queues), at: Timestamp.now)
      if let failure = recovery.failure { complaints.append("spool: \(failure)") }
    } catch {
      throw .unopened(error)
    }
    self.receivers = receivers
    self.directory = directory
    self.lock = lock
    self.spool = spool
    history = Self.history(in: directory, &complaints)
    self.complaints = complaints
  }

  private static func history(
    in directory: StateDirectory, _ complaints: inout [String]
  ) -> VerdictHistory {
    do throws(SpoolFileError) {
      if let kept = try directory.history() { return kept }
      complaints.append("history: it is damaged; this run begins a new one")
    } catch {
      complaints.append("history: \(error); this run begins a new one")
    }
    return VerdictHistory()
  }

  /// Takes a report: says in it what changed, and keeps it for the receivers.
  ///
  /// - Parameter detail: how much is sent at least.
  mutating func keep(_ report: inout Report, detail: ReportDetail) {
    let changes = history.take(report.diagnosis, at: report.takenAt)
    report.changes = changes
    let isFull = detail == .full || changes.hasNewVerdict || isFullDue(at: report.takenAt)
    let document = JSONReport.compact(isFull ? report : report.summarized)
    let queues = receivers.flatMap(\.queues)
    do throws(SpoolError) {
      if !queues.isEmpty {
        let stored = try spool.store(
          document: Array(document.utf8), reportID: report.reportID, takenAt: report.takenAt,
          queues: queues, at: Timestamp.now)
        if let failure = stored.failure { complaints.append("spool: \(failure)") }
      }
      if isFull { history.lastFull = report.takenAt }
    } catch {
      // The next run shall tell the receivers what this one could not.
      complaints.append("the report is not kept for the receivers: \(error)")
      return
    }
    do throws(SpoolFileError) {
      try directory.save(history)
    } catch {
      complaints.append("history: \(error)")
    }
  }

  /// Sends what waits, and writes the files that have no queue.
  ///
  /// - Parameter isQuiet: whether a receiver that keeps failing is worth a word only once.
  /// - Returns: what somebody should know, each a line.
  func deliver(_ report: Report, isQuiet: Bool) -> [String] {
    let delivering = Delivering(spool: spool, receivers: receivers)
    do throws(RunError) {
      let before = try delivering.status()
      // Now, for a receiver that hangs may outlast this run's time, and again with what became of it.
      _ = delivering.writeTextfiles(report, before)
      let due = due(before, hasNews: report.changes?.hasNews ?? true)
      let summaries = try Delivering(spool: spool, receivers: due).run()
      let status = try delivering.status()
      let told = summaries.filter { summary in
        summary.isWorthTelling(
          status.of(summary.queue), after: before.of(summary.queue), isQuiet: isQuiet)
      }
      return complaints + told.map(\.line) + delivering.writeTextfiles(report, status)
    } catch {
      return complaints + ["\(error)"]
    }
  }

  /// The receivers that are told now: all of them of news, else those whose moment has come.
  private func due(_ status: SpoolStatus, hasNews: Bool) -> [Receiver] {
    guard !hasNews, receivers.contains(where: { $0.sendInterval > 0 }) else { return receivers }
    let spread = Spread(of: LiveDoor())
    return receivers.filter { receiver in
      let moment = SendingMoment(everySeconds: receiver.sendInterval, spread: spread)
      return status.queues.contains { queue in
        // What failed may have been news, and the queue's own wait says when it goes again.
        queue.name.receiver == receiver.name
          && (queue.notBefore != nil || moment.isDue(at: .now, last: queue.lastDelivery))
      }
    }
  }

  /// Seconds after which a whole report goes even where nothing changed.
  private static let fullInterval: Int64 = 86_400

  /// Whether a day has passed since the last whole report, or the clock was set back behind it.
  private func isFullDue(at time: Timestamp) -> Bool {
    guard let last = history.lastFull else { return true }
    return !(0..<Self.fullInterval).contains(time.secondsSinceEpoch - last.secondsSinceEpoch)
  }
}

extension StateDirectory {
  private static var historyPath: String { "history.json" }

  /// What earlier runs said, nothing where none was kept; `nil` for what is damaged.
  func history() throws(SpoolFileError) -> VerdictHistory? {
    do throws(SpoolFileError) {
      let bytes = try files.read(Self.historyPath, limit: VerdictHistory.documentLimit)
      return VerdictHistory(parsing: bytes)
    } catch {
      if error.isMissing { return VerdictHistory() }
      throw error
    }
  }

  func save(_ history: VerdictHistory) throws(SpoolFileError) {
    try files.replace(Self.historyPath, history.document)
    try files.synchronize(".")
  }

  /// The directory's lock.
  ///
  /// - Throws: 75 where another run has it.
  func locked() throws(RunError) -> StateLock {
    do throws(StateDirectoryError) {
      return try lock()
    } catch {
      throw .state(error)
    }
  }
}
