import LoadBalancer
import Settings
import Testing

@Suite("Settings of the cloud")
struct CloudSettingsTests {
  private static func settings(_ text: String) throws -> Settings {
    try Settings(parsing: Array(text.utf8))
  }

  @Test("say what the account is, with the lines that say it")
  func account() throws {
    let settings = try Self.settings(
      "account:\n  networkAccountType: legacy\n  publicBandwidth: 0\n")
    let facts = settings.account.facts(file: "c.yaml")
    #expect(facts.accountType == CloudFact(.legacy, from: "c.yaml:2"))
    #expect(facts.publicBandwidthMegabits == CloudFact(0, from: "c.yaml:3"))
    #expect(try Self.settings("").account.facts(file: nil) == CloudFacts())
  }

  @Test("turn the metadata service off, and the command line goes before them")
  func metadata() throws {
    let off = try Self.settings("metadata: {enabled: false, endpoint: \"http://127.0.0.1:8\"}\n")
    #expect(!off.metadata.isEnabled)
    var line = CommandLineSettings()
    line.metadataEndpoint = MetadataEndpoint(parsing: "http://127.0.0.2:9")
    let asked = off.overridden(by: line)
    #expect(asked.metadata.isEnabled && asked.metadata.endpoint?.value.port == 9)
    line = CommandLineSettings()
    line.asksNoMetadata = true
    #expect(!Settings().overridden(by: line).metadata.isEnabled)
    #expect(Settings().metadata.isEnabled)
  }
}
