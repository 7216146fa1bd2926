import Addressing

/// A set of packets that differ only in source address and source port, as rectangles.
struct PacketSet: Sendable, Hashable {
  /// All packets with one of the ports and one of the sources.
  struct Rectangle: Sendable, Hashable {
    var ports: IntervalSet
    var sources: IntervalSet
  }

  /// Rectangles of which no two share a packet.
  private(set) var rectangles: [Rectangle]

  /// The empty set.
  init() { rectangles = [] }

  /// The packets with one of the ports and one of the sources.
  init(sources: IntervalSet, ports: IntervalSet) {
    rectangles = sources.isEmpty || ports.isEmpty ? [] : [Rectangle(ports: ports, sources: sources)]
  }

  var isEmpty: Bool { rectangles.isEmpty }

  /// The sources of all packets.
  var sources: IntervalSet {
    guard let first = rectangles.first else { return IntervalSet() }
    return rectangles.dropFirst().reduce(first.sources) { $0.union($1.sources) }
  }

  /// The packets from one of those sources.
  func from(_ sources: IntervalSet) -> PacketSet {
    var result = PacketSet()
    for rectangle in rectangles {
      let part = rectangle.sources.intersection(sources)
      if !part.isEmpty {
        result.rectangles.append(Rectangle(ports: rectangle.ports, sources: part))
      }
    }
    return result
  }

  /// The packets from one of those ports.
  func fromPorts(_ ports: IntervalSet) -> PacketSet {
    var result = PacketSet()
    for rectangle in rectangles {
      let part = rectangle.ports.intersection(ports)
      if !part.isEmpty {
        result.rectangles.append(Rectangle(ports: part, sources: rectangle.sources))
      }
    }
    return result
  }

  /// The packets that both sets have.
  func intersection(_ other: PacketSet) -> PacketSet {
    var result = PacketSet()
    for rectangle in other.rectangles {
      result.rectangles += from(rectangle.sources).fromPorts(rectangle.ports).rectangles
    }
    return result
  }

  /// Takes away the packets of the other set.
  mutating func subtract(_ other: PacketSet) {
    for taken in other.rectangles { remove(taken) }
  }

  /// The packets of this set that the other has not.
  func subtracting(_ other: PacketSet) -> PacketSet {
    var result = self
    result.subtract(other)
    return result
  }

  private mutating func remove(_ taken: Rectangle) {
    // The one rectangle with every port that nearly all sets are is cut where it stands.
    if rectangles.count == 1, rectangles[0].ports == taken.ports {
      rectangles[0].sources.subtract(taken.sources)
      if rectangles[0].sources.isEmpty { rectangles = [] }
      return
    }
    var result: [Rectangle] = []
    for rectangle in rectangles {
      let shared = rectangle.ports.intersection(taken.ports)
      if shared.isEmpty {
        result.append(rectangle)
        continue
      }
      let others = rectangle.ports.subtracting(taken.ports)
      if !others.isEmpty { result.append(Rectangle(ports: others, sources: rectangle.sources)) }
      let rest = rectangle.sources.subtracting(taken.sources)
      if !rest.isEmpty { result.append(Rectangle(ports: shared, sources: rest)) }
    }
    rectangles = result
  }

  /// The packets that either set has.
  func union(_ other: PacketSet) -> PacketSet {
    if isEmpty { return other }
    if other.isEmpty { return self }
    var result = self
    for rectangle in other.subtracting(self).rectangles { result.add(rectangle) }
    return result
  }

  /// Adds a rectangle that shares no packet with the set.
  private mutating func add(_ rectangle: Rectangle) {
    if let index = rectangles.firstIndex(where: { $0.ports == rectangle.ports }) {
      rectangles[index].sources = rectangles[index].sources.union(rectangle.sources)
    } else if let index = rectangles.firstIndex(where: { $0.sources == rectangle.sources }) {
      rectangles[index].ports = rectangles[index].ports.union(rectangle.ports)
    } else {
      rectangles.append(rectangle)
    }
  }
}
