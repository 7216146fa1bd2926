/// The files of a capture that was made by hand on a Windows server, and what makes each.
package enum CaptureFile: String, Sendable, Hashable, CaseIterable {
  case sockets = "netstat-ano.txt"
  case profiles = "netsh-advfirewall-profiles.txt"
  case rules = "netsh-advfirewall-rules.txt"
  /// The rules and profiles as Windows stores them: the same in every language, and with more fields.
  case registry = "firewall-registry.txt"
  case configuration = "ipconfig-all.txt"
  case responses = "curl-I.txt"
  case activeProfiles = "netsh-currentprofile.txt"
  case processes = "tasklist.txt"
  case processPaths = "process-paths.csv"
  case services = "sc-query.txt"
  case version = "ver.txt"

  /// The command whose output the file holds.
  package var command: String {
    switch self {
    case .sockets: "netstat -ano"
    case .profiles: "netsh advfirewall show allprofiles"
    case .rules: "netsh advfirewall firewall show rule name=all verbose"
    case .registry:
      "reg query HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy /s"
    case .configuration: "ipconfig /all"
    case .responses: "curl -sSI --stderr - http://ADDRESS:PORT/PATH"
    case .activeProfiles: "netsh advfirewall show currentprofile"
    case .processes: "tasklist /svc /fo csv /nh"
    case .processPaths:
      "powershell -NoProfile -Command \"Get-CimInstance Win32_Process | Select-Object "
        + "ProcessId,ExecutablePath | ConvertTo-Csv -NoTypeInformation\""
    case .services: "sc query state= all"
    case .version: "cmd /c ver"
    }
  }

  /// Whether a report without it has to leave a hop open.
  package var isRequired: Bool {
    switch self {
    case .sockets, .profiles, .rules, .configuration: true
    case .registry, .responses, .activeProfiles, .processes, .processPaths, .services, .version:
      false
    }
  }
}
