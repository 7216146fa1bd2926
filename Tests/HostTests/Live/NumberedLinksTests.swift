import Glibc
import Testing

@testable import Host

@Suite("Links by their numbers")
struct NumberedLinksTests {
  /// What a search through the descriptors of a process finds.
  private func found(
    in process: String, _ numbers: Range<Int>, to targets: Set<String>, countsDescriptors: Bool
  ) throws -> [Int: String] {
    let directory = open("/proc/\(process)/fd", O_RDONLY | O_DIRECTORY)
    try #require(directory >= 0)
    defer { close(directory) }
    return try NumberedLinks(targets, countsDescriptors: countsDescriptors)
      .read(in: directory, numbers).get()
  }

  @Test("are found whether the kernel counts descriptors or not", arguments: [true, false])
  func ownProcess(countsDescriptors: Bool) throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    let copy = fcntl(socket, F_DUPFD, 900)
    defer { close(copy) }
    let target = try readLinkTarget("/proc/self/fd/\(socket)", in: AT_FDCWD).get()
    for numbers in [0..<1000, 0..<100_000] {
      // Other tests open and close descriptors of this process, which can end a search early.
      var links: [Int: String] = [:]
      for _ in 0..<50 where links.count < 2 {
        links = try found(in: "self", numbers, to: [target], countsDescriptors: countsDescriptors)
      }
      #expect(links == [Int(socket): target, Int(copy): target])
    }
  }

  @Test(
    "of a thread of the kernel are none", .enabled(if: access("/proc/2/fd", R_OK) == 0),
    arguments: [true, false])
  func kernelThread(countsDescriptors: Bool) throws {
    let links = try found(
      in: "2", 0..<32, to: ["/dev/null"], countsDescriptors: countsDescriptors)
    #expect(links.isEmpty)
  }
}
