import Host

/// Reading this host in a child that keeps privileges, while this process gives its own up.
enum Collecting {
  /// Seconds that it may take in all; each of its readings has its own, shorter limit.
  private static let secondsLimit = 30.0

  /// Lets the child read by a door that hands each reading to this process.
  ///
  /// - Throws: when privileges cannot be given up; nothing was read then.
  static func run(
    _ door: LiveDoor = LiveDoor(), keeping: Set<Capability> = Set(Capability.allCases),
    read: @escaping @Sendable (RecordingDoor<LiveDoor>) async -> Void
  ) throws(RunError) -> CollectorResult {
    do throws(PrivilegeError) {
      let child = try CollectorProcess.split(keeping: keeping) { record in
        await read(RecordingDoor(door, record: record))
      }
      return child.finish(secondsLimit: secondsLimit)
    } catch {
      throw .unknown("privileges cannot be given up, so nothing was read: \(error)")
    }
  }
}

extension CollectorResult {
  /// The door to what was read; what is not there was not read, for this collecting's own reason.
  var door: ReplayingDoor { ReplayingDoor(entries, reasonMissing: end.failure ?? .notInCapture) }
}
