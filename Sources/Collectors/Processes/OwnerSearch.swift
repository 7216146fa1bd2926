import Host

/// A walk through the descriptors of all processes for some sockets.
///
/// First the low descriptors of every process, where listening sockets nearly always are, so that all
/// that hold one are found: a master and its workers. Then, only while a socket has no holder yet, the
/// other descriptors of one process after another.
struct OwnerSearch<Door: HostDoor> {
  /// Socket's inode → the processes that hold it.
  private(set) var found: [UInt64: Set<Int>] = [:]
  private let targets: [String: UInt64]
  private let commands: [Int: String]
  private let door: Door

  /// Descriptors that are looked at in every process.
  private static var low: Range<Int> { 0..<32 }
  private static var high: Range<Int> { 32..<Int(Int32.max) }
  /// For all high descriptors: a socket of the kernel itself has no holder, and ends no search.
  private static var secondsLimit: Double { 2 }

  init(wanted: Set<UInt64>, commands: [Int: String], door: Door) {
    targets = Dictionary(
      wanted.map { ("socket:[\($0)]", $0) }, uniquingKeysWith: { first, _ in first })
    self.commands = commands
    self.door = door
  }

  mutating func run() {
    guard !targets.isEmpty else { return }
    let processes = commands.keys.sorted()
    let all = Set(targets.keys)
    for process in processes { _ = look(process, OwnerSearch.low, all) }
    let deadline = ContinuousClock.now + .seconds(OwnerSearch.secondsLimit)
    for process in processes {
      let missing = all.filter { target in targets[target].map { found[$0] == nil } ?? false }
      guard !missing.isEmpty, ContinuousClock.now < deadline else { return }
      for (number, target) in look(process, OwnerSearch.high, missing) {
        lookForKin(of: process, at: number, target)
      }
    }
  }

  /// Notes what of the targets the process holds at these descriptors, and gives their numbers.
  private mutating func look(
    _ process: Int, _ numbers: Range<Int>, _ targets: Set<String>
  ) -> [Int: String] {
    let reading = door.readNumberedLinks("/proc/\(process)/fd", numbers, to: targets)
    let links = reading.value ?? [:]
    for target in links.values {
      guard let inode = self.targets[target] else { continue }
      found[inode, default: []].insert(process)
    }
    return links
  }

  /// A fork keeps the numbers of descriptors, so workers hold the socket where their master does.
  private mutating func lookForKin(of process: Int, at number: Int, _ target: String) {
    for (other, command) in commands where other != process && command == commands[process] {
      _ = look(other, number..<number + 1, [target])
    }
  }
}
