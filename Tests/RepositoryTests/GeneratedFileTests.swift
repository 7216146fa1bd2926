import Checker
import Reporting
import Settings
import Testing

@Suite("The catalogue in Docs/checks")
struct GeneratedFileTests {
  private static let declarations = Checker.allChecks.map { $0.declaration }

  @Test("is what the checks declare")
  func pages() throws {
    for declaration in Self.declarations {
      let path = "Docs/checks/\(CheckPage.fileName(of: declaration))"
      let text = try #require(Repository.text(path), "\(path) is missing; run scripts/generate")
      #expect(text == CheckPage.markdown(of: declaration), "\(path) drifted; run scripts/generate")
    }
    #expect(Repository.text("Docs/checks/README.md") == CheckPage.index(of: Self.declarations))
  }

  @Test("has no page of a check that is gone")
  func noOrphans() {
    let expected = Self.declarations.map { "Docs/checks/\(CheckPage.fileName(of: $0))" }
    let files = Repository.files(below: "Docs/checks", endingWith: ".md")
    #expect(Set(files) == Set(expected + ["Docs/checks/README.md"]))
  }

  @Test("stands beside the settings' reference and example, as they are declared")
  func settings() {
    #expect(Repository.text("Docs/config.md") == SettingsPage.markdown, "run scripts/generate")
    #expect(
      Repository.text("Docs/config.example.yaml") == SettingsExample.text, "run scripts/generate")
  }

  @Test("names every check by the hop of its findings")
  func names() {
    for declaration in Self.declarations {
      #expect(declaration.findings.allSatisfy { $0.id.hop == declaration.name })
      #expect(!declaration.sources.isEmpty && !declaration.reads.isEmpty)
    }
    let names = Self.declarations.map(\.name)
    #expect(Set(names).count == names.count)
  }
}
