import LoadBalancer

/// Servers whose configuration we know where to find.
enum ServerSoftware: Hashable {
  case nginx, apache, haproxy

  /// By the kernel's name of the process.
  init?(command: String) {
    switch command {
    case "nginx": self = .nginx
    case "apache2", "httpd": self = .apache
    case "haproxy": self = .haproxy
    default: return nil
    }
  }

  /// The line of its configuration that takes the target's probes, beside any other for the same port.
  ///
  /// With the address in it, the new socket stands beside one of another address. One for every address
  /// could not be opened while the old one is, and the change would fail.
  func directive(_ target: Target) -> String {
    switch self {
    case .nginx: "listen \(target.endpoint);"
    case .apache: "Listen \(target.endpoint)"
    case .haproxy: "bind \(target.endpoint)"
    }
  }

  /// Finds the lines that open sockets. The change is a person's.
  func searchCommand(port: UInt16) -> String {
    switch self {
    case .nginx: "grep -rnE 'listen[^;#]*\\b\(port)\\b' /etc/nginx"
    case .apache: "grep -rniE '^[[:space:]]*Listen' /etc/apache2 /etc/httpd 2>/dev/null"
    case .haproxy: "grep -rnF bind /etc/haproxy"
    }
  }

  /// Tests the changed configuration, as a shell's condition.
  var testCommand: String {
    switch self {
    case .nginx: "nginx -t"
    case .apache: "apachectl -t"
    case .haproxy: "haproxy -c -f /etc/haproxy/haproxy.cfg"
    }
  }

  /// Lets the running service take the configuration without a service manager; `nil` if it cannot.
  var reloadCommand: String? {
    switch self {
    case .nginx: "nginx -s reload"
    case .apache: "apachectl graceful"
    case .haproxy: nil
    }
  }
}
