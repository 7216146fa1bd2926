package import Addressing
package import Checker
package import LoadBalancer

/// What the command line says; it goes before the settings file.
package struct CommandLineSettings: Sendable {
  /// Those of `--target`; any of them replaces all targets of the file.
  package var targets: [TargetURL] = []
  /// That of `--listeners`; it goes before targets and documents of the file.
  package var listeners: String?
  /// Those of `--source`; they are every target's then.
  package var sources: [AddressPrefix] = []
  /// Parameters of the check, which every target gets; without a URL.
  package var check = TargetSettings()
  /// `--no-metadata`.
  package var asksNoMetadata = false
  /// That of `--metadata-endpoint`; it asks, whatever the file says.
  package var metadataEndpoint: MetadataEndpoint?
  /// Those of `--only`: the file skips none of these checks.
  package var only: [String] = []
  /// Those of `--skip`; they come to those of the file.
  package var skip: [String] = []

  package init() {}
}

extension Settings {
  /// The settings with what the command line says in their place.
  package func overridden(by line: CommandLineSettings) -> Settings {
    var merged = self
    if !line.targets.isEmpty {
      merged.targets = line.targets.map {
        TargetSettings(url: Setting($0, from: .option("--target")))
      }
      merged.listeners = nil
    }
    if let path = line.listeners {
      merged.listeners = Setting(path, from: .option("--listeners"))
      merged.targets = []
    }
    if !line.sources.isEmpty {
      merged.sources = Setting(line.sources, from: .option("--source"))
      for index in merged.targets.indices { merged.targets[index].sources = nil }
    }
    for index in merged.targets.indices { merged.targets[index].take(line.check) }
    merged.metadata.take(line)
    merged.skip.removeAll { line.only.contains($0.value) || line.skip.contains($0.value) }
    merged.skip += line.skip.map { Setting($0, from: .option("--skip")) }
    return merged
  }

  /// Lets relative paths of the file begin at its own directory.
  package mutating func resolvePaths(from directory: String) {
    guard let path = listeners?.value, !path.hasPrefix("/") else { return }
    listeners?.value = "\(directory)/\(path)"
  }

  /// Where probes come from that no target's own sources name.
  package var probeSources: [AddressPrefix] { sources?.value ?? [ProbeSources.range] }

  /// The targets to follow; empty to learn them.
  package var namedTargets: [NamedTarget] {
    targets.compactMap { target in
      target.url.map { url in
        NamedTarget(
          url: url.value, servicePort: target.servicePort?.value,
          sources: target.sources?.value ?? probeSources, clients: target.clients?.value ?? [],
          healthCheck: healthCheck(of: target))
      }
    }
  }

  /// A target's check; who names where its probes come from assumes nothing.
  private func healthCheck(of target: TargetSettings) -> HealthCheck {
    var check = target.healthCheck
    if target.sources != nil || sources != nil { check.assumed.remove(.sourceIPType) }
    return check
  }

  /// Where the targets were named.
  package var targetOrigin: TargetOrigin {
    if case .option? = targets.first?.url?.origin { return .named }
    return targets.isEmpty ? .named : .settings
  }

  /// What is left out, with who says so.
  ///
  /// - Parameter file: the settings file's name.
  package func skips(file: String?) -> Skips {
    var skips = Skips()
    for skip in skip { skips.add(skip.value, reason: skip.origin.words(file: file)) }
    return skips
  }
}

extension TargetSettings {
  /// Takes those parameters of the check that another names.
  fileprivate mutating func take(_ other: TargetSettings) {
    timeOut = other.timeOut ?? timeOut
    httpCode = other.httpCode ?? httpCode
    checkDomain = other.checkDomain ?? checkDomain
    checkMethod = other.checkMethod ?? checkMethod
    httpVersion = other.httpVersion ?? httpVersion
    extendedCode = other.extendedCode ?? extendedCode
    // What is sent and what is expected belong together.
    if other.contextType != nil {
      (contextType, send, receive) = (other.contextType, other.send, other.receive)
    }
  }
}

extension SettingsOrigin {
  /// `--skip`, or `/etc/clb-agent/config.yaml:12`.
  package func words(file: String?) -> String {
    switch self {
    case .file(let place): "\(file ?? "settings"):\(place.line)"
    case .option(let option): option
    }
  }
}
