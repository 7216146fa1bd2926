import TestSupport

/// Seeded choices: the same in every run.
struct Dice: Sendable {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 1...100, using: &generator) <= percent
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &generator) }

  /// One of the options, which are at least one.
  mutating func one<Option>(of options: [Option]) -> Option {
    options[number(0...options.count - 1)]
  }

  /// One of the options, each as often as its weight says.
  mutating func weighted<Option>(_ options: [(Int, Option)]) -> Option {
    var rest = number(1...options.reduce(0) { $0 + $1.0 })
    for (weight, option) in options.dropLast() {
      rest -= weight
      if rest <= 0 { return option }
    }
    return options[options.count - 1].1
  }

  /// Some of the options, each once, in any order.
  mutating func some<Option>(of options: [Option], _ count: ClosedRange<Int>) -> [Option] {
    Array(options.shuffled(using: &generator).prefix(number(count)))
  }

  /// Dice of their own, for a part that may throw more or less often.
  mutating func fork() -> Dice { Dice(seed: bits()) }

  /// A bit pattern below 2^64.
  mutating func bits() -> UInt64 { generator.next() }
}
