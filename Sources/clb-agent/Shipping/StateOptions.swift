import ArgumentParser
import Delivery
import Reporting
import Settings

/// Where the agent keeps what outlives a run.
struct StateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Keep the spool and the history here, in the place of \(StateDirectory.standardPath).",
      valueName: "directory"), completion: .directory)
  var stateDirectory: String?

  /// The directory that counts: the option's, else the settings', else the standard one.
  func path(_ settings: Settings) -> String {
    stateDirectory ?? settings.spool.directory?.value ?? StateDirectory.standardPath
  }

  /// Opens the directory.
  ///
  /// - Throws: when it cannot be used, which the caller can mend.
  func open(_ settings: Settings) throws(RunError) -> StateDirectory {
    do throws(StateDirectoryError) {
      return try StateDirectory(opening: path(settings))
    } catch {
      throw .state(error)
    }
  }

  /// Opens the directory to look at it; one that is not there is not made.
  ///
  /// - Throws: when it is not there or cannot be used, which the caller can mend.
  func openExisting(_ settings: Settings) throws(RunError) -> StateDirectory {
    do throws(StateDirectoryError) {
      return try StateDirectory(existing: path(settings))
    } catch {
      throw .state(error)
    }
  }

  /// What changed since the last run that was kept; `nil` where nobody kept one that we may read.
  func changes(of report: Report, _ settings: Settings) -> ReportChanges? {
    guard let directory = try? StateDirectory(existing: path(settings)),
      var history = (try? directory.history()) ?? nil, history.hasRuns
    else { return nil }
    return history.take(report.diagnosis, at: report.takenAt)
  }
}

extension RunError {
  /// 75 where another run has the directory, 3 where the disk does not take anything, else 64.
  static func state(_ error: StateDirectoryError) -> RunError {
    switch error {
    case .locked: RunError(status: tryLater, description: "\(error)")
    case .system(let cause) where cause.isOfTheDisk: .unknown("--state-directory: \(error)")
    default: .usage("--state-directory: \(error)")
    }
  }

  /// 3 where the disk does not take anything, else 64.
  static func unopened(_ error: SpoolError) -> RunError {
    switch error {
    case .full: .unknown("spool: \(error)")
    case .files(let cause) where cause.isOfTheDisk: .unknown("spool: \(error)")
    default: .usage("--state-directory: \(error)")
    }
  }
}
