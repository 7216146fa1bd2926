package import Host

/// The services of this host that own packet-filter rules or answer requests.
package struct Services: Sendable, Hashable {
  /// Every service of `ServiceName`, in its order, whether the host has it or not.
  package var all: [Service]

  package init(all: [Service]) {
    self.all = all
  }

  package subscript(name: ServiceName) -> Service? { all.first { $0.name == name } }

  /// Those that run now.
  package var running: [Service] { all.filter { $0.isRunning.value == true } }

  /// Asks systemd once for all of them, or else looks at scripts, links and processes.
  ///
  /// `processes` are all that the host has. In a container that shares the host's processes a
  /// service may be seen there that the container's systemd does not know, so a process counts
  /// beside systemd too.
  ///
  /// - Parameter processes: what the kernel calls each process of the host.
  package static func read(
    from door: some HostDoor, processes: [ProcessName]
  ) async -> Services {
    let files = ServiceFiles.read(from: door)
    let units = await readUnits(from: door)
    let found = ServiceName.allCases.map { name in
      let running = processes.filter { name.isProcess($0.name) }.min { $0.process < $1.process }
      var service: Service
      if case .value(let units, let source) = units {
        service = Services.service(name, unit: unit(of: name, in: units), source: source)
      } else {
        service = files.service(name, process: running)
      }
      if let running, service.isRunning.value != true {
        service.isRunning = .value(true, from: .file("/proc/\(running.process)/comm"))
        service.isInstalled = .value(true, from: .file("/proc/\(running.process)/comm"))
      }
      service.mainProcess = service.mainProcess ?? running?.process
      return service
    }
    return Services(all: found.map { $0.name == .ufw ? files.ufw($0, from: door) : $0 })
  }

  /// The best unit of a service: an installed one before one that is not, an active one first of
  /// all.
  ///
  /// An alias does not count where the unit behind it is another service's own: Debian's
  /// `netfilter-persistent` also answers to `iptables`, and is not the service that Red Hat calls
  /// so.
  private static func unit(of name: ServiceName, in units: [UnitState]) -> UnitState? {
    let own = units.filter { unit in
      if name.isUnit(unit.id) { return true }
      let isOthers = ServiceName.allCases.contains { $0.isUnit(unit.id) }
      return !isOthers && unit.names.contains(where: name.isUnit)
    }
    return own.first(where: \.isActive) ?? own.first(where: \.isInstalled) ?? own.first
  }

  private static func service(_ name: ServiceName, unit: UnitState?, source: Source) -> Service {
    let installed = unit.flatMap { $0.isInstalled ? $0 : nil }
    return Service(
      name: name, unit: installed?.id, isInstalled: .value(installed != nil, from: source),
      isRunning: .value(installed?.isActive ?? false, from: source),
      isEnabled: .value(installed?.isEnabled ?? false, from: source),
      mainProcess: installed?.mainProcess)
  }

  /// Absent where systemd does not run, though `systemctl` may be installed.
  private static func readUnits(from door: some HostDoor) async -> Reading<[UnitState]> {
    let booted = door.listDirectory("/run/systemd/system")
    guard case .value = booted else { return .absent(booted.source) }
    let patterns = ServiceName.allCases.flatMap(\.unitPatterns)
    let properties = UnitState.properties.joined(separator: ",")
    let command = Command(
      "systemctl", ["show", "--property=\(properties)"] + patterns, secondsLimit: 5,
      outputLimit: 1 << 20)
    return await door.run(command).flatMap { output, source in
      guard output.status == 0 else {
        let said = String(decoding: output.standardError, as: UTF8.self)
        return .failed(source, .exitStatus(output.status, said))
      }
      return Reading.value(output.standardOutput, from: source)
        .parsedText { text throws(ParseFailure) in try UnitState.units(parsing: text) }
    }
  }
}
