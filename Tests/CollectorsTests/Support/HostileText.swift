import TestSupport

/// Input that no parser may trap on: a real one cut off anywhere, one with bytes changed, and
/// noise.
struct HostileText {
  private var generator: SeededGenerator
  private let real: [UInt8]

  init(_ real: String, seed: UInt64 = 1) {
    self.real = Array(real.utf8)
    generator = SeededGenerator(seed: seed)
  }

  /// Calls the parser with every kind of input; what it throws is not looked at.
  ///
  /// A text of more than 1,500 bytes is cut at as many places, evenly spread.
  mutating func feed(_ parse: ([UInt8]) throws -> Void) {
    for end in stride(from: 0, through: real.count, by: max(1, real.count / 1500)) {
      try? parse(Array(real.prefix(end)))
    }
    for _ in 0..<300 {
      var changed = real
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !changed.isEmpty {
        let place = Int.random(in: 0..<changed.count, using: &generator)
        changed[place] = interestingByte()
      }
      try? parse(changed)
    }
    for _ in 0..<300 {
      try? parse((0..<Int.random(in: 0...200, using: &generator)).map { _ in interestingByte() })
    }
  }

  /// One in two is a byte that some format gives a meaning.
  private mutating func interestingByte() -> UInt8 {
    let marks = Array("0123456789-+.,:/=#*[]{}\"'\\ \t\n\r\u{0}aAxX".utf8)
    guard Bool.random(using: &generator), let mark = marks.randomElement(using: &generator) else {
      return UInt8.random(in: 0...255, using: &generator)
    }
    return mark
  }
}

extension HostileText {
  /// The same for a parser of text.
  mutating func feedText(_ parse: (String) throws -> Void) {
    feed { try parse(String(decoding: $0, as: UTF8.self)) }
  }
}
