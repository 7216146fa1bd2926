import Testing

extension HostLane {
  @Suite("Hostile text of an application")
  struct HostileTextTests {
    @Test("reaches no terminal", arguments: ["text", "json"])
    func escaped(_ format: String) async throws {
      try await Lab.open { lab in
        try await lab.take(.tcp("hostile"))
        try await lab.demand(.probe(.status(503)), .http())
        let finished = try await lab.runAgent(
          ["inspect", "--format", format] + HealthCheckOptions.http().agentArguments)
        #expect(finished.status == 2)
        let dangerous = finished.output.unicodeScalars.filter(Self.isDangerous)
        #expect(dangerous.isEmpty, "\(dangerous.map { String($0.value, radix: 16) })")
        #expect(finished.output.contains("503"))
        #expect(
          finished.output.contains("owned"), "the words stay, so that the operator knows them")
      }
    }

    /// Controls, and what turns the direction of text around; the line feed is the report's own.
    private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x0A: false
      case ..<0x20, 0x7F...0x9F, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: true
      default: false
      }
    }
  }
}
