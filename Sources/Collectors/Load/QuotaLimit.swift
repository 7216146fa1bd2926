import Host

/// A group's quota of processor time.
enum QuotaLimit: Sendable, Hashable {
  case unlimited
  case quota(microseconds: Int, periodMicroseconds: Int)

  /// Parses `cpu.max` of version 2: `max 100000` or `50000 100000`.
  init(parsingMax text: some StringProtocol) throws(ParseFailure) {
    let line = text.kernelLines.first ?? NumberedLine(number: 1, text: "")
    let words = line.words
    guard words.count == 2 else {
      throw line.failure(found: line.text, expected: "a quota and a period")
    }
    if words[0] == "max" {
      self = .unlimited
      return
    }
    guard let quota = Int(kernelCount: words[0]), let period = Int(kernelCount: words[1]),
      quota > 0, period > 0
    else {
      throw line.failure(found: line.text, expected: "a quota and a period in microseconds")
    }
    self = .quota(microseconds: quota, periodMicroseconds: period)
  }

  /// Parses the two files of version 1, where a quota of -1 is none.
  init(parsingQuota quota: String, period: String) throws(ParseFailure) {
    let quotaNumber = try KernelParameters.number(parsing: quota)
    guard quotaNumber > 0 else {
      self = .unlimited
      return
    }
    let periodNumber = try KernelParameters.number(parsing: period)
    guard periodNumber > 0 else {
      throw ParseFailure(line: 1, found: period, expected: "a period in microseconds")
    }
    self = .quota(microseconds: quotaNumber, periodMicroseconds: periodNumber)
  }
}
