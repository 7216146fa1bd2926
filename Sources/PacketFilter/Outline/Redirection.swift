/// What gives packets another destination.
enum Redirection {
  /// Statements of nft.
  static let statements: Set<String> = ["dnat", "redirect", "tproxy"]
  /// Targets of iptables.
  static let targets: Set<String> = ["DNAT", "REDIRECT", "TPROXY", "NETMAP", "DNPT"]
}
