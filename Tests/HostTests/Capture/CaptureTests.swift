import Host
import TestSupport
import Testing

@Suite("A capture")
struct CaptureTests {
  static let entries: [CaptureEntry] = [
    .file(
      "/proc/version", .standard, .value(Array("Linux \"6\"\n".utf8), from: .file("/proc/version"))),
    .file("/bin", .prefix(4), .value([0, 0xFF, 10, 0x80], from: .file("/bin"))),
    .file("/gone", .standard, .absent(.file("/gone"))),
    .file("/shadow", .standard, .denied(.file("/shadow"), needs: .dacReadSearch)),
    .file(
      "/odd", .standard,
      .failed(.file("/odd"), .unparsable(ParseFailure(line: 3, found: "x", expected: "y")))),
    .directory("/proc", .value(["1", "self"], from: .file("/proc"))),
    .link("/proc/1/exe", .value("/sbin/init", from: .file("/proc/1/exe"))),
    .numberedLinks(
      "/proc/1/fd", 0..<32, .value([0: "/dev/null", 3: "socket:[7]"], from: .file("/proc/1/fd"))),
    .entryCount("/proc/1/fd", .value(7, from: .file("/proc/1/fd"))),
    .entryCount("/proc/2/fd", .denied(.file("/proc/2/fd"), needs: .sysPtrace)),
    .command(
      ["nft", "-j", "list", "ruleset"],
      .value(
        CommandOutput(status: 1, standardOutput: [0, 1], standardError: Array("no".utf8)),
        from: .command(["nft", "-j", "list", "ruleset"]))),
    .command(["hang"], .failed(.command(["hang"]), .timeLimit(seconds: 5))),
    .netlink(
      "links",
      .value(
        [NetlinkMessage(type: 16, payload: [1, 2]), NetlinkMessage(type: 16, payload: [])],
        from: .netlink("links"))),
    .note("targets", json: "{}"),
  ]

  private static var bytes: [UInt8] {
    var writer = CaptureWriter()
    var bytes = writer.header(agent: "1.2.3", takenAt: "2026-03-01T08:15:30.123Z")
    for entry in entries { bytes += writer.line(entry) }
    return bytes + writer.end()
  }

  @Test("gives back every kind of reading, whole")
  func roundTrip() throws {
    let contents = try CaptureContents(parsing: Self.bytes)
    #expect(contents.entries == Self.entries)
    #expect(contents.agent == "1.2.3" && contents.takenAt == "2026-03-01T08:15:30.123Z")
    #expect(contents.damage == nil)
  }

  @Test("that is cut anywhere keeps what came before, and says so")
  func everyTruncation() throws {
    let whole = Self.bytes
    let headerLength = try #require(whole.firstIndex(of: UInt8(ascii: "\n"))) + 1
    for length in stride(from: headerLength, to: whole.count - 1, by: 1) {
      let contents = try CaptureContents(parsing: Array(whole[..<length]))
      #expect(contents.damage != nil)
      #expect(Self.entries.starts(with: contents.entries))
    }
  }

  @Test("of a newer version, or of nothing like it, is refused with its first line")
  func foreign() {
    let newer = #"{"agent":"9","kind":"capture","takenAt":"","version":2}"#
    for text in ["", "hello", "{}", newer, "\u{0}\u{0}"] {
      let error = #expect(throws: ParseFailure.self) {
        try CaptureContents(parsing: Array(text.utf8))
      }
      #expect(error?.line == 1)
    }
  }

  @Test("whose lines are damaged never traps")
  func random() {
    var generator = SeededGenerator(seed: 11)
    let whole = Self.bytes
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0..<3 {
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      _ = try? CaptureContents(parsing: bytes)
    }
  }
}

@Suite("The recording and the replaying door")
struct RecordReplayTests {
  @Test("answer every question as the live door did")
  func sameAnswers() async throws {
    let recorded = Recorded()
    let door = RecordingDoor(LiveDoor()) { recorded.append($0) }
    let live = await Self.ask(door)
    let replayed = await Self.ask(ReplayingDoor(recorded.entries))
    #expect(live == replayed)
  }

  @Test("say of a question that was not recorded why there is no answer")
  func unrecorded() {
    let door = ReplayingDoor([], reasonMissing: .timeLimit(seconds: 30))
    let reading = door.readFile("/proc/version", limit: .standard)
    #expect(reading == .failed(.file("/proc/version"), .timeLimit(seconds: 30)))
  }

  private static func ask(_ door: some HostDoor) async -> [String] {
    [
      "\(door.readFile("/proc/version", limit: .standard))",
      "\(door.readFile("/proc/version", limit: .prefix(3)))",
      "\(door.readFile("/nowhere", limit: .standard))", "\(door.listDirectory("/etc"))",
      "\(door.readLink("/proc/1/exe"))",
      "\(door.readNumberedLinks("/proc/self/fd", 0..<3, to: ["/dev/null"]).value ?? [:])",
      "\(door.countEntries("/etc"))",
      "\(await door.run(Command("uname", ["-r"])))", "\(await door.run(Command("no-such-tool")))",
    ]
  }
}
