import Addressing

extension Evaluation {
  /// How many doubtful variants of one header are told apart.
  private static let variantLimit = 12
  /// How many headers that differ in nothing but their marks are told apart.
  private static let markLimit = 64

  private struct MergeKey: Hashable {
    var header: Header
    var doubts: [Int]
  }

  /// Joins flows that are treated alike from here on.
  func merged(_ flows: [Flow]) -> [Flow] {
    guard flows.count > 1 else { return flows.filter { !$0.packets.isEmpty } }
    let result = joined(flows)
    return result.count > Self.markLimit ? joined(withMarksWidened(result)) : result
  }

  private func joined(_ flows: [Flow]) -> [Flow] {
    var result: [Flow] = []
    var indexes: [MergeKey: Int] = [:]
    var variants: [Header: [Int]] = [:]
    for flow in flows where !flow.packets.isEmpty {
      let key = MergeKey(header: flow.header, doubts: flow.doubts)
      let known = variants[flow.header] ?? []
      // Past the limit the last variant takes all that comes, with every doubt.
      let index = indexes[key] ?? (known.count >= Self.variantLimit ? known.last : nil)
      if let index {
        result[index].packets = result[index].packets.union(flow.packets)
        result[index].doubts = doubts.union(result[index].doubts, flow.doubts)
      } else {
        // The last variant's doubts may grow: it is found by its header only.
        if known.count + 1 < Self.variantLimit { indexes[key] = result.count }
        variants[flow.header, default: []].append(result.count)
        result.append(flow)
      }
    }
    return result
  }

  /// Gives flows that differ in nothing but marks one mark, of which the differing bits are not known.
  private func withMarksWidened(_ flows: [Flow]) -> [Flow] {
    var marks: [Header: (packet: PartialNumber, connection: PartialNumber)] = [:]
    func plain(_ header: Header) -> Header {
      var header = header
      header.mark = PartialNumber(0)
      header.connectionMark = PartialNumber(0)
      return header
    }
    for flow in flows {
      let key = plain(flow.header)
      let known = marks[key] ?? (flow.header.mark, flow.header.connectionMark)
      marks[key] = (
        known.packet.widened(by: flow.header.mark),
        known.connection.widened(by: flow.header.connectionMark)
      )
    }
    return flows.map { flow in
      var flow = flow
      guard let mark = marks[plain(flow.header)] else { return flow }
      flow.header.mark = mark.packet
      flow.header.connectionMark = mark.connection
      return flow
    }
  }
}

extension PartialNumber {
  /// The number with the bits unknown that differ from another's.
  fileprivate func widened(by other: PartialNumber) -> PartialNumber {
    var result = self
    result.unknown |= other.unknown | (value ^ other.value)
    result.value = value & other.value & ~result.unknown
    if result.unknown != 0 {
      result.doubt = doubt ?? other.doubt ?? .notUnderstood("more marks than are told apart")
    }
    return result
  }
}
