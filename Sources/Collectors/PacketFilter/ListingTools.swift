import Addressing
import Host
import PacketFilter

/// Runs the tools that list rules, under the name that each has on this host.
///
/// Since iptables 1.8 there are two of each tool; before, and on some hosts since, only one, and
/// what it speaks stands in its version: `(nf_tables)`, or `(legacy)` or nothing.
struct ListingTools<Door: HostDoor>: Sendable {
  let door: Door

  /// The rules of the older kernel interface.
  ///
  /// The kernel names its tables in a file. Without one of them there is nothing to list; asking
  /// all the same is what would load the module.
  func readLegacy(_ family: IPAddress.Family) async -> Reading<[UInt8]> {
    let path = family == .ipv4 ? "/proc/net/ip_tables_names" : "/proc/net/ip6_tables_names"
    switch door.readFile(path, limit: .standard) {
    case .absent(let source): return .value([], from: source)
    case .value(let names, let source) where names.isEmpty: return .value([], from: source)
    case .value: break
    case .denied(let source, _): return .denied(source, needs: .dacReadSearch)
    case .failed(let source, let failure): return .failed(source, failure)
    }
    let prefix = family == .ipv4 ? "iptables" : "ip6tables"
    let own = await list(Command("\(prefix)-legacy-save", secondsLimit: 10))
    guard case .absent = own, case .value(false, _) = await speaksNFTables(prefix) else {
      return own
    }
    return await list(Command("\(prefix)-save", secondsLimit: 10))
  }

  /// All of nf_tables; known to be empty where the kernel has not loaded it or has no table.
  func readNFTables() async -> Reading<[UInt8]> {
    if let source = KernelModule.nfTables.evidenceOfAbsence(from: door) {
      return .value([], from: source)
    }
    let listing = await list(Command("nft", ["-j", "list", "ruleset"], secondsLimit: 10))
    // nft says something even of an empty ruleset: silence is no listing.
    if case .value(let bytes, let source) = listing, bytes.isEmpty {
      let failure = ParseFailure(found: "", expected: "the JSON of nft list ruleset")
      return .failed(source, .unparsable(failure))
    }
    // The tool is not needed to learn that there is nothing to list.
    guard case .absent = listing, let source = TableDump.evidenceOfNone(from: door) else {
      return listing
    }
    return .value([], from: source)
  }

  /// The tables of one family as iptables-nft shows them.
  ///
  /// They are in nft's listing too, so where that has no chain in a table of iptables' names, there
  /// is nothing more to learn. Where it could not be read this listing is all that there is.
  func readCompatible(
    _ family: IPAddress.Family, beside outline: Reading<RulesetOutline>
  ) async -> Reading<[UInt8]> {
    let nftFamily = family == .ipv4 ? "ip" : "ip6"
    if case .value(let outline, let source) = outline,
      !outline.hasChains(family: nftFamily, tables: ListingTools.tables)
    {
      return .value([], from: source)
    }
    let prefix = family == .ipv4 ? "iptables" : "ip6tables"
    let own = await list(Command("\(prefix)-nft-save", secondsLimit: 10))
    guard case .absent = own, case .value(true, _) = await speaksNFTables(prefix) else {
      return own
    }
    return await list(Command("\(prefix)-save", secondsLimit: 10))
  }

  /// All sets of ipset(8) with their elements; known to be empty where the kernel has not loaded
  /// it.
  func readSets() async -> Reading<[UInt8]> {
    if let source = KernelModule.ipSet.evidenceOfAbsence(from: door) {
      return .value([], from: source)
    }
    return await list(Command("ipset", ["save"], secondsLimit: 10))
  }

  /// The only tables that iptables knows.
  private static var tables: Set<String> { ["filter", "nat", "mangle", "raw", "security"] }

  /// Whether the tool without a word in its name lists nf_tables.
  private func speaksNFTables(_ tool: String) async -> Reading<Bool> {
    await list(Command(tool, ["--version"])).parsedText { text throws(ParseFailure) in
      guard text.hasPrefix(tool) else {
        throw ParseFailure(line: 1, found: text, expected: "\(tool) and its version")
      }
      return text.contains("(nf_tables)")
    }
  }

  /// What a tool wrote on standard output, where it ended with status 0.
  private func list(_ command: Command) async -> Reading<[UInt8]> {
    await door.run(command).flatMap { output, source in
      guard output.status != 0 else { return .value(output.standardOutput, from: source) }
      let said = String(decoding: output.standardError, as: UTF8.self)
      let isRefusal = ["Permission denied", "Operation not permitted", "must be root"]
        .contains { said.contains($0) }
      return isRefusal
        ? .denied(source, needs: .netAdmin)
        : .failed(source, .exitStatus(output.status, ListingTools.firstLine(said)))
    }
  }

  private static func firstLine(_ text: String) -> String {
    text.kernelLines.first.map { String($0.text) } ?? ""
  }
}
