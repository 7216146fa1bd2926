import FoundationEssentials
import Glibc

/// The name of one lab, `clbt-lab-PID-RANDOM`: every trace of it on the machine begins with it.
///
/// So a later run can tell what a killed one has left from what a living one still needs.
struct LabName: Sendable {
  private static let prefix = "clbt-lab-"

  let stem = "\(prefix)\(getpid())-\(String(UInt64.random(in: .min ... .max), radix: 16))"

  /// Names in a directory that labs of processes which are no more have left there.
  static func ofDeadRuns(in directory: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.filter { name in
      guard name.hasPrefix(prefix),
        let owner = pid_t(name.dropFirst(prefix.count).prefix { $0 != "-" })
      else { return false }
      return kill(owner, 0) != 0 && errno == ESRCH
    }
  }
}
