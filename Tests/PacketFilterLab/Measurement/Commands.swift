import Subprocess

/// A command that the lab needs ended badly.
struct CommandFailure: Error, CustomStringConvertible {
  var words: [String]
  var status: String
  var errors: String

  var description: String { "\(words.joined(separator: " ")): \(status): \(errors)" }
}

/// Runs a command that must end with status 0 within its time, and gives its standard output.
func succeed(_ words: [String], input: String, secondsLimit: Int = 60) async throws -> String {
  let result = try await Subprocess.run(
    .name("timeout"), arguments: Arguments(["-s", "KILL", "\(secondsLimit)"] + words),
    input: .string(input), output: .string(limit: 64 << 20), error: .string(limit: 1 << 20))
  guard result.terminationStatus.isSuccess else {
    throw CommandFailure(
      words: words, status: "\(result.terminationStatus)", errors: result.standardError)
  }
  return result.standardOutput
}
