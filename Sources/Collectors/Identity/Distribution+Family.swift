extension Distribution {
  /// Distributions that share their packages' names and their tools.
  package enum Family: String, Sendable, Hashable, CaseIterable {
    case debian, redHat, suse, alpine, arch, other
  }

  /// The family by `ID`, or else by the first name in `ID_LIKE` that is known.
  package var family: Family {
    for name in [id] + likes {
      if let family = Distribution.families[name] { return family }
    }
    return .other
  }

  private static let families: [String: Family] = [
    "debian": .debian, "ubuntu": .debian, "raspbian": .debian, "linuxmint": .debian,
    "deepin": .debian, "kali": .debian,
    "rhel": .redHat, "centos": .redHat, "fedora": .redHat, "rocky": .redHat, "almalinux": .redHat,
    "ol": .redHat, "amzn": .redHat, "tencentos": .redHat, "opencloudos": .redHat,
    "anolis": .redHat, "alinux": .redHat, "openeuler": .redHat, "kylin": .redHat,
    "suse": .suse, "opensuse": .suse, "sles": .suse, "opensuse-leap": .suse,
    "opensuse-tumbleweed": .suse,
    "alpine": .alpine,
    "arch": .arch, "manjaro": .arch,
  ]

  /// The tool that installs packages; `nil` where the family is not known.
  package var packageManager: PackageManager? {
    switch family {
    case .debian: .apt
    case .redHat: hasOnlyYum ? .yum : .dnf
    case .suse: .zypper
    case .alpine: .apk
    case .arch: .pacman
    case .other: nil
    }
  }

  /// dnf came with release 8 of RHEL and its rebuilds, and to Amazon Linux after 2.
  private var hasOnlyYum: Bool {
    guard let version, let major = Int(version.prefix { $0 != "." }) else { return false }
    switch id {
    case "fedora": return major < 22
    case "amzn": return major == 2 || (2010...2018).contains(major)
    case "tencentos", "alinux": return major < 3
    case "rhel", "centos", "ol": return major < 8
    default: return false
    }
  }
}
