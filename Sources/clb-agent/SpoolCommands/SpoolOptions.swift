import ArgumentParser
import Delivery
import Settings

/// Which spool is looked at.
struct SpoolOptions: ParsableArguments {
  @OptionGroup(title: "Settings") var configOptions: ConfigOptions
  @OptionGroup(title: "State") var state: StateOptions

  /// Opens the spool, and says which queues the settings have.
  func open() throws -> (spool: Spool, queues: [QueueName], directory: StateDirectory) {
    let settings = try configOptions.file(readsStandard: true).settings
    let directory = try state.openExisting(settings)
    let queues = settings.namedReceivers.flatMap(\.queues)
    return (Spool(directory.files, limits: settings.spool.limits), queues, directory)
  }
}

/// Runs what reads or changes the spool.
///
/// - Throws: 3 when the spool cannot be read or changed.
func spooling<Value>(_ work: () throws(SpoolError) -> Value) throws(RunError) -> Value {
  do throws(SpoolError) {
    return try work()
  } catch {
    throw .unknown("spool: \(error)")
  }
}
