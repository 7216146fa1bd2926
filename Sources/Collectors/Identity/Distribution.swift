package import Host

/// Which distribution the host runs.
///
/// Source: os-release(5); before it, `/etc/redhat-release` and `/etc/debian_version`.
package struct Distribution: Sendable, Hashable {
  /// `ID`, in lower case: `centos`.
  package var id: String
  /// `ID_LIKE`: the distributions it is close to, closest first.
  package var likes: [String]
  /// `VERSION_ID`: `7`; `nil` for one that has no releases.
  package var version: String?
  /// For people: `CentOS Linux 7 (Core)`.
  package var name: String

  package init(id: String, likes: [String], version: String? = nil, name: String) {
    self.id = id
    self.likes = likes
    self.version = version
    self.name = name
  }

  /// Parses os-release(5): assignments as a shell reads them, without expansions.
  ///
  /// Lines that are no assignment are skipped, as its readers do. A file without `ID` is `linux`,
  /// the default that os-release(5) states.
  ///
  /// - Throws: line 1 of a text without a single assignment.
  package init(parsing text: some StringProtocol) throws(ParseFailure) {
    var values: [String: String] = [:]
    for line in text.kernelLines {
      guard let (name, value) = ShellAssignment.parse(line.text) else { continue }
      values[name] = value
    }
    guard !values.isEmpty else {
      throw ParseFailure(
        line: 1, found: String(text.kernelLines.first?.text ?? ""), expected: "NAME=value")
    }
    id = (values["ID"] ?? "linux").lowercased()
    likes = (values["ID_LIKE"] ?? "").lowercased().split(separator: " ").map(String.init)
    version = values["VERSION_ID"]
    name = values["PRETTY_NAME"] ?? values["NAME"] ?? id
  }

  /// Parses the one line of `/etc/redhat-release`: `CentOS release 6.10 (Final)`.
  ///
  /// - Throws: line 1 when it does not have the form `NAME release VERSION`.
  package init(parsingRedHat text: some StringProtocol) throws(ParseFailure) {
    let line = text.kernelLines.first ?? NumberedLine(number: 1, text: "")
    let words = line.words
    guard let release = words.firstIndex(of: "release"), release > 0,
      words.indices.contains(release + 1)
    else {
      throw line.failure(found: line.text, expected: "NAME release VERSION")
    }
    let isRedHat = words[0] == "Red" && words.dropFirst().first == "Hat"
    id = isRedHat ? "rhel" : words[0].lowercased()
    likes = isRedHat ? [] : ["rhel"]
    version = String(words[release + 1])
    name = String(line.text)
  }

  /// Parses the one line of `/etc/debian_version`: `7.11` or `wheezy/sid`.
  ///
  /// - Throws: line 1 when it is empty.
  package init(parsingDebian text: some StringProtocol) throws(ParseFailure) {
    let word = try HostIdentity.firstWord(parsing: text)
    id = "debian"
    likes = []
    version = word
    name = "Debian \(word)"
  }

  /// Reads the first of four files that there is.
  package static func read(from door: some HostDoor) -> Reading<Distribution> {
    for path in ["/etc/os-release", "/usr/lib/os-release"] {
      let bytes = door.readFile(path, limit: .standard)
      if case .absent = bytes { continue }
      return bytes.parsedText(Distribution.init(parsing:))
    }
    let redHat = door.readFile("/etc/redhat-release", limit: .standard)
    guard case .absent = redHat else {
      return redHat.parsedText(Distribution.init(parsingRedHat:))
    }
    let debian = door.readFile("/etc/debian_version", limit: .standard)
    guard case .absent = debian else {
      return debian.parsedText(Distribution.init(parsingDebian:))
    }
    return .absent(.file("/etc/os-release"))
  }
}
