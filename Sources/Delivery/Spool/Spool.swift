package import Reporting

/// Reports on disk that wait for their receivers: one file for each report and queue.
///
/// A report is written once, in `incoming`, and then linked into the directory of each queue; its first name
/// goes once all others last. There is no index: the directories are the queues, and names order them.
/// Whoever changes the spool holds the state directory's lock; one queue may be drained beside another.
package struct Spool: Sendable {
  package let files: any SpoolFiles
  package let limits: SpoolLimits

  /// Nothing is read or made until something is asked.
  package init(_ files: any SpoolFiles, limits: SpoolLimits = SpoolLimits()) {
    self.files = files
    self.limits = limits
  }

  /// What `open` found that an earlier run had left.
  package struct Recovery: Sendable, Hashable {
    /// Reports that were whole and had not reached all of their queues; now they have.
    package var finished = 0
    /// Files that never became whole; they are gone.
    package var unfinished = 0
    /// Reports that were not as written; they are set aside.
    package var damaged = 0
    /// Why reports still wait for their queues.
    package var failure: SpoolError?
  }

  /// Makes the directories, and finishes what an earlier run was kept from finishing.
  ///
  /// - Parameter queues: those of the settings. A report that an earlier run kept goes to the queues that it
  ///   was kept for.
  /// - Throws: when the spool cannot be written.
  package func open(
    queues: [QueueName], at now: Timestamp
  ) throws(SpoolError) -> Recovery {
    try makeDirectories(queues)
    var recovery = Recovery()
    let places =
      [SpoolLayout.states, SpoolLayout.incoming]
      + (try knownQueues()).map(SpoolLayout.directory(of:))
    for place in places { recovery.unfinished += try removeUnfinished(in: place) }
    for entry in try entries(in: SpoolLayout.incoming) { finish(entry, &recovery, at: now) }
    if recovery.damaged > 0 { count(in: nil) { $0.damagedTotal += recovery.damaged } }
    // Queues that the settings no longer have are drained by nobody.
    for queue in try knownQueues() where !queues.contains(queue) {
      let dropped = trim(SpoolLayout.directory(of: queue), to: limits, at: now)
      if dropped > 0 { count(in: queue) { $0.droppedTotal += dropped } }
    }
    // What cannot reach its queues for long must not fill the disk.
    let dropped = trim(SpoolLayout.incoming, to: limits, at: now)
    for queue in queues where dropped > 0 { count(in: queue) { $0.droppedTotal += dropped } }
    return recovery
  }

  /// Takes a report that was kept to the queues it was kept for.
  private func finish(_ entry: SpoolEntry, _ recovery: inout Recovery, at now: Timestamp) {
    switch frame(of: entry, in: SpoolLayout.incoming) {
    case .success(let frame):
      do throws(SpoolError) {
        try makeDirectories(frame.queues)
        if let error = fanOut(entry, to: frame.queues) { throw .files(error) }
        recovery.finished += 1
      } catch {
        recovery.failure = recovery.failure ?? error
      }
    case .failure(.gone): return
    case .failure(.unreadable(let error)): recovery.failure = recovery.failure ?? .files(error)
    case .failure(.damaged):
      setAside(entry, from: SpoolLayout.incoming, in: SpoolLayout.damaged(of: nil), at: now)
      recovery.damaged += 1
    }
  }

  /// Makes what is missing, and lets all of it last, for a run that was killed may have made it.
  private func makeDirectories(_ queues: [QueueName]) throws(SpoolError) {
    let parents = [SpoolLayout.queues, SpoolLayout.spool, "."]
    let leaves =
      [
        SpoolLayout.incoming, SpoolLayout.queues, SpoolLayout.rejected, SpoolLayout.damaged,
        SpoolLayout.states,
      ] + queues.map(SpoolLayout.directory(of:))
    do throws(SpoolFileError) {
      for path in [SpoolLayout.spool] + leaves { try files.makeDirectory(path) }
      for path in parents { try files.synchronize(path) }
    } catch {
      throw .files(error)
    }
  }

  private func removeUnfinished(in directory: String) throws(SpoolError) -> Int {
    do throws(SpoolFileError) {
      let names = try files.list(directory).map(\.name)
        .filter { $0.hasPrefix(SpoolLayout.temporaryPrefix) }
      for name in names { try files.removeIfThere("\(directory)/\(name)") }
      return names.count
    } catch {
      throw .files(error)
    }
  }
}
