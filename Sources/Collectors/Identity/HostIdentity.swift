package import Host

/// Which machine this is, and what runs on it.
package struct HostIdentity: Sendable, Hashable {
  /// The name that the kernel has.
  package var hostname: Reading<String>
  /// The 32 hexadecimal digits of machine-id(5).
  package var machineID: Reading<String>
  package var distribution: Reading<Distribution>
  package var kernel: Reading<KernelRelease>
  package var initSystem: Reading<InitSystem>

  package init(
    hostname: Reading<String>, machineID: Reading<String>, distribution: Reading<Distribution>,
    kernel: Reading<KernelRelease>, initSystem: Reading<InitSystem>
  ) {
    self.hostname = hostname
    self.machineID = machineID
    self.distribution = distribution
    self.kernel = kernel
    self.initSystem = initSystem
  }

  /// Reads a handful of files; needs no privilege.
  package static func read(from door: some HostDoor) -> HostIdentity {
    HostIdentity(
      hostname: door.readFile("/proc/sys/kernel/hostname", limit: .standard)
        .parsedText(HostIdentity.firstWord(parsing:)),
      machineID: readMachineID(from: door),
      distribution: Distribution.read(from: door),
      kernel: KernelRelease.read(from: door),
      initSystem: InitSystem.read(from: door))
  }

  /// Parses a file that holds one word.
  ///
  /// - Throws: line 1 when it is empty or has blanks in it.
  package static func firstWord(parsing text: some StringProtocol) throws(ParseFailure) -> String {
    let line = text.kernelLines.first ?? NumberedLine(number: 1, text: "")
    guard line.words.count == 1, let word = line.words.first else {
      throw line.failure(found: line.text, expected: "one word")
    }
    return String(word)
  }

  /// Parses the text of machine-id(5): 32 hexadecimal digits in lower case.
  ///
  /// - Throws: line 1 when it is of another form, as `uninitialized` is on a first boot.
  package static func machineID(parsing text: some StringProtocol) throws(ParseFailure) -> String {
    let line = text.kernelLines.first ?? NumberedLine(number: 1, text: "")
    let digits = Set("0123456789abcdef".utf8)
    guard line.text.utf8.count == 32, line.text.utf8.allSatisfy(digits.contains) else {
      throw line.failure(found: line.text, expected: "32 hexadecimal digits in lower case")
    }
    return String(line.text)
  }

  /// Hosts without systemd have only the older file, which D-Bus made.
  private static func readMachineID(from door: some HostDoor) -> Reading<String> {
    let own = door.readFile("/etc/machine-id", limit: .standard)
    guard case .absent = own else { return own.parsedText(machineID(parsing:)) }
    let older = door.readFile("/var/lib/dbus/machine-id", limit: .standard)
    guard case .absent = older else { return older.parsedText(machineID(parsing:)) }
    return .absent(own.source)
  }
}
