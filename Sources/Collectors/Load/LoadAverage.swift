package import Host

/// How many tasks ran or waited, averaged.
///
/// Source: `/proc/loadavg`, proc(5). On Linux it also counts tasks in uninterruptible sleep.
package struct LoadAverage: Sendable, Hashable {
  package var oneMinute: Double
  package var fiveMinutes: Double
  package var fifteenMinutes: Double
  /// Tasks that run or wait for a processor at this moment.
  package var runnableTasks: Int
  package var totalTasks: Int

  package init(
    oneMinute: Double, fiveMinutes: Double, fifteenMinutes: Double, runnableTasks: Int,
    totalTasks: Int
  ) {
    self.oneMinute = oneMinute
    self.fiveMinutes = fiveMinutes
    self.fifteenMinutes = fifteenMinutes
    self.runnableTasks = runnableTasks
    self.totalTasks = totalTasks
  }

  /// Parses the file's one line: `0.31 0.46 0.56 2/116 8333`.
  ///
  /// - Throws: line 1 when it has fewer than four words, or the first word that is not of this
  ///   form.
  package init(parsing text: some StringProtocol) throws(ParseFailure) {
    let line = text.kernelLines.first ?? NumberedLine(number: 1, text: "")
    let words = line.words
    guard words.count >= 4 else {
      throw line.failure(found: line.text, expected: "three averages and running/total tasks")
    }
    oneMinute = try LoadAverage.average(words[0], of: line)
    fiveMinutes = try LoadAverage.average(words[1], of: line)
    fifteenMinutes = try LoadAverage.average(words[2], of: line)
    let tasks = words[3].split(separator: "/", omittingEmptySubsequences: false)
    guard tasks.count == 2, let runnable = Int(kernelCount: tasks[0]),
      let total = Int(kernelCount: tasks[1])
    else {
      throw line.failure(found: words[3], expected: "running/total tasks")
    }
    runnableTasks = runnable
    totalTasks = total
  }

  private static func average(
    _ word: Substring, of line: NumberedLine
  ) throws(ParseFailure) -> Double {
    guard let average = Double(kernelFraction: word) else {
      throw line.failure(found: word, expected: "a decimal fraction")
    }
    return average
  }

  package static func read(from door: some HostDoor) -> Reading<LoadAverage> {
    door.readFile("/proc/loadavg", limit: .standard).parsedText(LoadAverage.init(parsing:))
  }
}
