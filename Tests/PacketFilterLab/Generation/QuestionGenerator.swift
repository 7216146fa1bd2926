import Addressing

/// Makes questions about a ruleset, and the probes that test the answers.
struct QuestionGenerator {
  private let landmarks: Landmarks
  private var dice: Dice
  /// Halves of the source ports in use: a round takes one of each pair, and a listener remembers.
  private var usedPorts: Set<Int> = []

  init(_ ruleset: Ruleset, seed: UInt64) {
    landmarks = Landmarks(of: ruleset)
    dice = Dice(seed: seed ^ 0x5EED)
  }

  /// Some questions, each another.
  mutating func questions(_ count: Int) -> [Question] {
    var made: [Question] = []
    for _ in 0..<count {
      let question = question()
      if let question, !made.contains(question) { made.append(question) }
    }
    return made
  }

  private mutating func question() -> Question? {
    let words = Vocabulary.of(dice.chance(landmarks.hasIPv6 ? 35 : 8) ? .ipv6 : .ipv4)
    let proto: TransportName = dice.weighted([(6, .tcp), (3, .udp), (2, .icmp)])
    let destination =
      dice.chance(65)
      ? words.locals[0]
      : dice.chance(60) ? dice.one(of: words.locals) : dice.one(of: words.forwarded)
    let port = Vocabulary.port(&dice)
    guard let source = AddressPrefix(parsing: dice.weighted(words.questions)),
      let destination = IPAddress(parsing: destination)
    else { return nil }
    return Question(
      src: source, dst: destination, proto: proto, dport: proto == .icmp ? nil : port,
      iif: dice.chance(80) ? "eth0" : "eth1")
  }

  /// Probes at the borders of what the ruleset names, and anywhere in the question's range.
  mutating func probes(_ question: Question, _ count: Int) -> [Probe] {
    let range = SourceRange(question.src)
    let borders = landmarks.addresses.filter { range.contains($0) && $0.isProbeable }
    var sources = dice.some(of: borders, 0...(count * 2 / 3))
    while sources.count < count {
      let random = random(in: question.src)
      guard random.isProbeable else { continue }
      sources.append(random)
    }
    return sources.map { Probe(question, from: $0, port: newPort()) }
  }

  private mutating func newPort() -> Int {
    var port = 0
    repeat { port = dice.number(1024...65535) } while !usedPorts.insert(port / 2).inserted
    return port
  }

  private mutating func random(in prefix: AddressPrefix) -> IPAddress {
    switch prefix.base {
    case .v4(let base):
      let bits = UInt32(truncatingIfNeeded: dice.bits())
      return .v4(base | (prefix.length == 32 ? 0 : bits & (UInt32.max >> prefix.length)))
    case .v6(let base):
      // Most hosts of a range look alike: few bits in the middle, and few at the end.
      let bits = UInt128(dice.bits() & 0xFFFF) << 80 | UInt128(dice.bits() & 0xF)
      return .v6(base | (prefix.length == 128 ? 0 : bits & (UInt128.max >> prefix.length)))
    }
  }
}

extension IPAddress {
  /// Whether a packet from there gets past the checks that every kernel makes before the rules.
  fileprivate var isProbeable: Bool {
    switch self {
    case .v4(let bits):
      let isOwn = [0x0A00_0005, 0x0A00_0006, 0x0A01_0001, 0xAC11_0001].contains(bits)
      let isBroadcast = [0x0A00_00FF, 0x0A00_0000, 0x0A01_00FF, 0x0A01_0000].contains(bits)
      let isDockerEdge = bits == 0xAC11_0000 || bits == 0xAC11_FFFF
      return !isOwn && !isBroadcast && !isDockerEdge && (1...223).contains(bits >> 24)
        && bits >> 24 != 127
    case .v6(let bits):
      let network = bits >> 64
      // The host's own networks hold its addresses and their anycast ones.
      return bits > 1 && bits >> 120 != 0xFF && bits >> 118 != 0x3FA
        && network != 0xFD00_0005_0000_0000 && network != 0xFD00_0001_0000_0000
    }
  }
}

/// The addresses at which a ruleset may change its mind.
struct Landmarks {
  /// First and last of every range that is named, and their neighbours outside.
  private(set) var addresses: [IPAddress] = []
  private(set) var hasIPv6 = false

  init(of ruleset: Ruleset) {
    var found: Set<IPAddress> = []
    for text in ruleset.loadSteps.map(\.input) {
      let words = text.split {
        !($0.isHexDigit || $0 == "." || $0 == ":" || $0 == "/" || $0 == "-")
      }
      for word in words where word.contains(".") || word.contains("::") {
        guard let range = SourceRange(parsing: word) else { continue }
        found.formUnion([range.first, range.last])
        found.formUnion([range.first.previous, range.last.next].compactMap { $0 })
      }
    }
    addresses = found.sorted()
    hasIPv6 = addresses.last?.family == .ipv6
  }
}

extension IPAddress {
  fileprivate var previous: IPAddress? {
    switch self {
    case .v4(let bits): bits == 0 ? nil : .v4(bits - 1)
    case .v6(let bits): bits == 0 ? nil : .v6(bits - 1)
    }
  }

  fileprivate var next: IPAddress? {
    switch self {
    case .v4(let bits): bits == .max ? nil : .v4(bits + 1)
    case .v6(let bits): bits == .max ? nil : .v6(bits + 1)
    }
  }
}
