import Subprocess

/// The server's side as a host of its own: a network, process and mount namespace.
///
/// So the agent sees the case's processes and no others, a file can be mounted over one of the
/// system's for one case, and everything the case started ends with the machine's first process,
/// which ends when its standard input does: with the case, or with this process.
struct Machine: Sendable {
  /// What the first process does: its own procfs and sysfs, and then nothing until its input ends.
  ///
  /// The kernel measures pressure for the whole host, and the tests that run beside this one are
  /// none of the case's business: so the machine is a calm one, unless the case says otherwise.
  private static let script = """
    read pid rest </proc/self/stat
    mount -t proc proc /proc
    mount -t sysfs sysfs /sys
    if mount -t tmpfs tmpfs /proc/pressure 2>/dev/null; then
      for kind in cpu memory io; do
        for who in some full; do echo "$who avg10=0.00 avg60=0.00 avg300=0.00 total=0"; done \
          >/proc/pressure/$kind
      done
    fi
    echo $pid
    exec cat
    """

  /// The first process, as seen from outside.
  private let firstProcess: Int32

  /// Words that run a command in the machine, or in its process and mount namespaces only but
  /// another network namespace.
  func entering(networkNamespace: String? = nil, _ words: [String]) -> [String] {
    let network = networkNamespace.map { "--net=/run/netns/\($0)" } ?? "--net"
    return ["/usr/bin/nsenter", "--target=\(firstProcess)", "--mount", "--pid", network] + words
  }

  /// Starts a machine on a network namespace, hands it out, and ends it.
  static func running<Outcome: Sendable>(
    on networkNamespace: String, _ body: @Sendable (Machine) async throws -> Outcome
  ) async throws -> Outcome {
    let words = NetworkNamespaces.entering(
      networkNamespace,
      [
        "/usr/bin/unshare", "--mount", "--pid", "--fork", "--kill-child", "/bin/sh", "-ec", script,
      ])
    let result = try await Subprocess.run(
      .name("env"), arguments: Arguments(words), input: .inputWriter, output: .sequence,
      error: .combinedWithOutput
    ) { execution in
      var lines = execution.standardOutput.strings().makeAsyncIterator()
      let line = try await lines.next() ?? ""
      guard let firstProcess = Int32(line.trimmingNewlines) else {
        throw MachineDidNotStart(said: line)
      }
      let outcome = await outcome(of: body, Machine(firstProcess: firstProcess))
      try await execution.standardInputWriter.finish()
      return outcome
    }
    return try result.closureResult.get()
  }

  /// The body's end as a value, so that the machine is ended in good order either way.
  private static func outcome<Outcome>(
    of body: @Sendable (Machine) async throws -> Outcome, _ machine: Machine
  ) async -> Result<Outcome, any Error> {
    do { return .success(try await body(machine)) } catch { return .failure(error) }
  }
}

/// The machine's first process ended at once.
struct MachineDidNotStart: Error {
  /// The first line it wrote.
  var said: String
}

extension String {
  fileprivate var trimmingNewlines: Substring { self[...].prefix { !$0.isNewline } }
}
