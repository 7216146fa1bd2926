import Collectors
import Host
import Testing

@Suite("Units of systemd")
struct UnitStateTests {
  @Test("of a real host, one for each that was asked for by name")
  func realHost() throws {
    let units = try UnitState.units(
      parsing: CapturedHost.debian12.text("/commands/systemctl-show.txt"))
    #expect(units.count == 19)
    let nginx = try #require(units.first { $0.id == "nginx.service" })
    #expect(nginx.subState == "running")
    #expect(nginx.isActive && nginx.isEnabled && nginx.isInstalled)
    let missing = try #require(units.first { $0.id == "docker.service" })
    #expect(missing.unitFileState.isEmpty)
    #expect(missing.mainProcess == nil)
    #expect(!missing.isInstalled)
  }

  @Test("are none in no text, whatever empty lines there are", arguments: ["", "\n", "\n\n\n"])
  func empty(_ text: String) throws {
    #expect(try UnitState.units(parsing: text).isEmpty)
  }

  @Test("may end without an empty line, and hold properties that were not asked for")
  func end() throws {
    let units = try UnitState.units(
      parsing: "A=b=c\nId=x.service\nLoadState=masked\n\n\nId=y\nLoadState=loaded")
    #expect(units.map(\.id) == ["x.service", "y"])
    #expect(units.map(\.isInstalled) == [true, true])
    #expect(units.map(\.isActive) == [false, false])
  }

  @Test(
    "refuse other text",
    arguments: [
      Malformed("no assignment", "Id=a\nb\n", line: 2, found: "b", expected: "Property=value"),
      Malformed("no name", "=b\n", found: "=b", expected: "Property=value"),
      Malformed(
        "no Id", "LoadState=loaded\n", found: "LoadState=loaded",
        expected: "a unit with Id and LoadState above here"),
      Malformed(
        "no LoadState", "Id=a\n\nId=b\nLoadState=x\n", line: 2, found: "",
        expected: "a unit with Id and LoadState above here"),
      Malformed(
        "a process that is no number", "Id=a\nLoadState=x\nMainPID=y\n", line: 3, found: "y",
        expected: "a process number in MainPID"),
    ])
  func malformed(_ row: Malformed) {
    #expect(throws: row.failure) { try UnitState.units(parsing: row.text) }
  }

  @Test("never trap on hostile text")
  func hostile() throws {
    var hostile = HostileText(try CapturedHost.debian12.text("/commands/systemctl-show.txt"))
    hostile.feedText { _ = try UnitState.units(parsing: $0) }
  }
}
