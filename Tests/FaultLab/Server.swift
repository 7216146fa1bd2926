/// A real server that a case starts. It goes into the background once it listens.
struct Server: Sendable {
  var program: Program
  var place: Place

  /// What it is.
  enum Program: Sendable {
    /// nginx with these `server` blocks, each the directives in it.
    case nginx([[String]])
    /// A script of `Servers`, with arguments.
    case python(String, [String])
  }

  /// Which network it listens on.
  enum Place: Sendable {
    case machine
    /// Another network namespace of the same host.
    case elsewhere
    /// The prober's side of the wire; for what talks to the host as long as the case lasts.
    case prober
  }
}

extension Server.Program {
  /// nginx's whole configuration; paths are relative to the case's directory.
  static func configuration(servers: [[String]]) -> String {
    let blocks = servers.map { "server {\n\($0.joined(separator: "\n"))\n}" }
    return """
      user root;
      worker_processes 1;
      pid nginx.pid;
      error_log error.log;
      events { worker_connections 64; }
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        scgi_temp_path scgi;
        uwsgi_temp_path uwsgi;
        types { text/html html; }
        \(blocks.joined(separator: "\n"))
      }
      """
  }
}
