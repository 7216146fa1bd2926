import Testing

/// One row of the lab: a host, the proof of its state, and what the agent must say of it.
struct Case: Sendable, CustomTestStringConvertible {
  /// A sentence about the host.
  var testDescription: String
  var steps: [Step]
  var check: HealthCheckOptions
  var proofs: [Proof]
  var expected: Expectation

  init(
    _ testDescription: String, _ steps: [Step],
    check: HealthCheckOptions = .http(), proofs: Proof...,
    expected: Expectation
  ) {
    self.testDescription = testDescription
    self.steps = steps
    self.check = check
    self.proofs = proofs
    self.expected = expected
  }

  /// Builds the host, proves its state, asks the agent, and compares.
  func play() async throws {
    expected.compare(with: try await inspection())
  }

  /// Builds the host, proves its state, and asks the agent.
  func inspection() async throws -> Inspection {
    try await Lab.open { lab in
      for step in steps { try await lab.take(step) }
      for proof in proofs { try await lab.demand(proof, check) }
      return try await lab.inspect(check)
    }
  }
}
