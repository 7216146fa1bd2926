import FoundationEssentials
import Glibc
import Testing

/// What the lab needs of the machine it runs on.
enum Requirements {
  /// The tools it runs, by the paths it finds them under.
  private static let tools = [
    "/usr/sbin/ip", "/usr/sbin/nft", "/usr/sbin/iptables-legacy", "/usr/sbin/iptables-nft",
    "/usr/sbin/ipset", "/usr/bin/python3", "/usr/bin/timeout", "/usr/bin/stdbuf",
  ]

  /// Why no host can be made and probed here; `nil` where one can.
  static let lackingForKernel: String? = {
    guard geteuid() == 0 else {
      return "the packet-filter lab makes network namespaces: run it as root"
    }
    let absent = tools.filter { !FileManager.default.isExecutableFile(atPath: $0) }
    return absent.isEmpty ? nil : "the packet-filter lab needs \(absent.joined(separator: ", "))"
  }()

  /// Why nothing can be compared; `nil` where it can.
  static let lackingForTrace: String? =
    Tracer.named == nil
    ? "there is no evaluator to test: name it in CLB_AGENT_TRACE, as \"clb-agent trace\"" : nil
}

extension Trait where Self == ConditionTrait {
  /// Skips what needs a host in the kernel where none can be made, and says why.
  static var needsKernel: Self {
    .enabled(
      if: Requirements.lackingForKernel == nil,
      "\(Requirements.lackingForKernel ?? "the lab can run")")
  }

  /// Skips what asks the evaluator where none is named, and says so.
  static var needsTrace: Self {
    .enabled(
      if: Requirements.lackingForTrace == nil,
      "\(Requirements.lackingForTrace ?? "there is an evaluator")")
  }
}
