import Host

/// What files tell of services where systemd cannot be asked.
struct ServiceFiles {
  /// Scripts of System V and OpenRC.
  private let scripts: Reading<[String]>
  /// Where boot links are kept, with the links' names: of runlevels 3 and 5, OpenRC's default, and
  /// the unit that systemd reaches at boot.
  private let bootLinks: [(source: Source, names: [String])]
  /// Red Hat's record of scripts that have run; absent elsewhere.
  private let locks: Reading<[String]>

  static func read(from door: some HostDoor) -> ServiceFiles {
    let directories = [
      "/etc/rc3.d", "/etc/rc5.d", "/etc/runlevels/default", "/etc/runlevels/boot",
      "/etc/systemd/system/multi-user.target.wants", "/etc/systemd/system/sysinit.target.wants",
    ]
    var bootLinks: [(source: Source, names: [String])] = []
    for directory in directories {
      guard case .value(let names, let source) = door.listDirectory(directory) else { continue }
      bootLinks.append((source, names))
    }
    return ServiceFiles(
      scripts: door.listDirectory("/etc/init.d"), bootLinks: bootLinks,
      locks: door.listDirectory("/var/lock/subsys"))
  }

  func service(_ name: ServiceName, process: ProcessName?) -> Service {
    Service(
      name: name, unit: nil, isInstalled: isInstalled(name), isRunning: isRunning(name, process),
      isEnabled: isEnabled(name), mainProcess: process?.process)
  }

  private func isInstalled(_ name: ServiceName) -> Reading<Bool> {
    let isLinked = bootLinks.first { $0.names.contains { isLink($0, of: name) } }
    if let isLinked { return .value(true, from: isLinked.source) }
    return scripts.flatMap { scripts, source in
      .value(scripts.contains { name.isUnit($0 + ".service") }, from: source)
    }
  }

  private func isRunning(_ name: ServiceName, _ process: ProcessName?) -> Reading<Bool> {
    if let process { return .value(true, from: .file("/proc/\(process.process)/comm")) }
    guard name.processNames.isEmpty else { return .value(false, from: .file("/proc")) }
    // It ends when its rules are loaded, so only a record of its run can tell.
    return locks.flatMap { names, source in .value(names.contains(name.rawValue), from: source) }
  }

  private func isEnabled(_ name: ServiceName) -> Reading<Bool> {
    guard let first = bootLinks.first else { return .absent(.file("/etc/rc3.d")) }
    let holder = bootLinks.first { $0.names.contains { isLink($0, of: name) } }
    return .value(holder != nil, from: holder?.source ?? first.source)
  }

  /// `S01nginx` of System V, `nginx` of OpenRC, `nginx.service` of systemd; `K01nginx` stops it.
  private func isLink(_ link: String, of name: ServiceName) -> Bool {
    if name.isUnit(link) || name.isUnit(link + ".service") { return true }
    let digits = link.dropFirst().prefix(2)
    guard link.first == "S", digits.utf8.count == 2, UInt8(kernelDecimal: digits) != nil else {
      return false
    }
    return name.isUnit(link.dropFirst(3) + ".service")
  }

  /// ufw keeps its own switch: `ufw enable` writes it and loads the rules at once, `ufw disable`
  /// unloads them, and the unit stays active in either case.
  func ufw(_ service: Service, from door: some HostDoor) -> Service {
    let configuration = door.readFile("/etc/ufw/ufw.conf", limit: .standard)
    if case .absent = configuration { return service }
    let isOn = configuration.parsedText { text throws(ParseFailure) in
      try ServiceFiles.isUFWEnabled(parsing: text)
    }
    var ufw = service
    ufw.isEnabled = isOn
    ufw.isRunning = isOn
    return ufw
  }

  /// Parses `ufw.conf`: its last `ENABLED=yes` or `no`, in any case of letters.
  ///
  /// - Throws: line 1 of a text without such a line.
  static func isUFWEnabled(parsing text: some StringProtocol) throws(ParseFailure) -> Bool {
    let lines = text.kernelLines
    let values = lines.compactMap { ShellAssignment.parse($0.text) }
      .filter { $0.name == "ENABLED" }
    guard let value = values.last?.value.lowercased() else {
      throw ParseFailure(
        line: 1, found: String(lines.first?.text ?? ""), expected: "ENABLED=yes or ENABLED=no")
    }
    return value == "yes"
  }
}
