import Testing

extension HostLane {
  @Suite("A remedy for the packet filter")
  struct RemedyTests {
    @Test(
      "lets the real probe in when it is typed, and what undoes it shuts it out",
      arguments: Case.remedied)
    func works(_ row: Case) async throws {
      try await Lab.open { lab in
        for step in row.steps { try await lab.take(step) }
        for proof in row.proofs { try await lab.demand(proof, row.check) }
        let before = try await lab.probe(row.check)
        let inspection = try await lab.inspect(row.check)
        row.expected.compare(with: inspection)
        let finding = try #require(inspection.report.findings.first { $0.hop == "packet-filter" })
        let remedy = try #require(finding.remedies.first { !$0.commands.isEmpty })
        for command in remedy.commands { try await lab.take(.onMachine(command)) }
        #expect(try await lab.probe(row.check) == .status(200), "\(remedy.commands)")
        let after = try await lab.inspect(row.check).report
        // A policy that drops everybody else still does, and that is said.
        let left = after.findings("warn").filter { $0.hop == "packet-filter" }
        #expect(left.allSatisfy { $0.id == "packet-filter.drops-clients" })
        #expect(after.hop("packet-filter")?.verdict == (left.isEmpty ? "pass" : "warn"))
        for command in remedy.undo { try await lab.take(.onMachine(command)) }
        #expect(try await lab.probe(row.check) == before, "\(remedy.undo)")
      }
    }

    @Test(
      "lets real clients in when it is typed, and what undoes it shuts them out",
      arguments: Case.clientFilters)
    func clients(_ row: Case) async throws {
      try await Lab.open { lab in
        for step in row.steps { try await lab.take(step) }
        for proof in row.proofs { try await lab.demand(proof, row.check) }
        let inspection = try await lab.inspect(row.check)
        row.expected.compare(with: inspection)
        let finding = try #require(inspection.report.findings.first { $0.hop == "packet-filter" })
        let remedy = try #require(finding.remedies.first { !$0.commands.isEmpty })
        for command in remedy.commands { try await lab.take(.onMachine(command)) }
        let seen = try await lab.probe(row.check, from: Lab.client)
        #expect(seen == .status(200), "\(remedy.commands)")
        let after = try await lab.inspect(row.check).report
        #expect(after.hop("packet-filter")?.verdict == "pass", Comment(rawValue: after.digest))
        for command in remedy.undo { try await lab.take(.onMachine(command)) }
        #expect(try await lab.probe(row.check, from: Lab.client) == .timeout, "\(remedy.undo)")
      }
    }

    @Test(
      "lets the real ping in when it is typed, and what undoes it shuts it out",
      arguments: Case.pingFilters)
    func ping(_ row: Case) async throws {
      try await Lab.open { lab in
        for step in row.steps { try await lab.take(step) }
        for proof in row.proofs { try await lab.demand(proof, row.check) }
        let inspection = try await lab.inspect(row.check)
        row.expected.compare(with: inspection)
        let finding = try #require(inspection.report.findings.first { $0.id == "ping.filtered" })
        let remedy = try #require(finding.remedies.first { !$0.commands.isEmpty })
        for command in remedy.commands { try await lab.take(.onMachine(command)) }
        #expect(try await lab.probe(row.check) == .echoReply, "\(remedy.commands)")
        let after = try await lab.inspect(row.check).report
        #expect(after.hop("ping")?.verdict == "pass", Comment(rawValue: after.digest))
        for command in remedy.undo { try await lab.take(.onMachine(command)) }
        #expect(try await lab.probe(row.check) == .timeout, "\(remedy.undo)")
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
