import Addressing

extension Evaluation {
  /// Takes out the packets from sources that the kernel refuses before anything else.
  mutating func withoutImpossibleSources(_ flows: [Flow]) -> [Flow] {
    guard question.inInterface != "lo" else { return flows }
    let impossible = host.impossibleSources(family)
    return flows.compactMap { flow in
      let refused = flow.packets.from(impossible)
      guard !refused.isEmpty else { return flow }
      var (gone, rest) = (flow, flow)
      gone.packets = refused
      rest.packets.subtract(refused)
      end(
        gone, .dropped(ofAnswer: false),
        .routing("the kernel takes no packet from such a source (martian)"))
      return rest.packets.isEmpty ? nil : rest
    }
  }

  /// Decides which packets are for this host and which go on.
  mutating func route(_ flows: [Flow]) -> (local: [Flow], forwarded: [Flow]) {
    var (local, forwarded): ([Flow], [Flow]) = ([], [])
    for var flow in withoutImpossibleSources(flows) {
      let number = flow.header.destination
      let isAsked = number == question.destination.number
      guard host.knowsAddresses else {
        if isAsked {
          local.append(flow)
        } else {
          doubt(&flow, .notUnderstood("addresses and routes of the host"))
          end(flow, .unknown, .routing("translated destination"))
        }
        continue
      }
      let isLoopback = family == .ipv4 && number >> 24 == 127
      if isLoopback, question.inInterface != "lo", !host.routesLoopback {
        end(
          flow, .dropped(ofAnswer: false),
          .routing("127.0.0.0/8 is not routed from outside (route_localnet)"))
        continue
      }
      switch destinationKind(number) {
      case .local, .anycast:
        local.append(flow)
      case .unicast:
        guard let device = host.route(to: number, family)?.device else { fallthrough }
        flow.header.outInterface = device
        flow.header.wasForwarded = true
        forwarded.append(flow)
      default:
        doubt(&flow, .notUnderstood("no plain route to \(endpoint(flow.header).address)"))
        end(flow, .unknown, .routing("no plain route"))
      }
    }
    return (local, forwarded)
  }

  /// What the host's addresses and routes make of a destination.
  func destinationKind(_ number: UInt128) -> AddressKind {
    if host.interfaces.contains(where: {
      $0.addresses.contains(IPAddress(family: family, number: number))
    }) {
      return .local
    }
    guard !host.routes.isEmpty else { return .unicast }
    return host.route(to: number, family)?.kind ?? .unreachable
  }

  /// Adds a doubt to a flow.
  mutating func doubt(_ flow: inout Flow, _ doubt: Doubt) {
    let number = doubts.number(doubt, at: position.decision)
    flow.doubts = doubts.union(flow.doubts, [number])
  }

  /// Cuts flows that leave this host by the interface of the route to each source.
  mutating func routeBack(_ flows: [Flow]) -> [Flow] {
    guard !host.routes.isEmpty else { return flows }
    return flows.flatMap { flow -> [Flow] in
      host.partition(flow.packets.sources, family).compactMap { sources, route in
        var part = flow
        part.packets = flow.packets.from(sources)
        guard let device = route?.device else {
          end(part, .dropped(ofAnswer: true), .routing("no route back to the source"))
          return nil
        }
        // A source that input translated is where the answer is routed to, until it is translated back.
        let isRoutedElsewhere = flow.header.role == .answer && flow.header.isSourceTranslated
        part.header.outInterface = isRoutedElsewhere ? "" : device
        return part
      }
    }
  }

  /// Sends what the service answers through output, and notes what becomes of the requests.
  mutating func answer(_ delivered: [Flow]) {
    var answers = delivered
    for index in answers.indices {
      let wasUntracked = answers[index].header.state == .untracked
      answers[index].header.role = .answer
      answers[index].header.wasUntracked = wasUntracked
      answers[index].header.state = nil
      answers[index].header.mark = PartialNumber(0)
      answers[index].header.requestZone = answers[index].header.zone
      answers[index].header.zone = PartialNumber(0)
      answers[index].header.hasTemplate = false
    }
    answers = routeBack(merged(answers))
    answers = run(.output, answers)
    answers = run(.postrouting, answers)
    answers = run(.egress, answers)
    for flow in answers {
      let isElsewhere = isRedirected(flow.header)
      // Only an answer that the kernel knows for one is translated back.
      if isElsewhere || flow.header.isSourceTranslated,
        flow.header.state != .established
      {
        var flow = flow
        doubt(&flow, .notUnderstood("answer that is not translated back"))
        end(flow, .unknown, .none)
        continue
      }
      end(flow, .accepted(to: isElsewhere ? endpoint(flow.header) : nil), .none)
    }
  }

  /// Sends the refusals through output: one that is dropped there is silence to the client.
  mutating func sendRefusals() {
    var flows = refusals.map { flow in
      var refusal = flow
      // The kernel ties it to the request's connection when it makes it, before any hook.
      let isTracked = flow.header.state != nil && flow.header.state != .untracked
      refusal.header.state = isTracked ? .related : nil
      refusal.header.mark = PartialNumber(0)
      refusal.header.hasTemplate = false
      return refusal
    }
    refusals = []
    let isOfDevice = { (flow: Flow) in flow.header.refusedAt == .device }
    var direct = flows.filter(isOfDevice)
    for index in direct.indices { direct[index].header.outInterface = question.inInterface }
    flows = routeBack(flows.filter { !isOfDevice($0) })
    flows = run(.output, flows)
    flows = run(.postrouting, flows)
    flows = run(.egress, flows + direct)
    for flow in flows {
      guard case .refusal(let kind) = flow.header.role else { continue }
      end(flow, .refused(kind), flow.header.refusedBy)
    }
  }
}
