import Glibc

/// Runs of `spool-torture`, which a test kills.
enum Torture {
  /// The program, beside the tests' own bundle.
  static var program: String? {
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
    let path = bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
    return access("\(path)/spool-torture", X_OK) == 0 ? "\(path)/spool-torture" : nil
  }

  struct Run {
    /// Lines of standard output.
    var lines: [String]
    /// As waitpid(2) has it.
    var status: Int32
    var wasKilled: Bool { status & 0x7F == SIGKILL }
  }

  /// Runs it, and kills it so many microseconds after it has begun; `nil` lets it end by itself.
  static func run(_ program: String, _ arguments: [String], killAfter: UInt32?) -> Run? {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    guard let process = spawn(program, arguments, output: ends[1]) else {
      close(ends[1])
      return nil
    }
    close(ends[1])
    var text: [UInt8] = []
    // The first line says that it has begun.
    while !text.contains(0x0A), take(ends[0], &text) {}
    if let killAfter {
      usleep(killAfter)
      kill(process, SIGKILL)
    }
    while take(ends[0], &text) {}
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
    return Run(lines: lines, status: status)
  }

  private static func spawn(_ program: String, _ arguments: [String], output: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    let words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process = pid_t()
    guard posix_spawn(&process, program, &actions, nil, words, environ) == 0 else { return nil }
    return process
  }

  private static func take(_ file: Int32, _ text: inout [UInt8]) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    var count = 0
    repeat { count = read(file, &buffer, buffer.count) } while count < 0 && errno == EINTR
    guard count > 0 else { return false }
    text += buffer[..<count]
    return true
  }
}
