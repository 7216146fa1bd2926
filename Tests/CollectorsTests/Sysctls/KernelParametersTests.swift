import Collectors
import Host
import TestSupport
import Testing

@Suite("Kernel parameters")
struct KernelParametersTests {
  @Test("of a real host are all read")
  func realHost() throws {
    let parameters = KernelParameters.read(from: CapturedHost.debian12.door)
    #expect(parameters[.tcpTimestamps].value == 1)
    #expect(parameters[.somaxconn].value == 4096)
    #expect(parameters[.icmpRateMask].value == 6168)
    #expect(parameters.interfaces.value == ["all", "default", "eth0", "lo"])
    #expect(parameters[.ofInterface(.reversePathFilter, "eth0")].value != nil)
    for parameter in KernelParameter.hostWide where parameter != .tcpTimeWaitRecycle {
      #expect(parameters[parameter].value != nil, "\(parameter)")
    }
  }

  @Test("that the kernel lacks are absent, those refused denied, those misread failed")
  func missing() {
    let door = FakeDoor(
      files: [
        "/proc/sys/net/ipv4/tcp_syncookies": "yes\n",
        "/proc/sys/net/core/somaxconn": "128\n",
      ],
      failures: [
        "/proc/sys/net/ipv4/tcp_timestamps": .denied(.dacReadSearch),
        "/proc/sys/net/ipv4/ip_forward": .failed(.system(call: "read", error: "EIO")),
      ])
    let parameters = KernelParameters.read(from: door)
    #expect(parameters[.somaxconn] == .value(128, from: .file("/proc/sys/net/core/somaxconn")))
    #expect(parameters[.tcpTimeWaitRecycle] == .absent(KernelParameter.tcpTimeWaitRecycle.source))
    #expect(
      parameters[.tcpTimestamps]
        == .denied(KernelParameter.tcpTimestamps.source, needs: .dacReadSearch))
    #expect(
      parameters[.ipForward]
        == .failed(KernelParameter.ipForward.source, .system(call: "read", error: "EIO")))
    #expect(
      parameters[.tcpSyncookies].reasonMissing
        == "/proc/sys/net/ipv4/tcp_syncookies: line 1: \"yes\": expected an integer of at most 64 bits"
    )
  }

  @Test(
    "of one number refuse any other text",
    arguments: [
      Malformed("a word", "yes\n", found: "yes", expected: "an integer of at most 64 bits"),
      Malformed("two numbers", "1 2\n", found: "1 2", expected: "one integer"),
      Malformed("nothing", "", found: "", expected: "one integer"),
      Malformed("an empty line", "\n", found: "", expected: "one integer"),
      Malformed(
        "a number of 65 bits", "18446744073709551616\n", found: "18446744073709551616",
        expected: "an integer of at most 64 bits"),
      Malformed("a plus sign", "+1\n", found: "+1", expected: "an integer of at most 64 bits"),
      Malformed("hexadecimal", "0x1\n", found: "0x1", expected: "an integer of at most 64 bits"),
      Malformed("two lines", "1\n2\n", line: 2, found: "2", expected: "the end of the file"),
      Malformed(
        "a carriage return", "1\r\n", found: "1\r", expected: "an integer of at most 64 bits"),
    ])
  func malformed(_ row: Malformed) {
    #expect(throws: row.failure) { try KernelParameters.number(parsing: row.text) }
  }

  @Test("take whatever value the kernel gives", arguments: [0, 1, 2, -1, Int.max])
  func values(_ value: Int) throws {
    #expect(try KernelParameters.number(parsing: "\(value)\n") == value)
  }

  @Test("are found where an interface's name has a dot")
  func dottedInterface() {
    let parameter = KernelParameter.ofInterface(.reversePathFilter, "eth0.100")
    #expect(parameter.rawValue == "net.ipv4.conf.eth0/100.rp_filter")
    #expect(parameter.path == "/proc/sys/net/ipv4/conf/eth0.100/rp_filter")
    let door = FakeDoor(files: [parameter.path: "2\n"])
    #expect(KernelParameters.read(from: door)[parameter].value == 2)
  }

  @Test("of interfaces that the host lacks are absent, parameters never read are not")
  func unread() {
    let door = FakeDoor(files: ["/proc/sys/net/ipv4/conf/lo/rp_filter": "0\n"])
    let parameters = KernelParameters.read(from: door)
    let gone = KernelParameter.ofInterface(.acceptLocal, "eth9")
    #expect(parameters[gone] == .absent(gone.source))
    let other = KernelParameter(rawValue: "net.ipv4.tcp_fin_timeout")
    #expect(parameters[other] == .failed(other.source, .notInCapture))
  }

  @Test(
    "take effect as the greater of the interface's own and that of all",
    arguments: [
      (0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 2, 2), (2, 1, 2),
    ])
  func effective(own: Int, all: Int, expected: Int) {
    let door = FakeDoor(files: [
      "/proc/sys/net/ipv4/conf/eth0/rp_filter": "\(own)\n",
      "/proc/sys/net/ipv4/conf/all/rp_filter": "\(all)\n",
    ])
    let parameters = KernelParameters.read(from: door)
    #expect(parameters.effective(.reversePathFilter, on: "eth0").value == expected)
    #expect(parameters.effective(.acceptLocal, on: "eth0").value == nil)
  }

  @Test("never trap on hostile text")
  func hostile() {
    var hostile = HostileText("2466190\n")
    hostile.feedText { _ = try KernelParameters.number(parsing: $0) }
  }
}
