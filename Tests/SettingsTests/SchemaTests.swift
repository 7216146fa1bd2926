import Checker
import LoadBalancer
import Testing

@testable import Settings

@Suite("The settings' schema")
struct SchemaTests {
  /// Every page with its path, `targets[].url`.
  private static func pages(
    _ pages: [SettingsKeyPage] = Settings.pages, below prefix: String = ""
  ) -> [(path: String, page: SettingsKeyPage)] {
    pages.flatMap { page in
      let isList = if case .sections = page.example { true } else { false }
      let path = prefix + page.name
      return [(path, page)] + Self.pages(page.children, below: path + (isList ? "[]." : "."))
    }
  }

  @Test("has a name of its own, a form and a meaning for every key")
  func declared() {
    let pages = Self.pages()
    #expect(Set(pages.map(\.path)).count == pages.count)
    #expect(pages.count > 25)
    for (path, page) in pages {
      #expect(!page.documentation.isEmpty && !page.form.isEmpty, "\(path)")
      #expect(page.name.allSatisfy { $0.isASCII && $0.isLetter }, "\(path)")
      #expect(page.documentation.hasSuffix("."), "\(path)")
    }
  }

  @Test("is whole in the reference and in the example")
  func documented() {
    for (path, page) in Self.pages() {
      #expect(SettingsPage.markdown.contains("| `\(path)` |"), "\(path)")
      let isInExample = SettingsExample.text.split(separator: "\n").contains { line in
        line.drop { "#- ".contains($0) }.hasPrefix("\(page.name):")
      }
      #expect(isInExample, "\(path)")
    }
  }

  @Test("reads its own example, key by key")
  func example() throws {
    let paths = try [SettingsExample.allButListeners, SettingsExample.listeners].flatMap { text in
      try Settings(parsing: Array(text.utf8)).rows.filter { $0.origin != nil }.map(\.path)
    }
    for (path, page) in Self.pages() where page.children.isEmpty {
      let isSet = paths.contains { set in
        set.replacing(#/\[[0-9]+\]/#, with: "[]").hasPrefix(path)
      }
      #expect(isSet, "\(path)")
    }
    #expect(SettingsExample.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("shows defaults that the agent really uses")
  func defaults() throws {
    let example = try Settings(parsing: Array(SettingsExample.allButListeners.utf8))
    #expect(example.thresholds.thresholds == .standard)
    #expect(example.probeSources == Settings().probeSources)
    var target = TargetSettings()
    target.timeOut = example.targets.first?.timeOut
    target.intervalTime = example.targets.first?.intervalTime
    target.healthNum = example.targets.first?.healthNum
    target.unHealthNum = example.targets.first?.unHealthNum
    target.checkMethod = example.targets.first?.checkMethod
    target.httpVersion = example.targets.first?.httpVersion
    var check = target.healthCheck
    check.assumed = TargetSettings().healthCheck.assumed
    #expect(check == TargetSettings().healthCheck)
  }

  @Test(
    "knows what a slip of the hand meant",
    arguments: [
      ("timeout", "timeOut"), ("timOut", "timeOut"), ("tiemOut", "timeOut"),
      ("helthNum", "healthNum"),
      ("unhealthnum", "unHealthNum"), ("source", "sources"), ("uri", "url"), ("xyz", nil),
      ("", nil),
      ("thisIsAnotherWordAltogether", nil),
    ] as [(String, String?)])
  func nearest(_ typed: String, _ meant: String?) {
    let names = TargetSettings.keys.map(\.page.name)
    #expect(NearestWord.nearest(to: typed, of: names) == meant)
  }
}

extension SettingsExample {
  /// Documents of listeners stand in the place of targets.
  static let allButListeners = uncommented(Settings.pages.filter { $0.name != "listeners" })
  static let listeners = uncommented(Settings.pages.filter { $0.name == "listeners" })
}
