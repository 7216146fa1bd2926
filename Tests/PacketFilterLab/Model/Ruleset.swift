/// All that filters packets on one host, as values that can be taken apart.
///
/// Order is the order of loading: of two chains with the same hook and priority the kernel runs the
/// one that was registered later first.
struct Ruleset: Sendable, Hashable {
  var ipSets: [IPSet] = []
  var tables: [Table] = []
}

extension Ruleset {
  /// Whether the listings tell the order of all chains: not between legacy iptables and nf_tables.
  var isOrderListed: Bool {
    let legacy = tables.count { $0.dialect.isLegacy }
    return legacy == 0 || legacy == tables.count
  }
}

/// A set of ipset(8).
struct IPSet: Sendable, Hashable {
  var name: String
  /// What follows the name in `create`, as `hash:net family inet`.
  var type: String
  /// What follows the name in `add`, as `100.64.0.0/16 nomatch`.
  var elements: [String]
}

/// A table of either tool with its chains.
struct Table: Sendable, Hashable {
  var dialect: Dialect
  var name: String
  /// Of nft: the table has no hooks.
  var isDormant = false
  var sets: [NamedSet] = []
  var chains: [Chain]
}

/// Whose words a table is written in.
enum Dialect: Sendable, Hashable {
  case iptables(Variant, Family)
  /// With the table's family, as `inet`.
  case nftables(family: String)

  /// Which kernel side iptables speaks to.
  enum Variant: String, Sendable, Hashable, CaseIterable {
    case legacy
    case nft
  }

  var isLegacy: Bool {
    guard case .iptables(.legacy, _) = self else { return false }
    return true
  }
}

/// An IP version, as the tools' names tell it.
enum Family: String, Sendable, Hashable, CaseIterable {
  case ipv4
  case ipv6
}

/// A set or map of nft.
struct NamedSet: Sendable, Hashable {
  enum Kind: String, Sendable { case set, map }

  var kind: Kind
  var name: String
  /// The lines before the elements, as `type ipv4_addr` and `flags interval`.
  var declarations: [String]
  var elements: [String]
}

/// A chain: a base chain with a hook, iptables' own, or a user's.
struct Chain: Sendable, Hashable {
  /// Where nft attaches a base chain.
  struct Hook: Sendable, Hashable {
    var type: String
    var name: String
    var priority: Int
    var device: String?
  }

  enum Policy: String, Sendable { case accept, drop }

  var name: String
  var hook: Hook?
  /// `nil` for a user's chain.
  var policy: Policy?
  var rules: [Rule] = []
}

/// A rule: what it matches, and what it does then.
struct Rule: Sendable, Hashable {
  var clauses: [Clause]
  /// `nil` for a rule that only counts.
  var action: Clause?
  /// The user chains that it may send packets to.
  var targets: [String] = []
}

/// A part of a rule in its tool's words, which can be left out as a whole; a list's elements also
/// one by one.
struct Clause: Sendable, Hashable {
  var opening: String
  var elements: [String] = []
  var separator = ", "
  var closing = ""

  init(_ text: String) { opening = text }

  /// An anonymous set of nft, as `tcp dport { 80, 443 }`.
  init(_ text: String, anySetOf elements: [String]) {
    opening = text + " { "
    self.elements = elements
    closing = " }"
  }

  /// A list of iptables, as `--dports 80,443`.
  init(_ text: String, list elements: [String]) {
    opening = text + " "
    self.elements = elements
    separator = ","
  }

  var text: String { opening + elements.joined(separator: separator) + closing }
}
