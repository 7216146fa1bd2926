import PacketFilter

/// A listing of iptables-save with one table; user chains are those that rules are added to.
func iptables(_ rules: String..., table: String = "filter", policies: [String: String] = [:])
  -> String
{
  let builtIn = [
    "raw": ["PREROUTING", "OUTPUT"], "nat": ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"],
    "mangle": ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"],
    "filter": ["INPUT", "FORWARD", "OUTPUT"], "security": ["INPUT", "FORWARD", "OUTPUT"],
  ]
  let known = builtIn[table] ?? []
  var lines = ["*\(table)"] + known.map { ":\($0) \(policies[$0] ?? "ACCEPT") [0:0]" }
  var users: [String] = []
  for rule in rules {
    let words = rule.split(separator: " ").map(String.init)
    guard words.count > 1, !known.contains(words[1]), !users.contains(words[1]) else { continue }
    users.append(words[1])
  }
  lines += users.map { ":\($0) - [0:0]" }
  return (lines + rules + ["COMMIT", ""]).joined(separator: "\n")
}

/// A listing of nft: each chain a heading and its rules, each rule the text of its statements.
struct NftChain {
  var name: String
  var base: String
  var rules: [String]

  /// A chain that only rules call.
  static func plain(_ name: String, _ rules: String...) -> NftChain {
    NftChain(name: name, base: "", rules: rules)
  }

  /// A chain that the kernel calls.
  static func base(
    _ hook: String, priority: Int = 0, policy: String = "accept", type: String = "filter",
    name: String? = nil, _ rules: String...
  ) -> NftChain {
    NftChain(
      name: name ?? hook,
      base: """
        , "type": "\(type)", "hook": "\(hook)", "prio": \(priority), "policy": "\(policy)"
        """, rules: rules)
  }
}

/// The JSON of one table, as `nft -j list ruleset` prints it.
func nft(
  family: String = "inet", sets: [String] = [], flags: String? = nil, table: String = "t",
  _ chains: NftChain...
) -> String {
  let place = "\"family\": \"\(family)\", \"table\": \"\(table)\""
  var items = [
    "{\"metainfo\": {\"version\": \"1.0.6\", \"json_schema_version\": 1}}",
    "{\"table\": {\"family\": \"\(family)\", \"name\": \"\(table)\", \"handle\": 1\(flags.map { ", \"flags\": \($0)" } ?? "")}}",
  ]
  items += sets.map { "{\"set\": {\(place), \($0)}}" }.map {
    $0.contains("\"map\":") ? $0.replacing("{\"set\": ", with: "{\"map\": ") : $0
  }
  items += chains.map {
    "{\"chain\": {\(place), \"name\": \"\($0.name)\", \"handle\": 1\($0.base)}}"
  }
  for chain in chains {
    items += chain.rules.map {
      "{\"rule\": {\(place), \"chain\": \"\(chain.name)\", \"handle\": 2, \"expr\": [\($0)]}}"
    }
  }
  return "{\"nftables\": [\(items.joined(separator: ", "))]}"
}

/// The statement that holds a field of a header against a value.
func match(_ field: String, _ right: String, op: String = "==") -> String {
  let words = field.split(separator: " ").map(String.init)
  let left: String
  switch words[0] {
  case "meta": left = "{\"meta\": {\"key\": \"\(words[1])\"}}"
  case "ct": left = "{\"ct\": {\"key\": \"\(words[1])\"}}"
  default: left = "{\"payload\": {\"protocol\": \"\(words[0])\", \"field\": \"\(words[1])\"}}"
  }
  return "{\"match\": {\"op\": \"\(op)\", \"left\": \(left), \"right\": \(right)}}"
}

let accept = "{\"accept\": null}"
let drop = "{\"drop\": null}"

/// The statement that sends a packet to a chain.
func jump(_ chain: String) -> String { "{\"jump\": {\"target\": \"\(chain)\"}}" }
func goto(_ chain: String) -> String { "{\"goto\": {\"target\": \"\(chain)\"}}" }

extension FilterListings {
  /// A host with only legacy tables of IPv4.
  static func legacy(_ text: String...) -> FilterListings {
    FilterListings(legacySave4: .bytes(Array(text.joined().utf8)))
  }

  /// A host with only legacy tables of IPv6.
  static func legacy6(_ text: String) -> FilterListings {
    FilterListings(legacySave6: .bytes(Array(text.utf8)))
  }

  /// A host with only native nft tables.
  static func nft(_ text: String) -> FilterListings {
    FilterListings(nftJSON: .bytes(Array(text.utf8)))
  }

  /// The same host with those sets of ipset.
  func with(ipset text: String) -> FilterListings {
    var result = self
    result.ipsetSave = .bytes(Array(text.utf8))
    return result
  }
}
