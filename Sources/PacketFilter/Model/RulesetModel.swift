import Addressing

/// All packet filters of a host: the tables and chains of every listing, rules still as text.
///
/// A rule is kept as the bytes it stands in and is parsed when a packet first comes to its chain: most chains of a
/// big ruleset are on no packet's way.
struct RulesetModel: Sendable {
  /// The listings that locations point into.
  var listings: [Listing] = []
  /// The tables in the order of their creation, as far as the listings tell it.
  var tables: [Table] = []
  /// The chains of all tables.
  var chains: [Chain] = []
  /// The sets and maps of nft tables and of ipset.
  var sets: [NamedSet] = []
  /// The sets of ipset, by name.
  var ipsets: [String: Int] = [:]
  /// What could not be read, each a reason why nothing may be called accepted.
  var unreadable: [Unreadable] = []

  /// A listing that is missing or broken, and whose packets it would have ruled.
  struct Unreadable: Sendable, Hashable {
    /// The families that the listing would have ruled.
    var families: Set<IPAddress.Family>
    /// Why it is missing.
    var doubt: Doubt
  }
}

/// The bytes of one listing command.
struct Listing: Sendable {
  /// The command that wrote it.
  var command: Command
  /// All that the command wrote.
  var bytes: [UInt8]

  /// The command that wrote a listing.
  enum Command: String, Sendable, Hashable {
    case legacySave4 = "iptables-legacy-save"
    case legacySave6 = "ip6tables-legacy-save"
    case nftSave4 = "iptables-nft-save"
    case nftSave6 = "ip6tables-nft-save"
    case nftJSON = "nft -j list ruleset"
    case ipsetSave = "ipset save"
  }
}

/// Bytes of a listing: a rule, or the elements of a set.
struct TextLocation: Sendable, Hashable {
  /// The index of the listing in the model.
  var listing: Int8
  /// The first byte.
  var start: UInt32
  /// One past the last byte.
  var end: UInt32

  /// The bytes' indexes.
  var range: Range<Int> { Int(start)..<Int(max(start, end)) }
}

/// One table of a family.
struct Table: Sendable {
  /// Which variant made the table.
  enum Origin: Sendable, Hashable {
    case legacy, nftables
  }

  /// Whether a table is switched off as a whole.
  enum Dormancy: Sendable, Hashable {
    case no, yes
    case unknown(Doubt)
  }

  var family: TableFamily
  var name: String
  var origin: Origin
  /// Whether the kernel calls the table's chains at all.
  var dormancy = Dormancy.no
  /// The table's chains by name.
  var chains: [String: Int] = [:]
  /// The table's sets and maps by name.
  var sets: [String: Int] = [:]
}

/// One chain of a table.
struct Chain: Sendable {
  var table: Int
  var name: String
  /// Where the kernel calls the chain; `nil` when only rules do.
  var base: BaseHook?
  var rules: [TextLocation] = []
  /// The lines that iptables-nft-save prints for the same chain; empty where there are none.
  var savedRules: [TextLocation] = []
}
