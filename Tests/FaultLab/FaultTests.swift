import Testing

extension HostLane {
  @Suite("A host whose fault is on layer 4")
  struct LayerFourTests {
    @Test("is found, and named by its cause alone", arguments: Case.layerFourFaults)
    func fault(_ row: Case) async throws { try await row.play() }

    @Test(
      "is found where it lies with the packet filter",
      arguments: Case.packetFilters + [Case.closedToItself])
    func packetFilter(_ row: Case) async throws { try await row.play() }

    @Test("is found where it lies with the routes", arguments: Case.routing)
    func routing(_ row: Case) async throws { try await row.play() }

    @Test(
      "is not found where there is none",
      arguments: Case.healthyLayerFour + Case.emptyPacketFilters)
    func healthy(_ row: Case) async throws { try await row.play() }
  }
}

extension ApplicationLane {
  @Suite("A host whose fault is on layer 7")
  struct LayerSevenTests {
    @Test("is found, and named by its cause alone", arguments: Case.layerSevenFaults)
    func fault(_ row: Case) async throws { try await row.play() }

    @Test(
      "is found for every kind of check", arguments: Case.checkTypeFaults)
    func checkTypes(_ row: Case) async throws { try await row.play() }

    @Test(
      "is not found for any kind of check where there is none", arguments: Case.healthyCheckTypes)
    func healthyCheckTypes(_ row: Case) async throws { try await row.play() }

    @Test("is not found where there is none", arguments: Case.healthyLayerSeven)
    func healthy(_ row: Case) async throws { try await row.play() }

    @Test("is told by the check's own hop where the answer is near TimeOut")
    func flapping() async throws {
      let row = Case.nearTimeOut
      let inspection = try await row.inspection()
      row.expected.compare(with: inspection)
      let summary = try #require(inspection.report.hop("health-check")?.summary)
      #expect(summary.contains("of the 4 s of TimeOut") && summary.contains("flaps"))
    }

    /// A probe over TLS has two ends of a connection and one of a session to wait for, in an order
    /// that the machine's load decides.
    @Test("is judged alike every time, over TLS too")
    func repeatedly() async throws {
      let row = Case.selfSigned
      try await Lab.open { lab in
        for step in row.steps { try await lab.take(step) }
        for _ in 1...25 { row.expected.compare(with: try await lab.inspect(row.check)) }
      }
    }
  }
}
