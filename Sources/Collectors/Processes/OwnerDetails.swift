import Host

/// What there is to know of holders of sockets, read once for each process.
struct OwnerDetails<Door: HostDoor> {
  private let door: Door
  private var holders: [Int: SocketHolder] = [:]
  private var places: [Int: Place] = [:]

  /// A server can have more workers than anyone wants to be told of.
  private static var mostHolders: Int { 512 }

  private struct Place {
    var executable: String?
    var membership: UnitMembership?
  }

  init(door: Door) { self.door = door }

  /// The holder with its state and its parent.
  mutating func holder(_ bare: SocketHolder) -> SocketHolder {
    if let known = holders[bare.processID] { return known }
    guard holders.count < OwnerDetails.mostHolders else { return bare }
    let status = door.readFile("/proc/\(bare.processID)/status", limit: .standard).value
    let holder = SocketHolder(
      bare, status: status.map { String(decoding: $0, as: UTF8.self) } ?? "")
    holders[bare.processID] = holder
    return holder
  }

  /// The owner with its executable and its unit.
  mutating func completing(_ owner: SocketOwner) -> SocketOwner {
    let place = places[owner.processID] ?? read(owner.processID)
    places[owner.processID] = place
    var owner = owner
    owner.executable = place.executable
    switch place.membership {
    case .system(let unit)?: owner.unit = unit
    case .user(let unit, let user)?: owner.userUnit = UserUnit(name: unit, userID: user)
    case nil: break
    }
    return owner
  }

  private func read(_ process: Int) -> Place {
    let groups = door.readFile("/proc/\(process)/cgroup", limit: .standard).value
    let executable = door.readLink("/proc/\(process)/exe").value
    let command = holders[process]?.command ?? ""
    return Place(
      executable: executable,
      membership: groups.flatMap {
        UnitMembership(controlGroups: String(decoding: $0, as: UTF8.self), command: command)
      })
  }
}
