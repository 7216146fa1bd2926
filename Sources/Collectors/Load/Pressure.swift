package import Host

/// The pressure on all three resources.
package struct Pressure: Sendable, Hashable {
  package var cpu: Reading<PressureStall>
  package var memory: Reading<PressureStall>
  package var io: Reading<PressureStall>

  package init(
    cpu: Reading<PressureStall>, memory: Reading<PressureStall>, io: Reading<PressureStall>
  ) {
    self.cpu = cpu
    self.memory = memory
    self.io = io
  }

  /// Reads three files; absent before kernel 4.20 and where pressure is off (`psi=0`).
  package static func read(from door: some HostDoor) -> Pressure {
    Pressure(
      cpu: read("cpu", from: door), memory: read("memory", from: door), io: read("io", from: door))
  }

  private static func read(_ resource: String, from door: some HostDoor) -> Reading<PressureStall> {
    let bytes = door.readFile("/proc/pressure/\(resource)", limit: .standard)
    // A kernel that was booted with psi=0, the default of RHEL 8, may show the files and refuse to
    // read them. That is no error of ours: it keeps no such account.
    if case .failed(let source, .system(_, let error)) = bytes,
      error.hasPrefix("EOPNOTSUPP") || error.hasPrefix("ENOTSUP")
    {
      return .absent(source)
    }
    return bytes.parsedText(PressureStall.init(parsing:))
  }
}
