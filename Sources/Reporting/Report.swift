package import Checker

/// Everything one inspection has to say; renderers print it and add nothing.
package struct Report: Sendable, Hashable {
  /// Names this report among all: letters, digits, `.`, `_` and `-`, at most 64.
  package var reportID: String
  /// When the host was read.
  package var takenAt: Timestamp
  /// From the start of the inspection to the diagnosis.
  package var durationMilliseconds: Int
  /// The agent's own version: `1.2.0`.
  package var agentVersion: String
  package var host: ReportHost
  package var diagnosis: Diagnosis
  /// What the reader should know about this run, each a sentence: "replayed from web-1.capture".
  package var note: [String]
  /// How much of it there is.
  package var detail = ReportDetail.full
  /// What the runs before said; `nil` where nobody kept it.
  package var changes: ReportChanges?

  package init(
    reportID: String, takenAt: Timestamp, durationMilliseconds: Int, agentVersion: String,
    host: ReportHost, diagnosis: Diagnosis, note: [String] = []
  ) {
    self.reportID = reportID
    self.takenAt = takenAt
    self.durationMilliseconds = durationMilliseconds
    self.agentVersion = agentVersion
    self.host = host
    self.diagnosis = diagnosis
    self.note = note
  }
}
