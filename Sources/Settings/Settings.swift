package import Addressing

/// What the settings file says; what it does not say is `nil` or empty.
package struct Settings: Sendable, Hashable {
  package var targets: [TargetSettings] = []
  /// Documents of the CLB's listeners: a file or a directory, as `--listeners` takes it.
  package var listeners: Setting<String>?
  /// Where probes of targets without sources of their own come from.
  package var sources: Setting<[AddressPrefix]>?
  package var account = AccountSettings()
  package var metadata = MetadataSettings()
  package var thresholds = ThresholdSettings()
  /// Where reports go.
  package var receivers: [ReceiverSettings] = []
  package var spool = SpoolSettings()
  /// Checks by name and findings by id that are left out.
  package var skip: [Setting<String>] = []

  package init() {}

  /// The largest settings file, in bytes.
  package static let byteLimit = YAMLText.byteLimit

  /// Parses a whole settings file.
  ///
  /// - Throws: everything that is wrong with it, in the order of its lines.
  package init(parsing bytes: [UInt8]) throws(SettingsProblems) {
    var reader = SettingsReader()
    if let root = try YAMLDocument(parsing: bytes).root {
      reader.read(root, SettingsKey.all, path: nil, into: &self)
    }
    if let listeners, !targets.isEmpty {
      reader.refuse(
        listeners.place,
        "listeners: expected without targets, for the documents name them with all parameters")
    }
    checkReceiverNames(&reader)
    guard reader.problems.isEmpty else { throw SettingsProblems(reader.problems) }
  }

  private func checkReceiverNames(_ reader: inout SettingsReader) {
    var seen: Set<String> = []
    for (index, receiver) in receivers.enumerated() {
      guard let name = receiver.name, !seen.insert(name.value).inserted else { continue }
      reader.refuse(
        name.place,
        "receivers[\(index)].name \(SettingsText.quoted(name.value)): another receiver has it; expected "
          + "a name of its own")
    }
  }
}

extension SettingsKey where Section == Settings {
  /// Every key of the settings file.
  static let all: [SettingsKey<Settings>] = [
    .sections(
      "targets", \.targets, TargetSettings.keys, form: "each a URL, or keys with values",
      required: ["url"], isShort: true,
      check: TargetSettings.check,
      "What the CLB probes. An entry is a URL, or keys of which url is one. Without any target they "
        + "are learned: ports that the probes' sources talk to, else every TCP socket that is reachable "
        + "from outside."),
    .scalar(
      "listeners", \.listeners, .path, standard: "none", example: "listeners/",
      "What tccli prints of the CLB's listeners, in the place of targets: a file, or a directory of "
        + "*.json. A relative path begins at this file's directory."),
    .list(
      "sources", \.sources, .prefix, standard: "100.64.0.0/10", example: ["100.64.0.0/10"],
      "Where probes come from, for targets that have no sources of their own."),
    .section(
      "account", \.account, AccountSettings.keys,
      "What the cloud bills, where no documents of listeners say it; what they say goes before this."
    ),
    .section(
      "metadata", \.metadata, MetadataSettings.keys,
      "The metadata service of a CVM, which says this host's instance id, region and addresses."),
    .section(
      "thresholds", \.thresholds, ThresholdSettings.keys,
      "From where on a finding is raised."),
    .sections(
      "receivers", \.receivers, ReceiverSettings.keys, form: "each keys with values",
      required: ["name", "type"], check: ReceiverSettings.check,
      "Where \"inspect --ship\" and \"ship\" send reports. Each has a queue of its own."),
    .section(
      "spool", \.spool, SpoolSettings.keys, "What is kept until the receivers have it."),
    .items(
      "skip", \.skip, .checkOrFinding, example: ["load", "conntrack.nearly-full"],
      "What is left out: checks by name, and findings by id. The report shows it as skipped, never as "
        + "passed. \"clb-agent explain\" lists both."),
  ]
}
