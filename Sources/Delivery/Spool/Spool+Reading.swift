internal import Reporting

extension Spool {
  /// Why a report's document is not at hand.
  enum ReadProblem: Error, Hashable {
    /// Somebody removed it meanwhile.
    case gone
    /// It is not as it was written, or never will be readable.
    case damaged(String)
    /// The process could not read just now.
    case unreadable(SpoolFileError)
  }

  /// Reports in a directory, oldest first; files of other names are passed over.
  func entries(in directory: String) throws(SpoolError) -> [SpoolEntry] {
    do throws(SpoolFileError) {
      return try files.listIfThere(directory).compactMap(SpoolEntry.init(parsing:)).sorted()
    } catch {
      throw .files(error)
    }
  }

  /// Reads one report, and holds it to its checksum.
  func document(of entry: SpoolEntry, in directory: String) -> Result<[UInt8], ReadProblem> {
    frame(of: entry, in: directory).map(\.document)
  }

  /// Reads one report and the queues that it is for, and holds both to their checksum.
  func frame(of entry: SpoolEntry, in directory: String) -> Result<SpoolFrame, ReadProblem> {
    let path = "\(directory)/\(entry.name)"
    do throws(SpoolFileError) {
      let file = try files.read(path, limit: SpoolFrame.fileLimit)
      do throws(SpoolFrame.Damage) {
        return .success(try SpoolFrame(parsing: file))
      } catch {
        return .failure(.damaged("\(files.describe(path)): \(error)"))
      }
    } catch {
      if error.isMissing { return .failure(.gone) }
      return .failure(error.isOfTheFile ? .damaged(error.description) : .unreadable(error))
    }
  }

  /// What waits in a queue, newest first.
  package func waiting(in queue: QueueName) throws(SpoolError) -> [SpoolEntry] {
    try entries(in: SpoolLayout.directory(of: queue)).reversed()
  }

  /// What a queue's receiver refused, newest first.
  package func rejected(in queue: QueueName) throws(SpoolError) -> [SpoolEntry] {
    try entries(in: SpoolLayout.rejected(of: queue)).reversed()
  }

  /// Paths of the files that were set aside because they were damaged, in the order of their names.
  package var damagedFiles: [String] {
    setAsideFiles(in: SpoolLayout.damaged).map { files.describe($0.path) }.sorted()
  }

  /// Queues that have a directory, also those that the settings no longer have, in the order of their names.
  package func knownQueues() throws(SpoolError) -> [QueueName] {
    do throws(SpoolFileError) {
      return try files.listIfThere(SpoolLayout.queues).map(\.name).sorted()
        .compactMap(QueueName.init(parsing:))
    } catch {
      throw .files(error)
    }
  }

  /// The JSON document of a report that waits or was refused; `nil` when the spool has no whole one of that
  /// id.
  package func document(ofReport id: String) throws(SpoolError) -> [UInt8]? {
    let queues = try knownQueues()
    let places =
      [SpoolLayout.incoming] + queues.map(SpoolLayout.directory(of:))
      + queues.map(SpoolLayout.rejected(of:))
    for place in places {
      for entry in try entries(in: place) where entry.reportID == id {
        if case .success(let document) = document(of: entry, in: place) { return document }
      }
    }
    return nil
  }

  /// The spool's counters.
  ///
  /// - Parameter queues: those of the settings; others that still hold something come behind them.
  package func status(queues: [QueueName]) throws(SpoolError) -> SpoolStatus {
    let others = try knownQueues().filter { !queues.contains($0) }
    var status = SpoolStatus(damagedTotal: state(of: nil).damagedTotal)
    for queue in queues + others {
      let state = state(of: queue)
      let entries = try entries(in: SpoolLayout.directory(of: queue))
      status.damagedTotal += state.damagedTotal
      guard queues.contains(queue) || !entries.isEmpty else { continue }
      status.queues.append(SpoolStatus.Queue(queue, state: state, waiting: entries))
    }
    return status
  }
}

extension SpoolStatus.Queue {
  init(_ name: QueueName, state: QueueState, waiting: [SpoolEntry]) {
    self.init(name: name)
    reports = waiting.count
    bytes = waiting.reduce(0) { $0 + $1.bytes }
    oldest = waiting.min()?.takenAt
    deliveredTotal = state.deliveredTotal
    droppedTotal = state.droppedTotal
    rejectedTotal = state.rejectedTotal
    rejectedRecordsTotal = state.rejectedRecordsTotal
    lastDelivery = state.lastDelivery
    failures = state.failures
    notBefore = state.notBefore
    lastError = state.lastError
  }
}
