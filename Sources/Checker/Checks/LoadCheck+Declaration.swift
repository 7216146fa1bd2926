extension LoadCheck {
  package static let declaration = CheckDeclaration(
    name: "load",
    summary: "Do the host and the service's own limits leave it time to answer?",
    reason: """
      A host whose tasks wait for a processor, for memory or for a disk answers late or not at all. \
      Where the kernel measures pressure (4.20 and later), that decides: the share of time that tasks \
      were kept waiting. Elsewhere the load average per processor does.

      A service can be slow on an idle host: when the CPU quota of its control group holds it back, or \
      when it has no descriptor left to accept a connection with.
      """,
    reads: [
      "/proc/pressure/cpu, memory, io", "/proc/loadavg", "/sys/devices/system/cpu/online",
      "cpu.stat of the service's control group", "/proc/PID/limits and FDSize of /proc/PID/status",
    ],
    findings: [
      declare(
        "cpu-pressure", "tasks wait for processor time", "see what uses it",
        severities: [.warn, .unknown]),
      declare("memory-pressure", "every task waits for memory", "see what uses it"),
      declare("io-pressure", "every task waits for disks", "see what uses them"),
      declare(
        "high-average", "the load average is high, on a kernel that measures no pressure",
        "see what runs", severities: [.warn, .unknown]),
      declare("cpu-throttled", "the service's CPU quota holds it back", "raise the quota"),
      declare(
        "file-descriptors", "the service has nearly no descriptors left", "raise its limit"),
    ],
    sources: [
      "https://www.kernel.org/doc/html/latest/accounting/psi.html",
      "https://www.tencentcloud.com/document/product/214/38451",
    ])

  private static func declare(
    _ what: String, _ meaning: String, _ remedy: String, severities: [Severity] = [.warn]
  ) -> FindingDeclaration {
    FindingDeclaration(
      id: FindingID(rawValue: "load.\(what)"), layer: .host, severities: severities,
      meaning: meaning, remedy: remedy)
  }
}
