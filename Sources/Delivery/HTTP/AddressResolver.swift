package import Addressing
import Dispatch
package import Host
import Synchronization

/// Finds the addresses of a receiver by the host's own name service.
///
/// The static binary cannot load the name-service modules of a foreign C library, so `getent ahosts` is
/// asked, which the host's own C library answers.
package struct AddressResolver: Sendable {
  private let door: any HostDoor

  package init(_ door: any HostDoor = LiveDoor()) { self.door = door }

  /// More are not tried.
  private static let addressLimit = 8

  /// Why there are no addresses.
  package struct Failure: Error, Sendable, Hashable {
    package var reason: String
  }

  /// The addresses in the order of the host's preference, at least one; blocks the calling thread, which must
  /// be none of Swift's pool, for the command waits for that.
  package func addresses(
    of host: ReceiverURL.Host, milliseconds: Int
  ) throws(Failure) -> [IPAddress] {
    switch host {
    case .address(let address): return [address]
    // RFC 6761, section 6.3: that name is loopback, whatever a name service says.
    case .name("localhost"): return [.v4(0x7F00_0001), .v6(1)]
    case .name(let name): return try ask(name, milliseconds)
    }
  }

  private func ask(_ name: String, _ milliseconds: Int) throws(Failure) -> [IPAddress] {
    let command = Command(
      "getent", ["ahosts", name], secondsLimit: Double(max(milliseconds, 1)) / 1000,
      outputLimit: 64 << 10)
    switch wait(for: command) {
    case .value(let output, _): return try addresses(output, name)
    case .absent:
      throw Failure(
        reason: "the name \(name) cannot be resolved: this host has no getent; use an address")
    case .denied(let source, _): throw Failure(reason: "\(source) cannot be run")
    case .failed(let source, let failure): throw Failure(reason: "\(source): \(failure)")
    }
  }

  private func wait(for command: Command) -> Reading<CommandOutput> {
    let answer = Answer()
    let done = DispatchSemaphore(value: 0)
    Task.detached { [door] in
      let reading = await door.run(command)
      answer.reading.withLock { $0 = reading }
      done.signal()
    }
    done.wait()
    return answer.reading.withLock { $0 } ?? .absent(command.source)
  }

  private final class Answer: Sendable {
    let reading = Mutex<Reading<CommandOutput>?>(nil)
  }

  /// Lines of `ADDRESS  STREAM NAME`; an address comes once for each type of socket.
  private func addresses(
    _ output: CommandOutput, _ name: String
  ) throws(Failure) -> [IPAddress] {
    // Statuses of getent(1): 2 for a name that nobody knows.
    guard output.status == 0 else {
      throw Failure(
        reason: output.status == 2
          ? "the name \(name) is unknown"
          : "getent ahosts \(name) ended with status \(output.status)")
    }
    var addresses: [IPAddress] = []
    for line in String(decoding: output.standardOutput, as: UTF8.self).split(separator: "\n") {
      guard let word = line.split(separator: " ").first,
        let address = IPAddress(parsing: String(word)),
        !addresses.contains(address), addresses.count < Self.addressLimit
      else { continue }
      addresses.append(address)
    }
    guard !addresses.isEmpty else { throw Failure(reason: "the name \(name) has no address") }
    return addresses
  }
}
