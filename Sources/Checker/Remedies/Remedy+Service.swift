import Collectors
import Host
import LoadBalancer

extension HostFacts {
  /// How the owner is restarted on this host; empty where no service manager is known to have it.
  func restartCommands(for owner: SocketOwner?) -> [String] {
    guard let owner else { return [] }
    if let unit = owner.unit { return ["systemctl restart \(shellQuoted(unit))"] }
    if let unit = owner.userUnit {
      let user = unit.userID
      return [
        "systemctl --user --machine=$(id -un \(user))@ restart \(shellQuoted(unit.name))"
      ]
    }
    return services.all.first { $0.name.rawValue == owner.command }.map { manage($0, "restart") }
      ?? []
  }

  /// Finds the line to change, then tests the configuration and loads it.
  func configurationCommands(
    _ software: ServerSoftware, owner: SocketOwner?, port: UInt16
  ) -> [String] {
    let load = software.reloadCommand ?? restartCommands(for: owner).first
    return [
      software.searchCommand(port: port),
      ([software.testCommand] + [load].compactMap(\.self)).joined(separator: " && "),
    ]
  }

  /// How a service is started on this host, and started again after a reboot.
  func startCommands(for service: Service) -> [String] {
    guard identity.initSystem.value == .systemd else { return manage(service, "start") }
    return [
      "systemctl enable --now \(shellQuoted(service.unit ?? "\(service.name.rawValue).service"))"
    ]
  }

  /// Where the owner's last words are read.
  func logCommands(for owner: SocketOwner?) -> [String] {
    owner?.unit.map { ["journalctl -u \(shellQuoted($0)) -n 50 --no-pager"] } ?? []
  }

  private func manage(_ service: Service, _ verb: String) -> [String] {
    switch identity.initSystem.value {
    case .systemd?:
      ["systemctl \(verb) \(shellQuoted(service.unit ?? "\(service.name.rawValue).service"))"]
    case .openRC?: ["rc-service \(shellQuoted(service.name.rawValue)) \(verb)"]
    case .sysV?: ["service \(shellQuoted(service.name.rawValue)) \(verb)"]
    default: []
    }
  }
}

extension Remedy {
  /// Looks at what the service says of itself: in the journal, else in the logs that it holds open.
  static func inspectService(_ question: CheckQuestion) -> Remedy {
    guard let owner = question.owner else {
      return Remedy(
        summary: "read the log of the service on port \(question.target.port)",
        verify: question.target.requestCommand)
    }
    let journal = question.facts.logCommands(for: owner)
    return Remedy(
      summary: "read what \(owner.command) (pid \(owner.processID)) says of itself"
        + (journal.isEmpty ? "; these are the files it holds open" : ""),
      commands: journal.isEmpty ? ["ls -l /proc/\(owner.processID)/fd"] : journal,
      verify: question.target.requestCommand)
  }

  /// Restarts the service; `nil` where it is not known how.
  static func restartService(_ question: CheckQuestion) -> Remedy? {
    let commands = question.facts.restartCommands(for: question.owner)
    guard !commands.isEmpty, let owner = question.owner else { return nil }
    return Remedy(
      summary: "restart \(owner.command)", commands: commands, persistence: .temporary,
      disruptive: true, verify: question.target.requestCommand)
  }

  /// Lets the service listen where the CLB probes, beside where it does now.
  static func listen(
    _ question: CheckQuestion, owner: SocketOwner?, insteadOf endpoint: String
  ) -> Remedy {
    let target = question.target
    guard let owner, let software = ServerSoftware(command: owner.command) else {
      return Remedy(
        summary: "let \(owner?.command ?? "the service") listen on \(target.endpoint), or on every "
          + "address, and restart it",
        commands: question.facts.restartCommands(for: owner), disruptive: true,
        verify: target.listeningCommand)
    }
    return Remedy(
      summary: "add \"\(software.directive(target))\" beside the line that opens \(endpoint)",
      commands: question.facts.configurationCommands(
        software, owner: owner, port: target.port),
      verify: target.listeningCommand)
  }
}
