package import Host

/// What became of received packets before any protocol saw them, for each processor.
///
/// Source: `/proc/net/softnet_stat`; hexadecimal columns without names, of which later kernels have
/// more.
package struct ReceiveBacklogCounters: Sendable, Hashable {
  /// One for each processor that is online, in order.
  package var processors: [Processor]

  package init(processors: [Processor]) {
    self.processors = processors
  }

  /// The counters of one processor.
  package struct Processor: Sendable, Hashable {
    /// Packets taken off the queue.
    package var processed: Int
    /// Packets dropped because the queue held `net.core.netdev_max_backlog` already.
    package var dropped: Int
    /// Times that work was left over when its budget or time was used up.
    package var squeezed: Int

    package init(processed: Int, dropped: Int, squeezed: Int) {
      self.processed = processed
      self.dropped = dropped
      self.squeezed = squeezed
    }
  }

  /// Parses the whole file.
  ///
  /// - Throws: the first line with fewer than three hexadecimal numbers, or a file without a line.
  package init(parsing text: some StringProtocol) throws(ParseFailure) {
    processors = []
    let lines = text.kernelLines
    guard !lines.isEmpty else {
      throw ParseFailure(line: 1, found: "", expected: "a line for each processor")
    }
    for line in lines {
      let numbers = line.words.map { UInt32(kernelHexadecimal: $0).map(Int.init) }
      guard numbers.count >= 3, let processed = numbers[0], let dropped = numbers[1],
        let squeezed = numbers[2]
      else {
        throw line.failure(found: line.text, expected: "at least three hexadecimal numbers")
      }
      processors.append(Processor(processed: processed, dropped: dropped, squeezed: squeezed))
    }
  }

  /// Packets that every processor together dropped since boot.
  package var dropped: Int { processors.reduce(0) { $0 + $1.dropped } }

  /// Times that any processor left work over since boot.
  package var squeezed: Int { processors.reduce(0) { $0 + $1.squeezed } }
}
