internal import Glibc

/// An errno(3), printed with name and meaning.
struct ErrorNumber: RawRepresentable, Hashable, Error {
  let rawValue: Int32

  init(rawValue: Int32) { self.rawValue = rawValue }

  /// The calling thread's last error.
  static var current: ErrorNumber { ErrorNumber(rawValue: errno) }

  /// The error means that the peer, or a firewall in its name, ended the connection by a RST.
  var isReset: Bool { rawValue == ECONNRESET || rawValue == EPIPE }

  /// The SYN was answered by a RST or by ICMP port-unreachable.
  var isRefusal: Bool { rawValue == ECONNREFUSED }

  /// The kernel itself gave up sending again.
  var isTimeout: Bool { rawValue == ETIMEDOUT }

  static let refused = ErrorNumber(rawValue: ECONNREFUSED)

  /// The call would have had to wait, or a signal came first: to be tried again.
  var isTemporary: Bool { rawValue == EAGAIN || rawValue == EINTR }
}

extension ErrorNumber: CustomStringConvertible {
  /// `ENETUNREACH: Network is unreachable`, or `errno 200: …` for one that a socket seldom gives.
  var description: String {
    var buffer = [CChar](repeating: 0, count: 128)
    guard strerror_r(rawValue, &buffer, buffer.count) == 0 else { return name }
    return
      "\(name): \(String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))"
  }

  private var name: String {
    ErrorNumber.names[rawValue] ?? "errno \(rawValue)"
  }

  /// The errors of socket(7), connect(2), tcp(7), ip(7) and pthread_create(3).
  private static let names: [Int32: String] = [
    EACCES: "EACCES", EADDRINUSE: "EADDRINUSE", EADDRNOTAVAIL: "EADDRNOTAVAIL",
    EAFNOSUPPORT: "EAFNOSUPPORT", EAGAIN: "EAGAIN", ECONNABORTED: "ECONNABORTED",
    ECONNREFUSED: "ECONNREFUSED", ECONNRESET: "ECONNRESET", EHOSTDOWN: "EHOSTDOWN",
    EHOSTUNREACH: "EHOSTUNREACH", EINTR: "EINTR", EINVAL: "EINVAL", EMFILE: "EMFILE",
    ENETDOWN: "ENETDOWN", ENETUNREACH: "ENETUNREACH", ENFILE: "ENFILE", ENOBUFS: "ENOBUFS",
    ENOMEM: "ENOMEM", ENOPROTOOPT: "ENOPROTOOPT", EPERM: "EPERM", EPIPE: "EPIPE", EPROTO: "EPROTO",
    ETIMEDOUT: "ETIMEDOUT",
  ]
}
