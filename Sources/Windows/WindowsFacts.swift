package import Host

/// Everything that is known of a Windows host, each fact with its file or the reason that it is missing.
package struct WindowsFacts: Sendable {
  package var sockets: Reading<NetstatListing>
  package var profiles: Reading<FirewallProfileListing>
  package var activeProfiles: Reading<FirewallProfileListing>
  package var rules: Reading<FirewallRuleListing>
  package var registry: Reading<FirewallRegistry>
  package var configuration: Reading<IPConfiguration>
  package var responses: Reading<CurlTranscript>
  package var processes: Reading<ProcessListing>
  package var processPaths: Reading<ProcessListing>
  package var services: Reading<ServiceListing>
  /// As `10.0.20348.2113`.
  package var version: Reading<String>

  /// - Parameter files: what was read of each; a file that is not among them is not in the capture.
  package init(_ files: [CaptureFile: Reading<[UInt8]>]) {
    func read<Value>(
      _ file: CaptureFile, _ parse: (ConsoleText) throws(ParseFailure) -> Value
    ) -> Reading<Value> {
      let bytes = files[file] ?? .failed(.file(file.rawValue), .notInCapture)
      return bytes.parsed { bytes throws(ParseFailure) in
        try parse(try ConsoleText(decoding: bytes))
      }
    }
    sockets = read(.sockets) { text throws(ParseFailure) in try NetstatListing(parsing: text) }
    profiles = read(.profiles) { text throws(ParseFailure) in
      try FirewallProfileListing(parsing: text, expecting: FirewallProfile.Kind.allCases)
    }
    activeProfiles = read(.activeProfiles) { text throws(ParseFailure) in
      try FirewallProfileListing(parsing: text)
    }
    rules = read(.rules) { text throws(ParseFailure) in try FirewallRuleListing(parsing: text) }
    registry = read(.registry) { text throws(ParseFailure) in try FirewallRegistry(parsing: text) }
    configuration = read(.configuration) { text throws(ParseFailure) in
      try IPConfiguration(parsing: text)
    }
    responses = read(.responses) { text throws(ParseFailure) in try CurlTranscript(parsing: text) }
    processes = read(.processes) { text throws(ParseFailure) in try ProcessListing(parsing: text) }
    let named = processes.value ?? ProcessListing(processes: [:])
    processPaths = read(.processPaths) { text throws(ParseFailure) in
      var listing = named
      try listing.addPaths(parsing: text)
      return listing
    }
    services = read(.services) { text throws(ParseFailure) in try ServiceListing(parsing: text) }
    version = read(.version) { text throws(ParseFailure) in try Self.version(text) }
  }

  /// `Microsoft Windows [Version 10.0.20348.2113]`; the words differ by language, the number does not.
  private static func version(_ text: ConsoleText) throws(ParseFailure) -> String {
    for word in text.filled.flatMap(\.words) {
      let number = word.prefix { $0 != "]" }
      let isNumber = number.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
      if isNumber, number.split(separator: ".").count >= 3 { return String(number) }
    }
    throw .cut(text, expected: "a version as 10.0.20348.2113")
  }
}

extension WindowsFacts {
  /// The process, as far as the files tell; `nil` where none names it.
  package func process(_ id: UInt32) -> WindowsProcess? {
    if let process = (processPaths.value ?? processes.value)?.processes[id] { return process }
    return id == 4 ? WindowsProcess(id: 4, name: "System") : nil
  }

  /// The firewall; `nil` where its profiles or its rules are not known, or the files differ.
  ///
  /// The registry has fields that netsh does not show, so it comes first. But it has the host's own rules
  /// alone: where netsh lists some of a group policy, netsh's listing is the whole one.
  package var firewall: WindowsFirewall? {
    guard firewallConflict == nil,
      let profiles = profiles.value?.profiles ?? registry.value?.profiles
    else { return nil }
    let listed = rules.value?.rules
    let hasPolicy = listed?.contains(where: \.isFromGroupPolicy) ?? false
    guard let rules = hasPolicy ? listed : registry.value?.rules ?? listed else { return nil }
    return WindowsFirewall(
      profiles: profiles, active: activeProfiles.value.map { Set($0.profiles.map(\.kind)) },
      rules: rules)
  }

  /// In what netsh and the registry differ, by which a group policy is known; `nil` where they do not.
  package var firewallConflict: String? {
    guard let stored = registry.value?.profiles, let shown = profiles.value?.profiles else {
      return nil
    }
    let differing = shown.filter { profile in
      !stored.contains {
        $0.kind == profile.kind && $0.isOn == profile.isOn
          && (!profile.isOn || $0.inbound == profile.inbound)
      }
    }
    guard let first = differing.first else { return nil }
    return
      "netsh and the registry differ in the profile \(first.kind.rawValue), so a group policy is in "
      + "force, or the files were not made together"
  }
}
