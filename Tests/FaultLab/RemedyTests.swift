import Testing

extension HostLane {
  @Suite("A remedy for the packet filter")
  struct RemedyTests {
    @Test(
      "lets the real probe in when it is typed, and what undoes it shuts it out",
      arguments: Case.remedied)
    func works(_ row: Case) async throws {
      try await Self.type(row, { $0.hop == "packet-filter" }, opens: .status(200)) { after in
        // A policy that drops everybody else still does, and that is said.
        let left = after.findings("warn").filter { $0.hop == "packet-filter" }
        #expect(left.allSatisfy { $0.id == "packet-filter.drops-clients" })
        #expect(after.hop("packet-filter")?.verdict == (left.isEmpty ? "pass" : "warn"))
      }
    }

    @Test(
      "lets real clients in when it is typed, and what undoes it shuts them out",
      arguments: Case.clientFilters)
    func clients(_ row: Case) async throws {
      try await Self.type(
        row, { $0.hop == "packet-filter" }, from: Lab.client, opens: .status(200), shuts: .timeout
      ) { after in
        #expect(after.hop("packet-filter")?.verdict == "pass", Comment(rawValue: after.digest))
      }
    }

    @Test(
      "lets the real ping in when it is typed, and what undoes it shuts it out",
      arguments: Case.pingFilters)
    func ping(_ row: Case) async throws {
      try await Self.type(row, { $0.id == "ping.filtered" }, opens: .echoReply, shuts: .timeout) {
        after in
        #expect(after.hop("ping")?.verdict == "pass", Comment(rawValue: after.digest))
      }
    }

    /// Types the first remedy of the finding, and what undoes it, with a real probe before and after each.
    ///
    /// - Parameters:
    ///   - source: where the probe comes from; `nil` for the prober's own address.
    ///   - open: how it ends once the remedy was typed.
    ///   - shut: how it ends once that is undone; `nil` for as before the remedy.
    ///   - check: holds the report between the two against what is expected.
    private static func type(
      _ row: Case, _ isFinding: @Sendable (AgentReport.Finding) -> Bool, from source: String? = nil,
      opens open: ProbeEnd, shuts shut: ProbeEnd? = nil, _ check: @Sendable (AgentReport) -> Void
    ) async throws {
      try await Lab.open { lab in
        for step in row.steps { try await lab.take(step) }
        for proof in row.proofs { try await lab.demand(proof, row.check) }
        let closed =
          if let shut { shut } else { try await lab.probe(row.check, from: source) }
        let inspection = try await lab.inspect(row.check)
        row.expected.compare(with: inspection)
        let found = inspection.report.findings.first(where: isFinding)
        let finding = try #require(found)
        let remedy = try #require(finding.remedies.first { !$0.commands.isEmpty })
        for command in remedy.commands { try await lab.take(.onMachine(command)) }
        #expect(try await lab.probe(row.check, from: source) == open, "\(remedy.commands)")
        check(try await lab.inspect(row.check).report)
        for command in remedy.undo { try await lab.take(.onMachine(command)) }
        #expect(try await lab.probe(row.check, from: source) == closed, "\(remedy.undo)")
      }
    }
  }
}

extension Case {
  /// Packet filters that drop the probe, for each tool and in each place that a rule can be put.
  fileprivate static let remedied: [Case] =
    ownedFilters
    + packetFilters.filter { row in
      [
        "nftables drops the CLB's range", "an nftables chain without any rule drops by its policy",
        "nftables drops the reply", "legacy iptables drops the CLB's range",
        "legacy iptables drops by its policy, without any rule",
        "two filters drop the CLB's range",
      ].contains(row.testDescription)
    } + [
      Case(
        "iptables on nf_tables drops in a chain of its own, and legacy iptables by its policy",
        [
          .nginx(listen: "0.0.0.0:80"),
          .onMachine(
            """
            iptables-nft -N ts-input
            iptables-nft -A INPUT -j ts-input
            iptables-nft -A ts-input -s 100.64.0.0/10 ! -i tailscale0 -j DROP
            iptables-legacy -A INPUT -i lo -j ACCEPT
            iptables-legacy -P INPUT DROP
            """),
        ], proofs: .probe(.timeout), expected: .fails("packet-filter.drops-probe"))
    ]
}
