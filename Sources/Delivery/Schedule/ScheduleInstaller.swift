internal import Glibc
package import Host

/// Puts schedules in their place, says what is there, and takes it away.
package struct ScheduleInstaller<Door: HostDoor>: Sendable {
  private let door: Door
  /// In front of every path that is written; empty for this machine's own root.
  private let prefix: String
  private let isImage: Bool

  /// - Parameters:
  ///   - door: shows the root that is written to.
  ///   - root: another root, as that of an image; `nil` for this machine's own.
  package init(_ door: Door, root: String?) {
    self.door = door
    prefix = root.map { String($0.reversed().drop { $0 == "/" }.reversed()) } ?? ""
    isImage = root != nil
  }

  /// An installer for a host that runs, whose files are written below a directory.
  package init(_ door: Door, writingBelow prefix: String) {
    self.door = door
    self.prefix = prefix
    isImage = false
  }

  /// The kind that the host has.
  ///
  /// - Parameter wanted: the kind that was asked for; `nil` for whatever there is.
  /// - Throws: `noScheduler`.
  package func kind(_ wanted: ScheduleKind?) throws(ScheduleError) -> ScheduleKind {
    switch wanted {
    case nil:
      guard let kind = ScheduleKind(of: door, isImage: isImage) else { throw .noScheduler(nil) }
      return kind
    case .cron?:
      guard door.hasDirectory("/etc/cron.d") else { throw .noScheduler(.cron) }
    case .systemd?:
      guard isImage || runsSystemd else { throw .noScheduler(.systemd) }
    }
    return wanted ?? .cron
  }

  /// Installs a schedule in the place of one that is there, of the other kind too: a host has one.
  ///
  /// - Throws: before anything is changed, that a file is in the way, the user is unknown or the program
  ///   not safe; afterwards, what could not be written or run.
  package func install(_ schedule: Schedule, of job: ScheduledJob) async throws(ScheduleError) {
    if !isImage { try ProgramSafety.check(job) }
    try await checkUser(job.user)
    let present = try ownPlaces()
    let wanted = Set(schedule.files.map(\.path) + schedule.links.map(\.path))
    try await remove(present.filter { !wanted.contains($0.path) })
    for file in schedule.files { try write(file) }
    for link in schedule.links { try make(link) }
    if !isImage { for words in schedule.commands { try await run(words) } }
  }

  /// Removes what `install` made, and nothing else; what is not there is no error.
  ///
  /// - Returns: the paths that were removed.
  /// - Throws: before anything is removed, that one of the files is not ours.
  @discardableResult
  package func remove() async throws(ScheduleError) -> [String] {
    let present = try ownPlaces()
    try await remove(present)
    return present.map(\.path)
  }

  /// What is installed, for people: each file's path and lines, and when systemd runs it next.
  package func show() async throws(ScheduleError) -> String {
    let present = try ownPlaces().filter { !$0.isLink }
    guard !present.isEmpty else { return "no schedule is installed\n" }
    var parts: [String] = []
    for place in present {
      guard let text = try text(place.path) else { continue }
      parts.append("==> \(prefix)\(place.path)\n\(text)")
    }
    if present.contains(where: { $0.kind == .systemd }), !isImage, runsSystemd {
      let output = try await run([
        "systemctl", "--no-pager", "list-timers", "--all", SystemdUnits.timerName,
      ])
      parts.append("==> systemctl list-timers\n\(output)")
    }
    return parts.joined(separator: "\n")
  }

  private typealias Place = (path: String, kind: ScheduleKind, isLink: Bool)

  private var runsSystemd: Bool { ScheduleKind(of: door, isImage: false) == .systemd }

  /// The files and links that are there.
  ///
  /// - Throws: when one is there that is not ours.
  private func ownPlaces() throws(ScheduleError) -> [Place] {
    var present: [Place] = []
    for place in Schedule.places {
      if place.isLink {
        if case .value(let target, _) = door.readLink(place.path) {
          guard target == SystemdUnits.enabling.target else { continue }
          present.append(place)
        }
      } else if let text = try text(place.path) {
        guard ScheduleFile.isOurs(text) else { throw .notOurs(path: prefix + place.path) }
        present.append(place)
      }
    }
    return present
  }

  private func text(_ path: String) throws(ScheduleError) -> String? {
    switch door.readFile(path, limit: .standard) {
    case .value(let bytes, _): return String(decoding: bytes, as: UTF8.self)
    case .absent: return nil
    case let other:
      throw .file(path: prefix + path, reason: other.reasonMissing ?? "cannot be read")
    }
  }

  private func remove(_ places: [Place]) async throws(ScheduleError) {
    let tellsSystemd = !isImage && runsSystemd && places.contains { $0.kind == .systemd }
    if tellsSystemd { try await run(["systemctl", "stop", SystemdUnits.timerName]) }
    for place in places {
      let path = prefix + place.path
      guard unlink(path) == 0 || errno == ENOENT else {
        throw .file(path: path, reason: "unlink: \(systemErrorText(errno))")
      }
    }
    if tellsSystemd { try await run(["systemctl", "daemon-reload"]) }
  }

  private func write(_ file: ScheduleFile) throws(ScheduleError) {
    let path = prefix + file.path
    try makeDirectories(above: path)
    do throws(OutputError) {
      // cron takes no file that others may write, and a unit holds nothing secret.
      let output = try OutputFile(path, mode: 0o644)
      try output.write(Array(file.text.utf8))
      try output.commit()
    } catch {
      throw .file(path: path, reason: "\(error.call): \(error.error)")
    }
  }

  private func make(_ link: ScheduleLink) throws(ScheduleError) {
    let path = prefix + link.path
    try makeDirectories(above: path)
    guard symlink(link.target, path) == 0 || errno == EEXIST else {
      throw .file(path: path, reason: "symlink: \(systemErrorText(errno))")
    }
  }

  private func makeDirectories(above path: String) throws(ScheduleError) {
    var directory = ""
    for part in path.split(separator: "/").dropLast() {
      directory += "/\(part)"
      guard mkdir(directory, 0o755) == 0 || errno == EEXIST else {
        throw .file(path: directory, reason: "mkdir: \(systemErrorText(errno))")
      }
    }
  }

  /// An image's users are those of its file; a host's may come from a directory service.
  private func checkUser(_ name: String) async throws(ScheduleError) {
    guard name != "root" else { return }
    let answer = isImage ? nil : await door.run(Command("getent", ["passwd", name])).value
    if let answer {
      guard answer.status == 0 else { throw .unknownUser(name) }
      return
    }
    let lines = try text("/etc/passwd")?.split(separator: "\n") ?? []
    guard lines.contains(where: { $0.hasPrefix(name + ":") }) else { throw .unknownUser(name) }
  }

  @discardableResult
  private func run(_ words: [String]) async throws(ScheduleError) -> String {
    let command = Command(words[0], Array(words.dropFirst()), secondsLimit: 60)
    let answer = await door.run(command)
    let text = words.joined(separator: " ")
    guard case .value(let output, _) = answer else {
      throw .command(words: text, reason: answer.reasonMissing ?? "gave no answer")
    }
    guard output.status == 0 else {
      let said = String(decoding: output.standardError, as: UTF8.self)
        .split(separator: "\n").joined(separator: "; ")
      throw .command(words: text, reason: "\(ReadFailure.exitStatus(output.status, said))")
    }
    return String(decoding: output.standardOutput, as: UTF8.self)
  }
}
