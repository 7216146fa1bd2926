import Addressing
import Host
import Testing
import Windows

@Suite("ipconfig, curl, tasklist and sc")
struct OtherListingTests {
  @Test("adapters are read with addresses, masks and gateways")
  func adapters() throws {
    let configuration = try IPConfiguration(parsing: Sample.text("other-address", .configuration))
    #expect(configuration.hostname == "win-two" && configuration.doubt == nil)
    #expect(
      configuration.adapters.map(\.title) == [
        "Ethernet adapter Ethernet", "Ethernet adapter Ethernet 2",
      ])
    #expect(configuration.adapters.map(\.hasGateway) == [true, false])
    #expect(configuration.adapters.first?.interfaceType == "LAN")
    #expect(configuration.privateAddresses.map(\.description) == ["10.0.8.5", "10.0.12.9"])
    #expect(configuration.subnets(of: .ipv4)?.description.contains("10.0.8.0/21") == true)
    let address = try #require(IPAddress(parsing: "10.0.12.9"))
    #expect(configuration.adapter(holding: address)?.title == "Ethernet adapter Ethernet 2")
  }

  @Test("an address that another host has too is known as such")
  func duplicate() throws {
    let text = String(
      decoding: try #require(Sample.bytes("healthy", .configuration)), as: UTF8.self)
    let changed = text.replacing("10.0.8.5(Preferred)", with: "10.0.8.5(Duplicate)")
    let configuration = try IPConfiguration(
      parsing: ConsoleText(decoding: Array(changed.utf8)))
    let states = configuration.adapters.flatMap(\.addresses).map(\.state)
    #expect(states == [.preferred, .duplicate])
  }

  @Test(
    "ipconfig of another language is refused",
    arguments: [
      "Windows-IP-Konfiguration", "Configuration IP de Windows", "Windows IP 配置", "Windows IP 構成",
    ])
  func translated(heading: String) throws {
    let failure = #expect(throws: ParseFailure.self) {
      try IPConfiguration(parsing: Sample.text("\n\(heading)\n\nEthernet:\n"))
    }
    #expect(failure?.line == 2 && failure?.expected.contains("chcp 437") == true)
  }

  @Test("curl's commands are read with what they asked and what came")
  func responses() throws {
    let transcript = try CurlTranscript(
      parsing: Sample.text(
        """
        PS C:\\> curl.exe -sSI -H "Host: shop.example" --http1.0 http://10.0.8.5/health?x=1
        HTTP/1.1 100 Continue

        HTTP/1.1 301 Moved Permanently
        Location: https://shop.example/
        Server:  nginx

        C:\\>curl -i "http://[fd00::5]:8080/"
        HTTP/1.1 200 OK

        <html>HTTP/1.1 500 in a body, not at its line's beginning</html>
        # curl -X OPTIONS http://10.0.8.5:81/
        curl.exe : curl: (7) Failed to connect to 10.0.8.5 port 81
        curl -I http://10.0.8.5:82/

        """))
    #expect(transcript.exchanges.map(\.method) == ["HEAD", "GET", "OPTIONS", "HEAD"])
    let first = try #require(transcript.exchanges.first)
    #expect(first.host == "shop.example" && first.isHTTP10)
    #expect(first.parts?.path == "/health?x=1" && first.parts?.port == 80)
    guard case .response(let response) = first.outcome else {
      Issue.record("no response")
      return
    }
    #expect(response.status == 301 && response.field("location") == "https://shop.example/")
    #expect(transcript.exchanges[1].parts?.host == "fd00::5")
    #expect(
      transcript.exchanges[2].outcome
        == .failure(code: 7, text: "curl: (7) Failed to connect to 10.0.8.5 port 81"))
    #expect(transcript.exchanges[3].outcome == .nothing)
  }

  @Test("a response without a command is refused, for nobody knows what it answers")
  func orphan() throws {
    let failure = #expect(throws: ParseFailure.self) {
      try CurlTranscript(parsing: Sample.text("HTTP/1.1 200 OK\n\n"))
    }
    #expect(failure?.line == 1)
  }

  @Test("processes are read with services, and with paths where a file has them")
  func processes() throws {
    var listing = try ProcessListing(parsing: Sample.text("healthy", .processes))
    #expect(listing.processes[2088]?.services == ["W3SVC", "WAS"])
    try listing.addPaths(
      parsing: Sample.text(
        "\"ProcessId\",\"ExecutablePath\"\n\"4\",\n\"2088\",\"C:\\Windows\\System32\\svchost.exe\"\n"
      ))
    #expect(listing.processes[2088]?.path == "C:\\Windows\\System32\\svchost.exe")
    #expect(listing.processes[4]?.path == nil)
  }

  struct Program: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let rule: String
    let expected: Bool?
    var path: String? = "D:\\Windows\\System32\\svchost.exe"
  }

  @Test(
    "a rule's program is this process's, is not, or cannot be told",
    arguments: [
      Program(
        testDescription: "by a variable", rule: "%SystemRoot%\\system32\\svchost.exe",
        expected: true),
      Program(
        testDescription: "by a path in other case", rule: "d:\\WINDOWS\\system32\\svchost.exe",
        expected: true),
      Program(
        testDescription: "another folder", rule: "C:\\tools\\svchost.exe", expected: false),
      Program(testDescription: "another file", rule: "C:\\nginx\\nginx.exe", expected: false),
      Program(testDescription: "the kernel", rule: "System", expected: false),
      Program(
        testDescription: "an unknown variable", rule: "%MINE%\\svchost.exe", expected: nil),
      Program(
        testDescription: "no path known", rule: "%SystemRoot%\\system32\\svchost.exe",
        expected: nil, path: nil),
    ])
  func programs(_ sample: Program) {
    let process = WindowsProcess(id: 900, name: "svchost.exe", path: sample.path)
    #expect(process.isProgram(sample.rule) == sample.expected)
    #expect(WindowsProcess(id: 4, name: "System").isProgram("System") == true)
  }

  @Test("services are read in any language, by their numbers")
  func services() throws {
    let listing = try ServiceListing(
      parsing: Sample.text(
        """

        SERVICE_NAME: W3SVC
        DISPLAY_NAME: World Wide Web Publishing Service
                TYPE               : 20  WIN32_SHARE_PROCESS
                STATE              : 1  STOPPED
                WIN32_EXIT_CODE    : 0  (0x0)

        SERVICE_NAME: YDService
        ANZEIGENAME: YDService
                TYP                : 10  WIN32_OWN_PROCESS
                STATUS             : 4  RUNNING

        """))
    #expect(listing.isRunning("w3svc") == false && listing.isRunning("YDService") == true)
    #expect(listing.isRunning("nginx") == nil)
  }
}
