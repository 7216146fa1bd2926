/// What tells the inspected host from others; `nil` where it could not be read.
package struct ReportHost: Sendable, Hashable {
  package var operatingSystem: OperatingSystem
  /// As the kernel has it: `uname -n`.
  package var hostname: String?
  /// 32 hexadecimal digits; see machine-id(5).
  package var machineID: String?
  /// The host's own private addresses, as text.
  package var privateAddresses: [String]
  /// The kernel's release: `6.1.0-18-amd64`; for Windows its version: `10.0.20348.2113`.
  package var kernel: String?
  /// The distribution's name for people: `Debian GNU/Linux 12 (bookworm)`; see os-release(5).
  package var distribution: String?

  /// The CVM's own, as `ins-9z8y7x6w`.
  package var instanceID: String?
  /// Of the CVM, as `ap-guangzhou`.
  package var region: String?

  /// What runs on the host.
  package enum OperatingSystem: String, Sendable, Hashable, CaseIterable {
    case linux = "Linux"
    case windows = "Windows"
  }

  package init(
    operatingSystem: OperatingSystem = .linux, hostname: String? = nil, machineID: String? = nil,
    privateAddresses: [String] = [],
    kernel: String? = nil, distribution: String? = nil, instanceID: String? = nil,
    region: String? = nil
  ) {
    self.operatingSystem = operatingSystem
    self.hostname = hostname
    self.machineID = machineID
    self.privateAddresses = privateAddresses
    self.kernel = kernel
    self.distribution = distribution
    self.instanceID = instanceID
    self.region = region
  }
}
