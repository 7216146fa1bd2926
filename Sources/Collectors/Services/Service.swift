package import Host

/// A service and its state.
package struct Service: Sendable, Hashable {
  package var name: ServiceName
  /// The systemd unit, by its own name and not an alias; `nil` where there is no systemd.
  package var unit: String?
  /// Whether the host has it at all.
  package var isInstalled: Reading<Bool>
  /// Whether it works now. One that only loads rules and ends counts as running while they are
  /// loaded.
  ///
  /// Absent where nothing on the host records it.
  package var isRunning: Reading<Bool>
  /// Whether it starts at boot, without anyone's doing.
  package var isEnabled: Reading<Bool>
  /// Its first process; `nil` where none is known.
  package var mainProcess: Int?

  package init(
    name: ServiceName, unit: String? = nil, isInstalled: Reading<Bool>, isRunning: Reading<Bool>,
    isEnabled: Reading<Bool>, mainProcess: Int? = nil
  ) {
    self.name = name
    self.unit = unit
    self.isInstalled = isInstalled
    self.isRunning = isRunning
    self.isEnabled = isEnabled
    self.mainProcess = mainProcess
  }
}
