package import Addressing

/// A real server as documents name it: this host.
package struct RealServer: Sendable, Hashable {
  /// Its private addresses, the first one first.
  package var addresses: [IPAddress]
  /// As `ins-9z8y7x6w`; empty where nobody knows.
  package var instanceIDs: [String]

  package init(addresses: [IPAddress], instanceIDs: [String] = []) {
    self.addresses = addresses
    self.instanceIDs = instanceIDs
  }
}
