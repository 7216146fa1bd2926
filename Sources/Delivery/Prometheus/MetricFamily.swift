/// One metric with its samples.
struct MetricFamily: Sendable {
  /// What it is, without samples.
  struct Declaration: Sendable, Hashable {
    var name: String
    var type: Kind
    /// One sentence; the same in every text, for a scraper drops a family whose help differs.
    var help: String

    init(_ name: String, _ type: Kind, _ help: String) {
      self.name = name
      self.type = type
      self.help = help
    }

    /// A gauge.
    init(_ name: String, _ help: String) { self.init(name, .gauge, help) }
  }

  enum Kind: String, Sendable, Hashable {
    case gauge, counter
  }

  var declaration: Declaration
  /// Samples in their order, each set of labels once.
  private var samples: [(labels: MetricLabels, value: MetricValue)] = []
  private var seen: Set<MetricLabels> = []

  init(_ declaration: Declaration) { self.declaration = declaration }

  init(_ declaration: Declaration, _ value: MetricValue) {
    self.init(declaration)
    add([], value)
  }

  /// Adds a sample; one whose labels are there already is left out, for it would spoil the whole text.
  mutating func add(_ labels: [(String, String)], _ value: MetricValue) {
    let labels = MetricLabels(labels)
    guard seen.insert(labels).inserted else { return }
    samples.append((labels, value))
  }

  /// Its lines; none where there is no sample.
  var text: String {
    guard !samples.isEmpty else { return "" }
    let name = declaration.name
    let head = "# HELP \(name) \(declaration.help)\n# TYPE \(name) \(declaration.type.rawValue)\n"
    return head + samples.map { "\(name)\($0.labels.text) \($0.value.text)\n" }.joined()
  }
}
