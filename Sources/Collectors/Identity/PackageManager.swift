/// A tool that installs packages, by the name that is typed.
package enum PackageManager: String, Sendable, Hashable, CaseIterable {
  case apt = "apt-get"
  case dnf, yum, zypper, apk, pacman

  /// The words that install a package, without a question.
  package func installCommand(_ package: String) -> String {
    switch self {
    case .apt, .dnf, .yum: "\(rawValue) install -y \(package)"
    case .zypper: "zypper --non-interactive install \(package)"
    case .apk: "apk add \(package)"
    case .pacman: "pacman -S --noconfirm \(package)"
    }
  }
}
