import Addressing
import Host
import LoadBalancer
import Windows

/// Whether the probed address is this Windows host's.
enum WindowsAddressHop {
  static func examine(_ question: WindowsQuestion) -> HopOutcome {
    let address = question.target.address
    guard let configuration = question.facts.configuration.value else {
      return outcome(
        question, without: question.facts.configuration.reasonMissing ?? "no file says")
    }
    let held = heldSources(question.target, configuration)
    guard let adapter = configuration.adapter(holding: address) else {
      if let doubt = configuration.doubt { return outcome(question, without: doubt) }
      if socketsUse(question) { return outcome(question, without: "ipconfig does not list it") }
      return HopOutcome("", findings: [notOnHost(address, configuration)] + held)
    }
    if let unready = adapter.addresses.first(where: { $0.address == address && !$0.state.isUsable })
    {
      return HopOutcome("", findings: [notReady(unready, adapter)] + held)
    }
    return HopOutcome("\(address) is on \(adapter.title)", findings: held)
  }

  /// What sockets tell where ipconfig does not: Windows binds them to its own addresses alone.
  private static func outcome(_ question: WindowsQuestion, without reason: String) -> HopOutcome {
    let address = question.target.address
    if socketsUse(question) { return HopOutcome("sockets of this host use \(address)") }
    return HopOutcome(
      AddressCheck.declaration.finding(
        "not-on-host", .unknown, "whether \(address) is this host's is unknown: \(reason)"))
  }

  private static func socketsUse(_ question: WindowsQuestion) -> Bool {
    question.facts.sockets.value?.rows.contains { $0.local.address == question.target.address }
      ?? false
  }

  private static func notOnHost(
    _ address: IPAddress, _ configuration: IPConfiguration
  ) -> Finding {
    AddressCheck.declaration.finding(
      "not-on-host", .fail, "no adapter of this host has the address \(address)",
      evidence: configuration.adapters.filter { !$0.addresses.isEmpty }.map { adapter in
        Evidence(
          source: CaptureFile.configuration.command,
          text: ([adapter.title] + adapter.addresses.map(\.line)).joined(separator: "\n"))
      },
      remedies: [
        Remedy(
          summary: "bind the real server in the CLB console with an address that this host has",
          verify: "ipconfig")
      ])
  }

  /// Windows answers on no address that is not checked to be this host's alone.
  private static func notReady(
    _ address: IPConfiguration.Address, _ adapter: IPConfiguration.Adapter
  ) -> Finding {
    AddressCheck.declaration.finding(
      "not-ready", .fail,
      "\(address.address) on \(adapter.title) is \(address.state.rawValue.lowercased()), so Windows "
        + "does not use it",
      evidence: [Evidence(source: CaptureFile.configuration.command, text: address.line)],
      remedies: [
        Remedy(
          summary: "find the other host that has \(address.address), and set the address anew",
          verify: "ipconfig /all")
      ])
  }

  private static func heldSources(
    _ target: Target, _ configuration: IPConfiguration
  ) -> [Finding] {
    configuration.adapters.flatMap { adapter in
      adapter.addresses.compactMap { held in
        guard target.sources.contains(where: { $0.contains(held.address) }) else { return nil }
        return AddressCheck.declaration.finding(
          "source-held-locally", .info,
          "\(adapter.title) holds \(held.address), an address that probes come from",
          evidence: [Evidence(source: CaptureFile.configuration.command, text: held.line)])
      }
    }
  }
}
