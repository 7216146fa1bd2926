import Addressing
import Collectors
import Glibc
import Host
import LoadBalancer
import Reporting

/// What an inspection works on: readings of a live host, or of a capture.
struct Material {
  var entries: [CaptureEntry]
  var door: ReplayingDoor
  var takenAt: Timestamp
  /// Why readings are missing that should be there.
  var reasonsMissing: [String]
  /// What a capture says of the run that made it.
  var notes: InspectionNotes?

  /// Reads the host in a child that keeps the privileges, and gives them up here.
  ///
  /// - Parameters:
  ///   - learningFrom: as `HostFacts.read` takes it.
  ///   - probeSources: as `HostFacts.read` takes it.
  static func collect(
    _ door: LiveDoor, learningFrom peers: [AddressPrefix], probeSources: [AddressPrefix]
  ) throws(RunError) -> Material {
    let takenAt = Timestamp.now
    let result = try Collecting.run(door) { door in
      _ = await HostFacts.read(from: door, learningFrom: peers, probeSources: probeSources)
    }
    return Material(
      entries: result.entries, door: result.door, takenAt: takenAt,
      reasonsMissing: result.end.failure.map { ["collecting was not finished: \($0)"] } ?? [])
  }

  /// Reads a capture file.
  static func load(_ file: String) throws(RunError) -> Material {
    let bytes = try InputFile.read(file, option: "--from", expected: "a capture")
    do throws(ParseFailure) {
      let contents = try CaptureContents(parsing: bytes)
      let door = ReplayingDoor(
        contents.entries, reasonMissing: contents.damage.map { .unparsable($0) } ?? .notInCapture)
      return Material(
        entries: contents.entries, door: door,
        takenAt: Timestamp(rfc3339: contents.takenAt) ?? .now,
        reasonsMissing: contents.damage.map { ["the capture is damaged at \($0)"] } ?? [],
        notes: InspectionNotes(door))
    } catch {
      throw .unknown("--from \"\(file)\": \(error)")
    }
  }
}

extension Timestamp {
  /// The time of day now.
  static var now: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(secondsSinceEpoch: Int64(time.tv_sec), nanoseconds: time.tv_nsec)
  }
}
