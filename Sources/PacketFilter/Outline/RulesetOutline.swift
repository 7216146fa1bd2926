/// What a listing holds, without what its rules mean: enough to say that nothing can touch a
/// packet.
package struct RulesetOutline: Sendable, Hashable {
  /// Every chain, in the listing's order.
  package var chains: [Chain]
  /// Rules in all chains, those that no packet can reach among them.
  package var ruleCount: Int
  /// Tables that the listing names, as `inet firewalld`; for iptables the name alone.
  package var tables: [String]
  /// The first rule that changes a packet's destination (DNAT, REDIRECT, TPROXY, NETMAP and nft's
  /// own), as evidence; `nil` where there is none.
  package var redirection: String?
  /// Whether a rule looks at a set of ipset(8), or puts addresses into one. nft's own sets do not
  /// count.
  package var usesAddressSets: Bool
  /// Tables of which the listing does not tell whether they are dormant: their base chains may be
  /// off their hooks, and count as if they were not.
  package var tablesOfUnclearFlags: [String]

  package init() {
    chains = []
    ruleCount = 0
    tables = []
    redirection = nil
    usesAddressSets = false
    tablesOfUnclearFlags = []
  }

  /// One chain of a table.
  package struct Chain: Sendable, Hashable {
    /// `ip`, `ip6`, `inet`, `arp`, `bridge` or `netdev`; empty in listings of iptables, which have
    /// one.
    package var family: String
    package var table: String
    package var name: String
    /// Whether the kernel enters the chain by itself: only then can its rules ever run.
    package var isBase: Bool
    /// What happens at a base chain's end, in lower case: `accept`, `drop`. `nil` where none is
    /// listed, which for a base chain is `accept`.
    package var policy: String?
    package var ruleCount: Int
    /// The chain in the listing's own words.
    package var evidence: String
    /// A base chain's first rule in the listing's own words; `nil` where it is empty, and for others.
    package var firstRule: String?

    package init(
      family: String, table: String, name: String, isBase: Bool, policy: String? = nil,
      ruleCount: Int, evidence: String, firstRule: String? = nil
    ) {
      self.family = family
      self.table = table
      self.name = name
      self.isBase = isBase
      self.policy = policy
      self.ruleCount = ruleCount
      self.evidence = evidence
      self.firstRule = firstRule
    }
  }
}

extension RulesetOutline {
  /// Chains that the kernel enters by itself.
  package var baseChains: [Chain] { chains.filter(\.isBase) }

  /// Base chains that do not let pass what no rule decided.
  package var nonAcceptingChains: [Chain] {
    baseChains.filter { ($0.policy ?? "accept") != "accept" }
  }

  /// Rules in base chains; a rule of another chain runs only where one of these jumps to it.
  package var baseRuleCount: Int { baseChains.reduce(0) { $0 + $1.ruleCount } }

  /// Whether nothing here can drop, change or redirect any packet.
  ///
  /// That is so when every base chain is empty and accepts, however many other chains there are.
  package var isInert: Bool { baseRuleCount == 0 && nonAcceptingChains.isEmpty }

  /// Whether one of these tables of a family has a chain.
  package func hasChains(family: String, tables: Set<String>) -> Bool {
    chains.contains { $0.family == family && tables.contains($0.table) }
  }
}
