import Collectors
import LoadBalancer

extension Remedy {
  /// Changes parameters of the health check on the CLB's side, and says how to take that back.
  ///
  /// Without the ids that a command needs it is a sentence alone.
  static func setting(
    _ changes: [HealthCheck.Parameter: String], of target: Target
  ) -> Remedy {
    let words = changes.sorted { $0.key.rawValue < $1.key.rawValue }
      .map { "\($0.key.rawValue) to \($0.value)" }.joined(separator: " and ")
    let old = changes.keys.map { ($0, target.written($0) ?? ($0 == .checkPort ? "-1" : nil)) }
    let known = old.compactMap { key, value in value.map { (key, $0) } }
    let undo =
      known.count == old.count
      ? TccliCommand(target, setting: Dictionary(known) { first, _ in first }) : nil
    return Remedy(
      summary: "set \(words) in the health check, on the CLB's side",
      commands: [TccliCommand(target, setting: changes)?.shellText].compactMap(\.self),
      undo: [undo?.shellText].compactMap(\.self), verify: target.describeCommand)
  }

  /// Moves traffic of the real server to another of its ports.
  static func bindingPort(_ port: UInt16, of target: Target) -> Remedy {
    Remedy(
      summary: "let traffic go to port \(port), on the CLB's side, or let the service listen on "
        + "\(target.backendPort)",
      commands: [target.modifyPortCommand(from: target.backendPort, to: port)].compactMap(\.self),
      undo: [target.modifyPortCommand(from: port, to: target.backendPort)].compactMap(\.self),
      verify: target.cloudCommand("DescribeTargets"))
  }

  /// Sends what the CLB sends to where the service is; none where it may be any of several ports.
  static func following(_ sockets: [ListeningSocket], of target: Target) -> [Remedy] {
    let ports = Set(sockets.map(\.port))
    guard target.listener != nil else { return [] }
    if target.servicePort == nil {
      return ports.count == 1 ? ports.map { bindingPort($0, of: target) } : []
    }
    // Another command for the same check would say the old CheckPort again.
    guard ports.contains(target.backendPort), target.recommendedChanges.isEmpty else { return [] }
    return [setting([.checkPort: "-1"], of: target)]
  }
}

extension Target {
  /// Shows the parameters as the CLB has them; `nil` where the CLB is not known.
  var describeCommand: String? { cloudCommand("DescribeListeners") }

  /// Shows what the CLB says of its real servers; `nil` where the CLB is not known.
  var healthCommand: String? {
    guard let owner = listener?.loadBalancerID else { return nil }
    return cloudWords("DescribeTargetHealth", ["--LoadBalancerIds", "[\"\(owner)\"]"])
  }

  /// A `tccli clb` command about the target's listener.
  func cloudCommand(_ action: String) -> String? {
    guard let listener, let owner = listener.loadBalancerID else { return nil }
    return cloudWords(
      action, ["--LoadBalancerId", owner, "--ListenerIds", "[\"\(listener.listenerID)\"]"])
  }

  /// Source: ModifyTargetPort of the CLB API; it takes an instance by its id.
  fileprivate func modifyPortCommand(from old: UInt16, to new: UInt16) -> String? {
    guard let listener, let owner = listener.loadBalancerID, let instanceID else { return nil }
    let isRule = listener.listenerProtocol.isLayer7
    guard !isRule || listener.locationID != nil else { return nil }
    let rule = isRule ? listener.locationID.map { ["--LocationId", $0] } ?? [] : []
    return cloudWords(
      "ModifyTargetPort",
      ["--cli-unfold-argument", "--LoadBalancerId", owner, "--ListenerId", listener.listenerID]
        + rule + [
          "--Targets.0.InstanceId", instanceID, "--Targets.0.Port", "\(old)", "--NewPort", "\(new)",
        ])
  }

  private func cloudWords(_ action: String, _ options: [String]) -> String {
    let region = listener?.region.map { ["--region", $0] } ?? []
    return (["tccli", "clb", action] + region + options).map(ShellQuoting.quoted)
      .joined(separator: " ")
  }
}
