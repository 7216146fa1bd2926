import Host

/// The service and the timer that run a job.
///
/// Source: systemd.timer(5), systemd.service(5) and systemd.exec(5). Settings that an older systemd does not
/// know it leaves out with a warning.
struct SystemdUnits: Sendable, Hashable {
  static let timerName = "clb-agent-inspect.timer"
  static let timerPath = "\(directory)/\(timerName)"
  static let servicePath = "\(directory)/clb-agent-inspect.service"
  /// The link by which the timer starts at boot.
  static let enabling = ScheduleLink(
    path: "\(directory)/timers.target.wants/\(timerName)", target: "../\(timerName)")

  private static let directory = "/etc/systemd/system"

  private let job: ScheduledJob

  init(_ job: ScheduledJob) { self.job = job }

  var timer: ScheduleFile {
    ScheduleFile(
      path: Self.timerPath,
      lines: [
        "[Unit]",
        "Description=Follow the CLB's health checks through this host, each \(job.interval)",
        "Documentation=man:clb-agent(1)", "", "[Timer]", "OnCalendar=\(job.interval.calendar)",
        "# The spread of a fleet is the agent's --spread: hosts made of one image share the machine id that",
        "# FixedRandomDelay= counts on.", "AccuracySec=1s", "Persistent=true", "", "[Install]",
        "WantedBy=timers.target",
      ])
  }

  var service: ScheduleFile {
    ScheduleFile(
      path: Self.servicePath, lines: unit + [""] + run + [""] + identity + [""] + Self.sandbox)
  }

  private var unit: [String] {
    [
      "[Unit]", "Description=Follow the CLB's health checks through this host",
      "Documentation=man:clb-agent(1)",
      "ConditionFileIsExecutable=\(Self.specifierSafe(job.program))", "After=network.target",
    ]
  }

  private var run: [String] {
    let words = [job.program] + job.arguments
    return [
      "[Service]", "Type=oneshot", "ExecStart=\(words.map(Self.quoted).joined(separator: " "))",
      "# 1 to 3 are verdicts, 75 says that another run was under way: none of them is a failed unit.",
      "SuccessExitStatus=1 2 3 75",
      "# The host's own offset, and the run itself.",
      "TimeoutStartSec=\(job.interval.spreadSeconds + 300)", "CPUWeight=20",
      "IOSchedulingClass=idle",
      "MemoryMax=512M", "TasksMax=256",
      "# A secret that the settings name without a \"/\" is a credential of this unit:",
      "#LoadCredential=otlp-token:/etc/clb-agent/otlp-token",
    ]
  }

  /// Who runs it, with which capabilities, and where it may write.
  private var identity: [String] {
    let capabilities = Capability.allCases.map(\.rawValue).joined(separator: " ")
    let user =
      job.isRoots ? [] : ["User=\(job.user)", "AmbientCapabilities=\(capabilities)"]
    // A directory that is missing is no reason not to start.
    let writable = job.writableDirectories.map { "ReadWritePaths=\(Self.quoted("-" + $0))" }
    return user + ["CapabilityBoundingSet=\(capabilities)"]
      + ["StateDirectory=clb-agent", "StateDirectoryMode=0700"] + writable
  }

  /// What an inspector can do without.
  ///
  /// Not `ProcSubset=pid`, `ProtectProc=` and `PrivateNetwork=`: they would hide what is inspected.
  private static let sandbox = [
    "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=read-only", "PrivateTmp=yes",
    "PrivateDevices=yes", "PrivateMounts=yes", "ProtectKernelTunables=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelLogs=yes", "ProtectControlGroups=yes", "ProtectClock=yes", "ProtectHostname=yes",
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK", "RestrictNamespaces=yes",
    "RestrictRealtime=yes", "RestrictSUIDSGID=yes", "LockPersonality=yes",
    "MemoryDenyWriteExecute=yes", "SystemCallArchitectures=native",
    "SystemCallFilter=@system-service", "SystemCallFilter=~@privileged @resources",
    "# With the first the agent gives up capabilities; with the other its threads take their priority.",
    "SystemCallFilter=capset setpriority",
    "SystemCallErrorNumber=EPERM", "UMask=0077",
  ]

  /// One word of a command line or a list of systemd, in quotes where it needs them.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.unicodeScalars.allSatisfy { scalar in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "/", ":", ".", "-", "_", "+", ",", "@", "=": true
      default: false
      }
    }
    guard !isPlain else { return word }
    let safe = specifierSafe(word).map { character in
      switch character {
      case "\"": "\\\""
      case "$": "$$"
      default: String(character)
      }
    }
    return "\"\(safe.joined())\""
  }

  private static func specifierSafe(_ word: String) -> String {
    word.split(separator: "%", omittingEmptySubsequences: false).joined(separator: "%%")
  }
}
