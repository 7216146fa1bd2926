/// The commented settings file: what `config init` writes.
///
/// Lines that begin with `#` and a letter behind it, or spaces and then a letter, hold settings; those
/// with `# ` say what they mean. As it is, it sets nothing.
package enum SettingsExample {
  private static let width = 100

  /// The whole file.
  package static var text: String {
    var lines = head
    for page in Settings.pages { lines += [""] + commented(page) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A file with all settings of these keys made, for tests.
  static func uncommented(_ pages: [SettingsKeyPage]) -> String {
    pages.flatMap { value($0, key: "\($0.name):", indent: "") }.joined(separator: "\n") + "\n"
  }

  private static let head = [
    "# Settings of clb-agent. Lines with \"#\" alone before a key hold defaults or examples: take the",
    "# \"#\" away to change them. \"clb-agent config check\" tells what is wrong with the file,",
    "# \"clb-agent config show\" what is in force.",
  ]

  private static func commented(_ page: SettingsKeyPage) -> [String] {
    explained(page, indent: "") + value(page, key: "\(page.name):", indent: "").map { "#\($0)" }
  }

  /// What a key means, as lines of comment.
  private static func explained(_ page: SettingsKeyPage, indent: String) -> [String] {
    guard !page.documentation.isEmpty else { return [] }
    var text = page.documentation
    if case .value = page.example { text += " Expected: \(page.form)." }
    if let condition = page.condition { text += " Only where \(condition)." }
    if let standard = page.standard { text += " Default: \(standard)." }
    return wrapped(text, columns: width - indent.count - 3).map { "\(indent)# \($0)" }
  }

  /// The key with its example, and the keys below it.
  private static func value(_ page: SettingsKeyPage, key: String, indent: String) -> [String] {
    switch page.example {
    case .value(let value): return ["\(indent)\(key) \(value)"]
    case .list(let items): return ["\(indent)\(key)"] + items.map { "\(indent)  - \($0)" }
    case .section(let pages):
      return ["\(indent)\(key)"] + pages.flatMap { below($0, indent: indent + "  ", mark: "  ") }
    case .sections(let pages):
      return ["\(indent)\(key)"]
        + entries(pages).flatMap { entry in
          entry.enumerated().flatMap { index, page in
            below(page, indent: indent + "  ", mark: index == 0 ? "- " : "  ")
          }
        }
    }
  }

  /// The keys of each entry: one entry with most of them, and more for those that it cannot have.
  private static func entries(_ pages: [SettingsKeyPage]) -> [[SettingsKeyPage]] {
    var entries = [pages.filter(\.beside.isEmpty)]
    var last: [SettingsKeyPage.Sibling] = []
    for page in pages where !page.beside.isEmpty {
      if page.beside == last {
        entries[entries.count - 1].append(page)
      } else {
        last = page.beside
        entries.append(last.compactMap { sibling(pages, $0) } + [page])
      }
    }
    return entries
  }

  /// The key with another value than its own example, and without an explanation, which it had.
  private static func sibling(
    _ pages: [SettingsKeyPage], _ sibling: SettingsKeyPage.Sibling
  ) -> SettingsKeyPage? {
    guard var page = pages.first(where: { $0.name == sibling.key }) else { return nil }
    page.example = .value(sibling.value)
    page.documentation = ""
    return page
  }

  private static func below(_ page: SettingsKeyPage, indent: String, mark: String) -> [String] {
    let comment = explained(page, indent: indent + "  ")
    var lines = value(page, key: "\(page.name):", indent: indent + "  ")
    if mark == "- ", let first = lines.first {
      lines[0] = indent + mark + first.dropFirst(indent.count + 2)
    }
    return comment + lines
  }

  private static func wrapped(_ text: String, columns: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= columns {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
