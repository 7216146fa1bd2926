import Delivery
import Glibc
import Testing

/// One run of Debian's real cron, in a namespace whose `/etc/cron.d` holds these tests' files alone.
///
/// cron looks at the clock once a minute, so every case is in that one run.
@Suite(
  "The file of cron", .timeLimit(.minutes(3)),
  .enabled(
    if: geteuid() == 0 && DebianTool.has("cron", "unshare", "mount"), "needs root, cron and unshare"
  ))
struct CronTests {
  /// A job that writes down what it was started with, and the file that names it.
  private struct Case {
    var name: String
    var directory = "bin"
    var config = "/etc/clb-agent.yaml"
    var user = "root"
    var isRun = true
    var mode: mode_t = 0o644
    var owner: uid_t = 0
    var change: @Sendable (String) -> String = { $0 }
  }

  private static let cases = [
    Case(name: "clb-agent"),
    Case(name: "other-user", user: "daemon"),
    // What would end the command, the word or the line if it was not escaped.
    Case(name: "hostile", directory: "a b;c/50%/%d", config: "/etc/\"q\"/it's/$HOME/100%;x"),
    Case(name: "symlinked"),
    Case(name: "dotted.cron", isRun: false),
    Case(name: "no-newline", isRun: false) { String($0.dropLast()) },
    Case(name: "writable", isRun: false, mode: 0o664),
    Case(name: "foreign", isRun: false, owner: 1),
    Case(name: "unknown-user", user: "nobody-here", isRun: false),
    // What an unescaped "%" does: the shell sees an open quote.
    Case(name: "bare-percent", directory: "50%", isRun: false) { $0.replacing("\\%", with: "%") },
  ]

  /// Writes its arguments, user and environment to a file named for it, which appears whole.
  private static func recorder(_ name: String, _ root: TemporaryRoot) -> String {
    """
    #!/bin/sh
    { for word; do echo "arg=$word"; done; echo "uid=$(id -u)"; echo "path=$PATH"; } >\(root.path)/out/.\(name)
    mv \(root.path)/out/.\(name) \(root.path)/out/\(name)
    """
  }

  @Test("is run as it stands by a real cron, and each rule of cron's matters")
  func realCron() async throws {
    let root = try TemporaryRoot()
    for directory in ["out", "cron.d", "empty"] { root.makeDirectory(directory) }
    chmod("\(root.path)/out", 0o777)
    for one in Self.cases { try Self.prepare(one, in: root) }
    symlink("\(root.path)/kept", "\(root.path)/cron.d/symlinked")
    try root.write("crontab", "")
    let expected = Self.cases.filter(\.isRun).map(\.name).sorted()
    let script = """
      set -e
      mount -t tmpfs none /run
      mount --bind \(root.path)/cron.d /etc/cron.d
      mount --bind \(root.path)/empty /var/spool/cron
      mount --bind \(root.path)/crontab /etc/crontab
      \(DebianTool.path("cron") ?? "cron") -f &
      for tick in $(seq 900); do
        here=yes
        for name in \(expected.joined(separator: " ")); do test -e \(root.path)/out/$name || here=no; done
        test $here = no || break
        sleep 0.1
      done
      sleep 1
      """
    let run = try await DebianTool.run(
      "unshare",
      ["--mount", "--pid", "--fork", "--mount-proc", "--kill-child", "sh", "-c", script])
    #expect(run.status == 0, "\(run.errors)")
    #expect(root.entries(below: "out").map { String($0.dropFirst(4)) }.sorted() == expected)
    for one in Self.cases where one.isRun {
      let lines = try #require(root.text("out/\(one.name)"), "\(one.name)").split(separator: "\n")
      let words = ["inspect", "--config", one.config, "--ship", "--quiet", "--spread", "48"]
      #expect(
        lines.map(String.init) == words.map { "arg=\($0)" } + [
          "uid=\(one.user == "root" ? 0 : 1)",
          "path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ])
    }
  }

  private static func prepare(_ one: Case, in root: TemporaryRoot) throws {
    let program = "\(one.directory)/\(one.name)"
    try root.write(program, recorder(one.name, root), mode: 0o755)
    let minute = try #require(ScheduleInterval(parsing: "1m"))
    let job = try ScheduledJob(
      program: "\(root.path)/\(program)", user: one.user, interval: minute,
      config: one.config)
    let text = try #require(Schedule(job, kind: .cron).files.first?.text)
    let file = one.name == "symlinked" ? "kept" : "cron.d/\(one.name)"
    try root.write(file, one.change(text), mode: one.mode)
    chown("\(root.path)/\(file)", one.owner, 0)
  }

  @Test("does nothing once the program is gone, and says nothing either")
  func gone() async throws {
    let job = try ScheduledJob(program: "/nowhere/clb-agent")
    let text = try #require(Schedule(job, kind: .cron).files.first?.text)
    let line = try #require(text.split(separator: "\n").last)
    let command = line.split(separator: " ", maxSplits: 6).last.map(String.init) ?? ""
    let run = try await DebianTool.run("sh", ["-c", command])
    #expect(run.output + run.errors == "")
  }

  @Test("is this, byte for byte")
  func golden() throws {
    let job = try ScheduledJob(program: "/usr/bin/clb-agent")
    #expect(
      Schedule(job, kind: .cron).files.map(\.text) == [
        """
        # Made by "clb-agent schedule install"; "clb-agent schedule remove" removes it.
        # An inspection each 5m, its report stored and sent. --spread lets each host begin at a second
        # of its own, so that a fleet does not report at once. It prints, and cron mails, only what has changed.
        SHELL=/bin/sh
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
        */5 * * * * root test -x /usr/bin/clb-agent && exec /usr/bin/clb-agent inspect --ship --quiet --spread 240

        """
      ])
  }
}
