import Collectors
import Host
import TestSupport
import Testing

@Suite("Distribution")
struct DistributionTests {
  @Test("is told by os-release")
  func osRelease() throws {
    let centOS = try #require(Distribution.read(from: CapturedHost.centOS7.door).value)
    #expect(
      centOS
        == Distribution(
          id: "centos", likes: ["rhel", "fedora"], version: "7", name: "CentOS Linux 7 (Core)"))
    #expect(centOS.family == .redHat)
    #expect(centOS.packageManager == .yum)
  }

  @Test("is told by the first file that there is")
  func files() throws {
    let debian = FakeDoor(files: ["/etc/debian_version": "7.11\n"])
    #expect(
      Distribution.read(from: debian).value
        == Distribution(id: "debian", likes: [], version: "7.11", name: "Debian 7.11"))
    var old = FakeDoor(files: [
      "/etc/redhat-release": "CentOS release 6.10 (Final)\n", "/etc/debian_version": "x\n",
    ])
    #expect(Distribution.read(from: old).value?.version == "6.10")
    #expect(Distribution.read(from: old).value?.packageManager == .yum)
    old.files["/usr/lib/os-release"] = "ID=fedora\n"
    #expect(Distribution.read(from: old).value?.id == "fedora")
    old.failures["/etc/os-release"] = .denied(.dacReadSearch)
    #expect(
      Distribution.read(from: old) == .denied(.file("/etc/os-release"), needs: .dacReadSearch))
    #expect(Distribution.read(from: FakeDoor()) == .absent(.file("/etc/os-release")))
  }

  @Test("of Red Hat's own is rhel")
  func redHat() throws {
    let distribution = try Distribution(
      parsingRedHat: "Red Hat Enterprise Linux Server release 6.9 (Santiago)\n")
    #expect(distribution.id == "rhel")
    #expect(distribution.version == "6.9")
    #expect(
      throws: ParseFailure(line: 1, found: "CentOS 6", expected: "NAME release VERSION")
    ) { try Distribution(parsingRedHat: "CentOS 6\n") }
    #expect(throws: ParseFailure.self) { try Distribution(parsingRedHat: "release 6\n") }
    #expect(throws: ParseFailure.self) { try Distribution(parsingRedHat: "CentOS release\n") }
  }

  @Test("is read as a shell reads it")
  func quoting() throws {
    let text = """
      # comment=1
      ID='opensuse-leap'
      VERSION_ID=15.5
      PRETTY_NAME="a \\"b\\" \\$c"
      NAME=unquoted rest
      BROKEN="open
      not an assignment
      ID_LIKE="suse opensuse"
      """
    let distribution = try Distribution(parsing: text)
    #expect(distribution.id == "opensuse-leap")
    #expect(distribution.version == "15.5")
    #expect(distribution.name == "a \"b\" $c")
    #expect(distribution.likes == ["suse", "opensuse"])
  }

  @Test("without an ID is linux, as os-release(5) has it")
  func noID() throws {
    #expect(try Distribution(parsing: "NAME=x\n").id == "linux")
    #expect(try Distribution(parsing: "NAME=x\n").packageManager == nil)
    #expect(throws: ParseFailure(line: 1, found: "", expected: "NAME=value")) {
      try Distribution(parsing: "")
    }
  }

  struct Package: Sendable {
    var id: String
    var likes: [String] = []
    var version: String?
    var manager: PackageManager?
  }

  @Test(
    "tells what installs packages",
    arguments: [
      Package(id: "ubuntu", likes: ["debian"], version: "22.04", manager: .apt),
      Package(id: "centos", likes: ["rhel", "fedora"], version: "8", manager: .dnf),
      Package(id: "rhel", likes: ["fedora"], version: "7.9", manager: .yum),
      Package(id: "rocky", version: "9.3", manager: .dnf),
      Package(id: "tencentos", version: "2.4", manager: .yum),
      Package(id: "tencentos", version: "3.1", manager: .dnf),
      Package(id: "amzn", version: "2", manager: .yum),
      Package(id: "amzn", version: "2018.03", manager: .yum),
      Package(id: "amzn", version: "2023", manager: .dnf),
      Package(id: "alpine", version: "3.19.1", manager: .apk),
      Package(id: "sles", version: "15.5", manager: .zypper),
      Package(id: "arch", manager: .pacman),
      Package(id: "unheard-of", likes: ["unknown", "debian"], manager: .apt),
      Package(id: "unheard-of", manager: nil),
    ])
  func packageManager(_ row: Package) {
    let distribution = Distribution(
      id: row.id, likes: row.likes, version: row.version, name: row.id)
    #expect(distribution.packageManager == row.manager)
  }

  @Test("never traps on hostile text")
  func hostile() throws {
    var hostile = HostileText(try CapturedHost.centOS7.text("/etc/os-release"))
    hostile.feedText {
      _ = try? Distribution(parsing: $0)
      _ = try? Distribution(parsingRedHat: $0)
      _ = try? Distribution(parsingDebian: $0)
    }
  }
}
