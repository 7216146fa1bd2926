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

  /// What its configuration calls a listening socket.
  var directive: String {
    switch self {
    case .nginx: "listen"
    case .apache: "Listen"
    case .haproxy: "bind"
    }
  }

  /// The directive's value that takes the target's probes.
  func example(_ target: Target) -> String {
    switch self {
    case .nginx: "listen \(target.port);"
    case .apache: "Listen \(target.port)"
    case .haproxy: "bind :\(target.port)"
    }
  }

  /// Finds the line to change, then tests and loads the configuration. The change is a person's.
  func commands(lookingFor text: String) -> [String] {
    let pattern = shellQuoted(text)
    return switch self {
    case .nginx: ["grep -rnF \(pattern) /etc/nginx", "nginx -t && nginx -s reload"]
    case .apache:
      [
        "grep -rnFi Listen /etc/apache2 /etc/httpd 2>/dev/null",
        "apachectl -t && apachectl graceful",
      ]
    case .haproxy:
      ["grep -nF bind /etc/haproxy/haproxy.cfg", "haproxy -c -f /etc/haproxy/haproxy.cfg"]
    }
  }
}
