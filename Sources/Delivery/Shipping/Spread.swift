package import Host
internal import Probes

/// When within an interval a host runs: always at the same moment, and each host at another.
///
/// A fleet whose hosts all run when the clock strikes asks everything of its receiver in one second. A
/// moment drawn anew each time would let two runs of one host come close; a stable one keeps them an
/// interval apart.
package struct Spread: Sendable, Hashable {
  /// What tells this host from others.
  private let fingerprint: UInt64

  /// - Parameter identity: what tells the host from others and stays from boot to boot.
  package init(of identity: [String]) {
    var fingerprint = Fingerprint()
    for word in identity {
      for byte in word.utf8 { fingerprint.add(byte) }
      fingerprint.add(0)
    }
    self.fingerprint = fingerprint.value
  }

  /// The host's moment, in milliseconds below so many seconds.
  package func offsetMilliseconds(withinSeconds seconds: Int) -> Int {
    guard seconds > 0 else { return 0 }
    // FNV leaves words that differ in their last letter close together; the finalizer of MurmurHash3
    // carries each bit to all others.
    var mixed = fingerprint
    mixed = (mixed ^ mixed >> 33) &* 0xFF51_AFD7_ED55_8CCD
    mixed = (mixed ^ mixed >> 33) &* 0xC4CE_B9FE_1A85_EC53
    mixed ^= mixed >> 33
    return Int(mixed % (UInt64(seconds) * 1000))
  }
}

extension Spread {
  /// Reads what tells this host from others: its machine id, its name, and its network cards' addresses.
  ///
  /// Hosts made from one image have one machine id and often one name; their cards differ. Interfaces
  /// without hardware are left out, for containers make them anew.
  package init(of door: some HostDoor) {
    let cards = (door.listDirectory("/sys/class/net").value ?? []).filter { name in
      door.readLink("/sys/class/net/\(name)/device").value != nil
    }
    let files =
      ["/etc/machine-id", "/proc/sys/kernel/hostname"]
      + cards.map { "/sys/class/net/\($0)/address" }
    self.init(
      of: files.map { path in
        String(decoding: door.readFile(path, limit: .prefix(256)).value ?? [], as: UTF8.self)
      })
  }
}
