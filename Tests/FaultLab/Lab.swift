import FoundationEssentials

/// One case's machine, network and directory.
///
/// Made for the case, and gone after it however it ends.
struct Lab: Sendable {
  let machine: Machine
  let namespaces: NetworkNamespaces
  /// An own directory, which everyone may enter.
  let directory: String

  /// Where the labs' directories are.
  private static let temporary = "/tmp"

  /// Once a process; what a killed run has left would only confuse people.
  private static let sweepOnce: Void = sweep()

  /// Makes a lab, hands it out, and takes it away.
  static func open<Outcome: Sendable>(
    _ body: @Sendable (Lab) async throws -> Outcome
  ) async throws -> Outcome {
    sweepOnce
    let name = LabName()
    let directory = "\(temporary)/\(name.stem)"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o755])
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let namespaces = NetworkNamespaces(name)
    defer { namespaces.remove() }
    try await namespaces.create()
    return try await Machine.running(on: namespaces.server) { machine in
      try await body(Lab(machine: machine, namespaces: namespaces, directory: directory))
    }
  }

  /// Takes one step of a case's preparation.
  func take(_ step: Step) async throws {
    switch step {
    case .start(let server):
      try await start(server)
    case .onMachine(let script):
      // Programs that are started here can take their time on a busy machine.
      try await succeed(
        machine.entering(["/bin/sh", "-ec", script, "sh", directory]), secondsLimit: 90)
    case .fromProber(let script, let arguments):
      try await succeed(NetworkNamespaces.entering(namespaces.prober, python(script, arguments)))
    }
  }

  /// Starts a server and waits until it listens.
  private func start(_ server: Server) async throws {
    let words: [String]
    switch server.program {
    case .nginx(let servers):
      try prepareNginx(servers: servers)
      words = ["/usr/sbin/nginx", "-p", directory, "-c", "nginx.conf"]
    case .python(let script, let arguments):
      words = python(script, arguments)
    }
    let namespace: String? =
      switch server.place {
      case .machine: nil
      case .elsewhere: namespaces.elsewhere
      case .prober: namespaces.prober
      }
    try await succeed(machine.entering(networkNamespace: namespace, words))
  }

  /// Words that run one of the lab's own scripts; `-B` as no compiled copy belongs into the
  /// sources.
  func python(_ script: String, _ arguments: [String]) -> [String] {
    ["/usr/bin/python3", "-B", "\(Layout.scripts)/\(script)"] + arguments
  }

  private func prepareNginx(servers: [[String]]) throws {
    let manager = FileManager.default
    try manager.createDirectory(atPath: "\(directory)/html", withIntermediateDirectories: true)
    try "<html><body>ok</body></html>\n".write(
      toFile: "\(directory)/html/index.html", atomically: false, encoding: .utf8)
    try Server.Program.configuration(servers: servers).write(
      toFile: "\(directory)/nginx.conf", atomically: false, encoding: .utf8)
  }

  /// Takes away what killed runs have left.
  static func sweep() {
    NetworkNamespaces.removeOfDeadRuns()
    for name in LabName.ofDeadRuns(in: temporary) {
      try? FileManager.default.removeItem(atPath: "\(temporary)/\(name)")
    }
  }
}
