import FoundationEssentials
import Glibc
import Testing

/// What the lab needs of the machine it runs on.
enum Requirements {
  /// The tools it runs, by the paths it runs them under.
  private static let tools = [
    "/usr/sbin/ip", "/usr/sbin/nginx", "/usr/sbin/nft", "/usr/sbin/iptables-legacy",
    "/usr/sbin/iptables-nft", "/usr/bin/python3", "/usr/bin/openssl", "/usr/bin/nsenter",
    "/usr/bin/unshare", "/usr/bin/setpriv", "/usr/bin/timeout", "/usr/bin/pgrep",
    "/usr/sbin/firewalld", "/usr/bin/fail2ban-server", "/usr/sbin/ufw",
  ]

  /// Why the lab cannot run here; `nil` where it can.
  static let lacking: String? = {
    guard geteuid() == 0 else { return "the fault lab makes network namespaces: run it as root" }
    guard Agent.built != nil else {
      return "there is no clb-agent to test: build it, or name it in CLB_AGENT_BINARY"
    }
    let absent = tools.filter { !FileManager.default.isExecutableFile(atPath: $0) }
    return absent.isEmpty ? nil : "the fault lab needs \(absent.joined(separator: ", "))"
  }()
}

extension Trait where Self == ConditionTrait {
  /// Skips what needs the lab where it cannot be built, and says why.
  static var needsLab: Self {
    .enabled(if: Requirements.lacking == nil, "\(Requirements.lacking ?? "the lab can run")")
  }
}
