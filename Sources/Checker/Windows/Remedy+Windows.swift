import LoadBalancer
import Windows

extension Remedy {
  /// Lets the service of a socket listen where the CLB probes, beside where it does now.
  static func listenOnWindows(_ question: WindowsQuestion, row: NetstatRow) -> Remedy {
    let target = question.target
    if row.processID == 4 { return listenByHTTPSys(target) }
    let process = question.facts.process(row.processID)
    let directive: String? =
      switch process?.name.lowercased() {
      case "nginx.exe": "listen \(target.endpoint);"
      case "httpd.exe": "Listen \(target.endpoint)"
      case "haproxy.exe": "bind \(target.endpoint)"
      default: nil
      }
    let name = process?.name ?? "process \(row.processID)"
    return Remedy(
      summary: directive.map {
        "add \"\($0)\" beside the line that opens \(row.local), in the "
          + "configuration of \(name), and restart it"
      }
        ?? "let \(name) listen on \(target.endpoint), or on every address, and restart it",
      commands: [
        "powershell -NoProfile -Command \"Get-Process -Id \(row.processID) | Format-List Name,Path\""
      ],
      disruptive: true, verify: target.windowsListeningCommand)
  }

  /// HTTP.sys listens on every address unless its list names some; then the list is to be longer.
  private static func listenByHTTPSys(_ target: Target) -> Remedy {
    Remedy(
      summary: "let HTTP.sys, which IIS listens by, listen on \(target.address) too; its list of "
        + "addresses is read when IIS starts",
      commands: [
        "netsh http show iplisten", "netsh http add iplisten ipaddress=\(target.address)",
        "iisreset /restart",
      ],
      disruptive: true,
      undo: ["netsh http delete iplisten ipaddress=\(target.address)", "iisreset /restart"],
      verify: target.windowsListeningCommand)
  }
}

extension Target {
  /// The health check's request, as cmd and PowerShell take it; `nil` for text that would mean something
  /// to one of them.
  var windowsRequestCommand: String? {
    guard transport.isHTTP else { return nil }
    let host = healthCheck.httpCheckDomain.map { "-H \"Host: \($0)\" " } ?? ""
    let words = host + name
    guard words.utf8.allSatisfy({ (0x20...0x7E).contains($0) }),
      !words.contains(where: { "%!$`^".contains($0) }), !name.contains("\""), !name.contains("\\")
    else { return nil }
    let method = healthCheck.httpCheckMethod == .head ? "-I" : "-i"
    let version = healthCheck.httpVersion == .http10 ? "--http1.0" : "--http1.1"
    let insecure = transport == .https ? "-k " : ""
    return "curl.exe -sS \(method) \(version) \(insecure)-m \(healthCheck.timeOut) --stderr - "
      + "-A clb-healthcheck \(host)\"\(name)\""
  }
}
