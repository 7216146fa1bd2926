/// One key of a mapping: its name, form, default and documentation, and how its value is read.
///
/// The parser, the commented example, the reference page, `config show` and the suggestions for unknown
/// keys all come from this one declaration.
struct SettingsKey<Section: Sendable>: Sendable {
  var page: SettingsKeyPage
  /// Whether a whole section of this kind has use for the key at all.
  var fits: @Sendable (Section) -> Bool = { _ in true }
  /// Reads the key's value into its section; what is wrong goes to the reader.
  var read:
    @Sendable (
      _ value: YAMLNode, _ path: String, _ section: inout Section, _ reader: inout SettingsReader
    ) -> Void
  /// What the section has for the key, by path; one row with the default where nobody set it.
  var rows: @Sendable (_ section: Section, _ path: String) -> [SettingsRow]
}

/// What people are told of a key.
package struct SettingsKeyPage: Sendable, Hashable {
  package var name: String
  /// What a value looks like: `whole seconds from 2 to 60`.
  package var form: String
  /// What holds without it, in words or as the value; `nil` where it must be given or is empty.
  package var standard: String?
  package var documentation: String
  /// The sections that may have it: `the URL's scheme is http or https`; `nil` for all.
  package var condition: String?
  /// The value in the commented example.
  package var example: Example
  /// The other keys of the example's entry that shows it; empty for the first entry, which cannot have all.
  package var beside: [Sibling] = []

  /// Another key of the same entry, with its value.
  package struct Sibling: Sendable, Hashable {
    package var key: String
    package var value: String

    static func url(_ value: String) -> Sibling { Sibling(key: "url", value: value) }
  }

  package indirect enum Example: Sendable, Hashable {
    case value(String)
    case list([String])
    case section([SettingsKeyPage])
    case sections([SettingsKeyPage])
  }

  /// The keys below this one.
  package var children: [SettingsKeyPage] {
    switch example {
    case .value, .list: []
    case .section(let pages), .sections(let pages): pages
    }
  }
}

/// One setting in force, as `config show` tells it.
package struct SettingsRow: Sendable, Hashable {
  /// `targets[0].timeOut`.
  package var path: String
  package var value: String
  /// `nil` for a default.
  package var origin: SettingsOrigin?
}
