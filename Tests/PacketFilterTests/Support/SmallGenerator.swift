/// Random numbers that are the same on every run.
struct SmallGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  /// That many random bytes, most of them printable.
  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in
      Bool.random(using: &self)
        ? UInt8.random(in: 32...126, using: &self) : UInt8.random(in: 0...255, using: &self)
    }
  }

  /// The text with a few bytes changed, taken away or doubled.
  mutating func mutate(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...4, using: &self) {
      guard !bytes.isEmpty else { return bytes }
      let index = Int.random(in: bytes.indices, using: &self)
      switch Int.random(in: 0..<4, using: &self) {
      case 0: bytes[index] = UInt8.random(in: 0...255, using: &self)
      case 1: bytes.remove(at: index)
      case 2:
        let end = min(bytes.count, index + Int.random(in: 1...30, using: &self))
        bytes.insert(
          contentsOf: bytes[index..<end], at: Int.random(in: bytes.indices, using: &self))
      default:
        let end = min(bytes.count, index + Int.random(in: 1...20, using: &self))
        bytes.removeSubrange(index..<end)
      }
    }
    return bytes
  }
}
