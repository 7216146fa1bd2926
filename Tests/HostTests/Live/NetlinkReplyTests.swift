import TestSupport
import Testing

@testable import Host

@Suite("A netlink reply")
struct NetlinkReplyTests {
  /// One message with its header, padded.
  private func message(
    _ type: UInt16, _ payload: [UInt8], flags: UInt16 = 2, sequence: UInt32 = 1
  ) -> [UInt8] {
    let bytes = NetlinkFraming.message(
      type: type, flags: flags, sequence: sequence, payload: payload)
    return bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
  }

  private let done: [UInt8] = NetlinkFraming.message(
    type: 3, flags: 2, sequence: 1, payload: [0, 0, 0, 0])

  @Test("is whole when the kernel says it is done")
  func whole() throws {
    var reply = NetlinkReply(sequence: 1, isDump: true)
    try reply.take(message(20, [1, 2, 3, 4, 5]) + message(20, []))
    #expect(!reply.isComplete)
    try reply.take(done)
    #expect(reply.isComplete)
    #expect(reply.messages.map(\.payload) == [[1, 2, 3, 4, 5], []])
  }

  @Test("leaves out what answers another question")
  func otherSequence() throws {
    var reply = NetlinkReply(sequence: 1, isDump: true)
    try reply.take(message(20, [9], sequence: 2) + done)
    #expect(reply.messages.isEmpty && reply.isComplete)
  }

  @Test("that changed under the dump is not trusted")
  func interrupted() {
    var reply = NetlinkReply(sequence: 1, isDump: true)
    #expect(throws: NetlinkError.interrupted) { try reply.take(message(20, [], flags: 0x12)) }
  }

  @Test(
    "that changed under the dump is asked for again, three times in all",
    arguments: [(0, 1), (1, 2), (2, 3), (3, 3), (9, 3)])
  func repeated(interruptions: Int, attempts: Int) {
    var made = 0
    let answer = Result { () throws(NetlinkError) -> Int in
      try NetlinkSocket.repeatingInterrupted { () throws(NetlinkError) -> Int in
        made += 1
        guard made > interruptions else { throw .interrupted }
        return 7
      }
    }
    #expect(made == attempts)
    #expect(answer == (interruptions < 3 ? .success(7) : .failure(.interrupted)))
  }

  @Test("that fails for another reason is not asked for again")
  func notRepeated() {
    var made = 0
    #expect(throws: NetlinkError.answered(1)) {
      try NetlinkSocket.repeatingInterrupted { () throws(NetlinkError) in
        made += 1
        throw .answered(1)
      }
    }
    #expect(made == 1)
  }

  @Test("passes the kernel's error on")
  func kernelError() {
    var reply = NetlinkReply(sequence: 1, isDump: true)
    #expect(throws: NetlinkError.answered(1)) {
      try reply.take(message(2, [0xFF, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 16)))
    }
  }

  @Test(
    "with a length that does not fit is refused",
    arguments: [
      [], [1], [UInt8](repeating: 0, count: 16), [UInt8](repeating: 0xFF, count: 16),
      [15, 0, 0, 0] + [UInt8](repeating: 0, count: 12),
      [17, 0, 0, 0] + [UInt8](repeating: 0, count: 12),
    ] as [[UInt8]])
  func badLength(datagram: [UInt8]) {
    var reply = NetlinkReply(sequence: 1, isDump: true)
    #expect(throws: NetlinkError.self) { try reply.take(datagram) }
  }

  @Test("that is cut anywhere, or random, never traps")
  func hostile() {
    let whole = message(20, [1, 2, 3, 4, 5]) + done
    for length in whole.indices {
      var reply = NetlinkReply(sequence: 1, isDump: true)
      try? reply.take(Array(whole[..<length]))
    }
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<20_000 {
      var reply = NetlinkReply(sequence: 1, isDump: true)
      let count = Int.random(in: 0..<64, using: &generator)
      try? reply.take((0..<count).map { _ in UInt8.random(in: 0...40, using: &generator) })
    }
  }
}
