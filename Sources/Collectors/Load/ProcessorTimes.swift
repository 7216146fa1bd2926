package import Host

/// What all processors together did since boot, in ticks of 1/100 second.
///
/// Source: the first line of `/proc/stat`, proc(5). `guest` is part of `user` and left out.
package struct ProcessorTimes: Sendable, Hashable {
  package var user: Int
  package var nice: Int
  package var system: Int
  package var idle: Int
  /// Idle while a disk was waited for; `nil` before 2.5.41, like the two that follow.
  package var ioWait: Int?
  package var interrupt: Int?
  package var softInterrupt: Int?
  /// Wanted, while the hypervisor ran someone else; `nil` before 2.6.11.
  package var steal: Int?

  package init(
    user: Int, nice: Int, system: Int, idle: Int, ioWait: Int? = nil, interrupt: Int? = nil,
    softInterrupt: Int? = nil, steal: Int? = nil
  ) {
    self.user = user
    self.nice = nice
    self.system = system
    self.idle = idle
    self.ioWait = ioWait
    self.interrupt = interrupt
    self.softInterrupt = softInterrupt
    self.steal = steal
  }

  /// Parses the line `cpu  35063 0 56979 226264 614 0 37 70 0 0`; the rest is not looked at.
  ///
  /// - Throws: line 1 when it does not start with `cpu` and at least four numbers, or its first
  ///   word that is no number.
  package init(parsing text: some StringProtocol) throws(ParseFailure) {
    let line = text.kernelLines.first ?? NumberedLine(number: 1, text: "")
    let words = line.words
    guard words.first == "cpu", words.count >= 5 else {
      throw line.failure(found: line.text, expected: "cpu and at least four numbers")
    }
    var numbers: [Int] = []
    for word in words.dropFirst() {
      guard let number = Int(kernelDecimal: word), number >= 0, number <= Int.max / 16 else {
        throw line.failure(found: word, expected: "a count of ticks")
      }
      numbers.append(number)
    }
    (user, nice, system, idle) = (numbers[0], numbers[1], numbers[2], numbers[3])
    ioWait = numbers.dropFirst(4).first
    interrupt = numbers.dropFirst(5).first
    softInterrupt = numbers.dropFirst(6).first
    steal = numbers.dropFirst(7).first
  }

  /// Reads the start of `/proc/stat`; the interrupts behind it can fill a megabyte.
  package static func read(from door: some HostDoor) -> Reading<ProcessorTimes> {
    door.readFile("/proc/stat", limit: .prefix(512)).parsedText(ProcessorTimes.init(parsing:))
  }

  private var total: Int {
    user + nice + system + idle + (ioWait ?? 0) + (interrupt ?? 0) + (softInterrupt ?? 0)
      + (steal ?? 0)
  }

  /// The part of the time that the hypervisor took, 0–1, since boot or since an earlier sample.
  ///
  /// `nil` where the kernel does not count it, no tick has passed between, or the counts went back,
  /// as they do when a processor is taken out.
  package func stealShare(since earlier: ProcessorTimes? = nil) -> Double? {
    guard let steal else { return nil }
    guard let earlier else { return total > 0 ? Double(steal) / Double(total) : nil }
    guard let earlierSteal = earlier.steal, steal >= earlierSteal, total > earlier.total else {
      return nil
    }
    return min(1, Double(steal - earlierSteal) / Double(total - earlier.total))
  }
}
