import ArgumentParser
import Delivery
import Host

/// Below which root a schedule is installed.
struct SchedulePlace: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Work on the files below this directory, as of an image; no command is run.",
      valueName: "directory"), completion: .directory)
  var root: String?

  var installer: ScheduleInstaller<LiveDoor> {
    ScheduleInstaller(root.map(LiveDoor.init(root:)) ?? LiveDoor(), root: root)
  }

  /// Does something with the installer, and waits for its end.
  func wait<Value: Sendable>(
    _ work:
      @escaping @Sendable (ScheduleInstaller<LiveDoor>) async throws(ScheduleError) -> Value
  ) throws(ScheduleError) -> Value {
    let installer = installer
    let result = blocking { () async -> Result<Value, ScheduleError> in
      do throws(ScheduleError) {
        return .success(try await work(installer))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}

extension RunError {
  /// Does something, and tells its error as the run's.
  static func rethrowing<Value>(
    _ work: () throws(ScheduleError) -> Value
  ) throws(RunError) -> Value {
    do throws(ScheduleError) {
      return try work()
    } catch {
      throw error.isUsage ? .usage("\(error)") : .unknown("\(error)")
    }
  }
}
