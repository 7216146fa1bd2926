package import Reporting

extension Spool {
  /// What became of a report that was stored.
  package struct Stored: Sendable, Hashable {
    /// Older reports that gave way, over all queues.
    package var dropped = 0
    /// Why it has not reached all of its queues yet; the next run takes it there.
    package var failure: SpoolFileError?
  }

  /// Keeps a report for its queues; once this returns, no crash loses it.
  ///
  /// - Parameters:
  ///   - document: the JSON report.
  ///   - queues: of those that `open` was given.
  /// - Throws: when the report is not kept; the spool is as before, but for older reports dropped for room.
  package func store(
    document: [UInt8], reportID: String, takenAt: Timestamp, queues: [QueueName],
    at now: Timestamp
  ) throws(SpoolError) -> Stored {
    guard document.count <= SpoolFrame.documentLimit else {
      throw .tooLarge(bytes: document.count, limit: SpoolFrame.documentLimit)
    }
    let file = SpoolFrame(document, for: queues).bytes
    let entry = try SpoolEntry(takenAt: takenAt, reportID: reportID, bytes: file.count)
    var stored = Stored()
    guard !queues.isEmpty else { return stored }
    stored.dropped = try write(file, as: entry)
    stored.failure = fanOut(entry, to: queues)
    // What is in all of its queues lasts there; what is not must last here.
    if stored.failure != nil { try keepIncoming(entry, queues) }
    for queue in queues {
      let dropped = trim(SpoolLayout.directory(of: queue), to: limits, at: now)
      if dropped > 0 { count(in: queue) { $0.droppedTotal += dropped } }
      stored.dropped += dropped
    }
    return stored
  }

  /// Writes the report, on a full disk once more after older ones have given way.
  ///
  /// - Returns: how many have.
  private func write(_ file: [UInt8], as entry: SpoolEntry) throws(SpoolError) -> Int {
    let path = "\(SpoolLayout.incoming)/\(entry.name)"
    do throws(SpoolFileError) {
      try files.replace(path, file)
      return 0
    } catch {
      guard error.isFull else { throw .files(error) }
    }
    let dropped = makeRoom(bytes: file.count)
    do throws(SpoolFileError) {
      try files.replace(path, file)
      return dropped
    } catch {
      throw error.isFull ? .full(error, dropped: dropped) : .files(error)
    }
  }

  /// Lets a report last in `incoming`; one that does not is taken back.
  private func keepIncoming(
    _ entry: SpoolEntry, _ queues: [QueueName]
  ) throws(SpoolError) {
    do throws(SpoolFileError) {
      try files.synchronize(SpoolLayout.incoming)
    } catch {
      for place in [SpoolLayout.incoming] + queues.map(SpoolLayout.directory(of:)) {
        try? files.remove("\(place)/\(entry.name)")
      }
      throw .files(error)
    }
  }

  /// Takes a report from `incoming` to its queues.
  ///
  /// - Returns: why it has not reached all of them; then it stays in `incoming` too.
  func fanOut(_ entry: SpoolEntry, to queues: [QueueName]) -> SpoolFileError? {
    var failure: SpoolFileError?
    for queue in queues {
      do throws(SpoolFileError) {
        let directory = SpoolLayout.directory(of: queue)
        try give(entry, to: directory)
        try files.synchronize(directory)
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { return failure }
    do throws(SpoolFileError) {
      try files.removeIfThere("\(SpoolLayout.incoming)/\(entry.name)")
      return nil
    } catch {
      return error
    }
  }

  private func give(_ entry: SpoolEntry, to directory: String) throws(SpoolFileError) {
    let source = "\(SpoolLayout.incoming)/\(entry.name)"
    let destination = "\(directory)/\(entry.name)"
    do throws(SpoolFileError) {
      try files.link(source, to: destination)
    } catch {
      // An earlier run came so far.
      if error.isTaken { return }
      guard error.isRefusedLink else { throw error }
      try files.replace(destination, try files.read(source, limit: SpoolFrame.fileLimit))
    }
  }

  /// Removes what is set aside as damaged, and then the oldest reports of all queues, until as many bytes
  /// are free.
  ///
  /// - Returns: how many reports of queues were removed.
  private func makeRoom(bytes needed: Int) -> Int {
    // What a file takes beyond its bytes: the rest of its last block, and its name.
    var missing = needed + 8192
    var removed: [QueueName: Int] = [:]
    for file in setAsideFiles(in: SpoolLayout.damaged) where missing > 0 {
      if (try? files.remove(file.path)) != nil { missing -= file.bytes }
    }
    let queues = (try? knownQueues()) ?? []
    let waiting = queues.flatMap { queue in
      ((try? entries(in: SpoolLayout.directory(of: queue))) ?? []).map { (queue, $0) }
    }
    // Names of one file are neighbours in this order, and it is the last of them that frees anything.
    for (queue, entry) in waiting.sorted(by: { $0.1 < $1.1 }) {
      guard missing > 0 || removed.isEmpty else { break }
      guard (try? files.remove("\(SpoolLayout.directory(of: queue))/\(entry.name)")) != nil else {
        continue
      }
      removed[queue, default: 0] += 1
      missing -= entry.bytes / max(1, queues.count)
    }
    for (queue, dropped) in removed { count(in: queue) { $0.droppedTotal += dropped } }
    return removed.values.reduce(0, +)
  }
}
