package import Host

/// The control groups that a process is in.
///
/// Source: `/proc/PID/cgroup`, cgroups(7).
package struct ControlGroups: Sendable, Hashable {
  package var memberships: [Membership]

  /// The group of one hierarchy.
  package struct Membership: Sendable, Hashable {
    /// 0 for version 2.
    package var hierarchy: Int
    /// `cpu`, `cpuacct`, …, in the hierarchy's order; empty for version 2.
    package var controllers: [String]
    /// From the hierarchy's root: `/system.slice/nginx.service`.
    package var path: String
  }

  /// Parses the whole file: on each line `4:cpu,cpuacct:/system.slice`.
  ///
  /// A path may hold colons.
  ///
  /// - Throws: the first line without a number and two colons, or whose path does not start with
  ///   `/`.
  package init(parsing text: some StringProtocol) throws(ParseFailure) {
    memberships = []
    for line in text.kernelLines {
      let parts = line.text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, let hierarchy = Int(kernelDecimal: parts[0]), parts[2].first == "/"
      else {
        throw line.failure(found: line.text, expected: "number:controllers:/path")
      }
      memberships.append(
        Membership(
          hierarchy: hierarchy, controllers: parts[1].split(separator: ",").map(String.init),
          path: String(parts[2])))
    }
  }

  /// Where the processor time of the process is limited.
  ///
  /// The controller `cpu` is in a hierarchy of version 1, or else in version 2's; never in both.
  package var processorGroup: ProcessorGroup? {
    if let first = memberships.first(where: { $0.controllers.contains("cpu") }) {
      return ProcessorGroup(
        // The kernel's order of the names is not always that of the directory: "cpuacct,cpu" is
        // mounted at "cpu,cpuacct" on CentOS 7, with links of either name to it.
        version: .one(mountNames: [first.controllers.joined(separator: ","), "cpu", "cpu,cpuacct"]),
        path: first.path)
    }
    return memberships.first { $0.hierarchy == 0 }
      .map { ProcessorGroup(version: .two, path: $0.path) }
  }

  /// The group whose `cpu` controller a process is under.
  package struct ProcessorGroup: Sendable, Hashable {
    package var version: Version
    package var path: String

    /// The kernel itself sets no limit; container runtimes go some ten levels deep.
    private static let mostLevels = 64

    /// The two interfaces of control groups.
    package enum Version: Sendable, Hashable {
      /// With the names under `/sys/fs/cgroup` that its hierarchy may be mounted at.
      case one(mountNames: [String])
      case two
    }

    /// The group and the groups around it, innermost first, without the root.
    ///
    /// Empty for the root, for a group outside of the agent's own namespace, whose path starts with
    /// `/..`, so that no file that we can see is its, and for a path deeper than any that is in use.
    var pathsUpwards: [String] {
      var names = path.split(separator: "/")
      guard !names.contains(".."), names.count <= ProcessorGroup.mostLevels else { return [] }
      var paths: [String] = []
      while !names.isEmpty {
        paths.append("/" + names.joined(separator: "/"))
        names.removeLast()
      }
      return paths
    }
  }
}
