import Subprocess

/// A command's end: how, and what it wrote.
struct Finished: Sendable {
  /// The exit status; 128 and the signal's number for one that a signal ended.
  var status: Int32
  var output: String
  var errors: String
  var duration: Duration

  /// Its lines of standard error that are not empty.
  var errorLines: [Substring] { errors.split(separator: "\n") }
}

/// A command that the lab needs ended badly.
struct CommandFailure: Error, CustomStringConvertible {
  var words: [String]
  var finished: Finished

  var description: String {
    "\(words.joined(separator: " ")): status \(finished.status): \(finished.errors)"
  }
}

/// Runs a command to its end, or for the time it may take.
///
/// The time limit is coreutils' `timeout`, which also ends what the command started in its process
/// group; the status is then 137.
func finish(
  _ words: [String], input: String = "", secondsLimit: Int = 20
) async throws -> Finished {
  let started = ContinuousClock.now
  let result = try await Subprocess.run(
    .name("timeout"), arguments: Arguments(["-s", "KILL", "\(secondsLimit)"] + words),
    input: .string(input), output: .string(limit: 16 << 20), error: .string(limit: 1 << 20))
  let status: Int32 =
    switch result.terminationStatus {
    case .exited(let code): code
    case .signaled(let signal): 128 + signal
    }
  return Finished(
    status: status, output: result.standardOutput, errors: result.standardError,
    duration: started.duration(to: .now))
}

/// Runs a command that must end with status 0, and gives its standard output.
@discardableResult
func succeed(
  _ words: [String], input: String = "", secondsLimit: Int = 20
) async throws -> String {
  let finished = try await finish(words, input: input, secondsLimit: secondsLimit)
  guard finished.status == 0 else { throw CommandFailure(words: words, finished: finished) }
  return finished.output
}
