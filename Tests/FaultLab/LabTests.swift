import FoundationEssentials
import Glibc
import Testing

extension HostLane {
  @Suite("The lab itself")
  struct LabTests {
    private struct Deliberate: Error {}

    @Test("leaves no namespace, process or directory behind when a case fails")
    func cleansUp() async throws {
      let left = Left()
      await #expect(throws: Deliberate.self) {
        try await Lab.open { lab in
          try await lab.take(.tcp("mute"))
          let servers = try await succeed(lab.machine.entering(["/usr/bin/pgrep", "-f", "tcp.py"]))
          #expect(!servers.isEmpty)
          await left.note(lab)
          throw Deliberate()
        }
      }
      let lab = try #require(await left.lab)
      #expect(!FileManager.default.fileExists(atPath: lab.directory))
      #expect(!FileManager.default.fileExists(atPath: "/run/netns/\(lab.namespaces.server)"))
      #expect(!FileManager.default.fileExists(atPath: "/run/netns/\(lab.namespaces.prober)"))
      let entered = try await finish(lab.machine.entering(["/bin/true"]))
      #expect(entered.status != 0, "the machine's first process is gone, and all others with it")
    }

    @Test("takes away what a dead run has left, and nothing of a living one")
    func sweeps() async throws {
      // The largest process id that the kernel gives out is 2^22.
      let dead = "clbt-lab-4194305-0-server"
      let living = "clbt-lab-\(getpid())-0-server"
      try await succeed(["/usr/sbin/ip", "netns", "add", dead])
      try await succeed(["/usr/sbin/ip", "netns", "add", living])
      Lab.sweep()
      #expect(!FileManager.default.fileExists(atPath: "/run/netns/\(dead)"))
      #expect(FileManager.default.fileExists(atPath: "/run/netns/\(living)"))
      try await succeed(["/usr/sbin/ip", "netns", "delete", living])
    }

    /// What the failing case saw.
    private actor Left {
      private(set) var lab: Lab?

      func note(_ lab: Lab) { self.lab = lab }
    }
  }
}
