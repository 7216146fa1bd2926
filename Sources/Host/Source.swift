/// Where a fact came from, as an operator would look it up again.
package enum Source: Sendable, Hashable, Codable {
  /// A file, a directory or a link, by its path on the host.
  case file(String)
  /// A command with its arguments, as typed.
  case command([String])
  /// A netlink question, in words: `sock_diag(7) of listening TCP sockets`.
  case netlink(String)
}

extension Source: CustomStringConvertible {
  package var description: String {
    switch self {
    case .file(let path): path
    case .command(let words): words.joined(separator: " ")
    case .netlink(let question): question
    }
  }
}
