internal import Reporting

extension Spool {
  /// Removes the oldest reports of a directory until it is within its limits.
  ///
  /// - Returns: how many were removed; what cannot be removed stays and is not counted.
  @discardableResult
  func trim(_ directory: String, to limits: SpoolLimits, at now: Timestamp) -> Int {
    guard let entries = try? entries(in: directory) else { return 0 }
    let excess = limits.excess(of: entries, at: now.millisecondsSinceEpoch)
    return remove(excess, from: directory)
  }

  private func remove(_ entries: some Sequence<SpoolEntry>, from directory: String) -> Int {
    entries.reduce(0) { count, entry in
      (try? files.remove("\(directory)/\(entry.name)")) == nil ? count : count + 1
    }
  }

  /// Moves a file out of the way, for people to look at; where that fails it is removed.
  ///
  /// Neither may be possible: then it stays, and is passed over again.
  func setAside(
    _ entry: SpoolEntry, from directory: String, in place: String, at now: Timestamp
  ) {
    let path = "\(directory)/\(entry.name)"
    do throws(SpoolFileError) {
      try files.makeDirectory(place)
      try files.rename(path, to: "\(place)/\(entry.name)")
    } catch {
      try? files.remove(path)
      return
    }
    trim(place, to: .setAside, at: now)
  }

  /// Removes all that waits in a queue.
  ///
  /// - Returns: how many reports.
  package func purge(_ queue: QueueName) throws(SpoolError) -> Int {
    try removeAll(try waiting(in: queue), from: SpoolLayout.directory(of: queue))
  }

  /// Removes all that was set aside: damaged files, and reports that receivers refused.
  ///
  /// - Returns: how many files.
  package func purgeSetAside() throws(SpoolError) -> Int {
    let found =
      setAsideFiles(in: SpoolLayout.damaged) + setAsideFiles(in: SpoolLayout.rejected)
    do throws(SpoolFileError) {
      for file in found { try files.removeIfThere(file.path) }
    } catch {
      throw .files(error)
    }
    return found.count
  }

  private func removeAll(
    _ entries: [SpoolEntry], from directory: String
  ) throws(SpoolError) -> Int {
    do throws(SpoolFileError) {
      for entry in entries { try files.removeIfThere("\(directory)/\(entry.name)") }
    } catch {
      throw .files(error)
    }
    return entries.count
  }

  /// Files one level below a directory that holds a directory for each queue.
  func setAsideFiles(in directory: String) -> [(path: String, bytes: Int)] {
    let places = (try? files.listIfThere(directory)) ?? []
    return places.flatMap { place in
      let path = "\(directory)/\(place.name)"
      return ((try? files.list(path)) ?? []).map { ("\(path)/\($0.name)", $0.bytes) }
    }
  }
}
