import Addressing
package import LoadBalancer

/// Asks the metadata service of a CVM who this host is.
///
/// Whoever answers at its address may say anything: each answer is taken only in its exact form. There is
/// no retry, no redirect is followed, and no proxy of the environment is used.
package struct MetadataService: Sendable {
  private let endpoint: MetadataEndpoint
  private let firstLimit: Int
  private let totalLimit: Int

  /// - Parameters:
  ///   - firstLimit: milliseconds for the first answer: elsewhere than on a CVM nobody answers.
  ///   - totalLimit: milliseconds for all of them, no less than for the first.
  package init(
    at endpoint: MetadataEndpoint, firstLimit: Int, totalLimit: Int
  ) {
    self.endpoint = endpoint
    self.firstLimit = firstLimit
    self.totalLimit = max(firstLimit, totalLimit)
  }

  /// Asks, on a thread of its own; `nil` where no metadata service answers with an instance id.
  ///
  /// What it does not say in time, or not in its form, is missing from the answer.
  package func instance() async -> InstanceMetadata? {
    try? await onOwnThread { [self] in
      var run = MetadataRun(endpoint, firstLimit: firstLimit, totalLimit: totalLimit)
      return run.instance()
    }
  }
}

/// The requests of one look-up, on the calling thread.
private struct MetadataRun {
  private let endpoint: MetadataEndpoint
  private let first: Instant
  private let last: Instant
  /// The service stopped answering: what is left is not asked for.
  private var isOver = false

  /// Interfaces that are asked for; no type of instance has more.
  private static let interfaceLimit = 20
  /// Addresses that are taken of all interfaces together.
  private static let addressLimit = 256

  init(_ endpoint: MetadataEndpoint, firstLimit: Int, totalLimit: Int) {
    self.endpoint = endpoint
    let start = Instant.now
    first = start.advanced(byMilliseconds: firstLimit)
    last = start.advanced(byMilliseconds: totalLimit)
  }

  mutating func instance() -> InstanceMetadata? {
    guard let id = text("instance-id", .instanceID, until: first),
      var instance = InstanceMetadata(instanceID: id)
    else { return nil }
    instance.region = text("placement/region", .region)
    instance.zone = text("placement/zone", .region)
    instance.name = text("instance-name", .displayName)
    instance.privateAddresses = addresses("local-ipv4")
    let interfaces = lines("network/interfaces/macs/").compactMap(MACDirectory.init(parsing:))
    for (index, interface) in interfaces.prefix(Self.interfaceLimit).enumerated() {
      let directory = "network/interfaces/macs/\(interface.name)/"
      if index == 0 { instance.vpcID = text(directory + "vpc-id", .vpcID) }
      for address in addresses(directory + "local-ipv4s/")
      where !instance.privateAddresses.contains(address)
        && instance.privateAddresses.count < Self.addressLimit
      {
        instance.privateAddresses.append(address)
      }
    }
    return instance
  }

  /// One line of a known form; `nil` for anything else.
  private mutating func text(_ path: String, _ form: CloudName, until limit: Instant? = nil)
    -> String?
  {
    let lines = lines(path, until: limit)
    guard lines.count == 1, let line = lines.first, form.matches(line) else { return nil }
    return line
  }

  /// Addresses, one a line, a listing's with a `/` behind it; none where a line is something else.
  private mutating func addresses(_ path: String) -> [IPAddress] {
    let lines = lines(path)
    let addresses = lines.compactMap { line in
      IPAddress(parsing: line.hasSuffix("/") ? String(line.dropLast()) : line)
    }
    return addresses.count == lines.count ? addresses : []
  }

  private mutating func lines(_ path: String, until limit: Instant? = nil) -> [String] {
    guard !isOver else { return [] }
    let exchange = MetadataExchange(endpoint, path: path, until: limit ?? last)
    switch exchange.answer {
    case .text(let text):
      return text.split(separator: "\n").map { line in
        String(line.hasSuffix("\r") ? line.dropLast() : line)
      }
    case .other: return []
    case .nothing:
      isOver = true
      return []
    }
  }
}

/// An entry of `network/interfaces/macs/`: `52:54:00:AA:BB:CC/`, as the service spells it.
private struct MACDirectory {
  let name: String

  init?(parsing line: String) {
    let name = line.hasSuffix("/") ? line.dropLast() : line[...]
    let groups = name.split(separator: ":", omittingEmptySubsequences: false)
    guard groups.count == 6,
      groups.allSatisfy({ $0.utf8.count == 2 && UInt8($0, radix: 16) != nil && $0.first != "+" })
    else { return nil }
    self.name = String(name)
  }
}
