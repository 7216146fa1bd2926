import Addressing
import LoadBalancer
import Testing
import TestSupport

@testable import Probes

/// gRPC calls: what real servers answered, and what hostile ones do.
@Suite(.timeLimit(.minutes(5)))
struct GRPCCallTests {
  /// What grpcio 1.51.1 of Debian 12 sent, its core being gRPC's C library: the server's SETTINGS and what is
  /// of the connection, then the answer.
  private static let preface =
    "0000180400000000000004003fffff0005003fffff000600002000fe0300000001000004080000000000"
    + "003f00000000000401000000000000040800000000000000000500000806000000000000000000000000"
    + "00"
  private static let answers = [
    Answer(
      testDescription: "a method that is not there",
      hex:
        "00005001050000000188400c636f6e74656e742d74797065106170706c69636174696f6e2f6772706340"
        + "0b677270632d737461747573023132000c677270632d6d657373616765114d6574686f64206e6f742066"
        + "6f756e6421",
      status: 12, message: "Method not found!"),
    Answer(
      testDescription: "a caller that is not known",
      hex:
        "00004b01050000000188400c636f6e74656e742d74797065106170706c69636174696f6e2f6772706300"
        + "0b677270632d737461747573023136000c677270632d6d6573736167650c77686f2061726520796f753f",
      status: 16, message: "who are you?"),
    Answer(
      testDescription: "an answer with a message and trailers",
      hex:
        "00004e01040000000188400c636f6e74656e742d74797065106170706c69636174696f6e2f6772706340"
        + "14677270632d6163636570742d656e636f64696e67176964656e746974792c206465666c6174652c2067"
        + "7a6970000005000000000001000000000000000f010500000001400b677270632d7374617475730130",
      status: 0, message: nil),
  ]

  struct Answer: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var hex: String
    var status: Int
    var message: String?
  }

  private func call() -> GRPCCall {
    GRPCCall(.init(authority: "10.0.0.5:50051", path: "/"), isSecure: false)
  }

  @Test("reads real servers' answers, however they are cut", arguments: answers)
  func real(_ answer: Answer) {
    let whole = bytes(Self.preface + answer.hex)
    for step in [1, 2, 7, 64, whole.count] {
      var call = call()
      _ = call.takeOutgoing()
      for start in stride(from: 0, to: whole.count, by: step) {
        #expect(call.result == nil)
        call.receive(Array(whole[start..<min(start + step, whole.count)]))
      }
      #expect(
        call.result
          == .answered(
            GRPCResponse(
              httpStatus: 200, status: answer.status, message: answer.message,
              contentType: "application/grpc")))
      // The server's SETTINGS and PING are acknowledged.
      let sent = call.takeOutgoing()
      #expect(
        sent == bytes("000000040100000000" + "0000080601000000000000000000000000"))
    }
  }

  @Test("sends the preface, SETTINGS, the head and an empty message")
  func request() {
    var call = call()
    let sent = call.takeOutgoing()
    let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    let settings = bytes("000006040000000000" + "000200000000")
    #expect(sent.starts(with: preface + settings))
    #expect(sent.suffix(14).elementsEqual(bytes("0000050001000000010000000000")))
    let head = sent.dropFirst(preface.count + settings.count).dropLast(14)
    #expect(head.prefix(9).dropFirst(3).elementsEqual([1, 4, 0, 0, 0, 1]))
    var decoder = HPACKDecoder()
    let fields = try? decoder.fields(of: Array(head.dropFirst(9)))
    #expect(
      fields?.map { "\($0.name): \($0.value)" } == [
        ":method: POST", ":scheme: http", ":path: /", ":authority: 10.0.0.5:50051", "te: trailers",
        "content-type: application/grpc", "user-agent: clb-healthcheck",
      ])
    let rest = call.takeOutgoing()
    #expect(rest.isEmpty)
  }

  @Test("a path longer than 127 bytes is told by its length")
  func longPath() {
    let path = "/" + String(repeating: "a", count: 199)
    var call = GRPCCall(.init(authority: "a", path: path), isSecure: true)
    let sent = call.takeOutgoing().dropFirst(24 + 15 + 9).dropLast(14)
    var decoder = HPACKDecoder()
    let fields = try? decoder.fields(of: Array(sent))
    #expect(fields?.first { $0.name == ":path" }?.value == path)
    #expect(fields?.first { $0.name == ":scheme" }?.value == "https")
  }

  @Test(
    "a server that breaks off says why",
    arguments: [
      ("00000403000000000100000002", "INTERNAL_ERROR"),
      ("0000080700000000000000000000000001", "PROTOCOL_ERROR"),
      ("0000080700000000000000000000000000", "NO_ERROR"),
      ("000403" + "01" + "08" + "00000001" + "ff", ""),
      ("00000205" + "04" + "00000001" + "0000", "pushes"),
      ("000001" + "09" + "04" + "00000001" + "82", "none"),
      ("000001" + "01" + "00" + "00000001" + "82" + "000000040000000000", "broke off"),
      ("000001" + "01" + "05" + "00000001" + "80", "HPACK"),
      ("000001" + "01" + "0d" + "00000001" + "05", "padded"),
      ("004001" + "00" + "00" + "00000001", "16 KiB"),
    ])
  func broken(hex: String, why: String) {
    var call = call()
    call.receive(bytes(Self.preface + hex))
    guard why != "" else {
      #expect(call.result == nil)
      return
    }
    guard case .failed(let reason) = call.result else {
      Issue.record("\(String(describing: call.result))")
      return
    }
    #expect(reason.contains(why))
  }

  @Test("HTTP/2 without gRPC ends with its head")
  func foreign() {
    var call = call()
    // An interim 103, then 404 with an index of the static table.
    call.receive(bytes(Self.preface + "00000501040000000108" + "03313033"))
    #expect(call.result == nil)
    call.receive(bytes("0000010104000000018d"))
    #expect(call.result == .answered(GRPCResponse(httpStatus: 404)))
  }

  @Test("endless heads, frames and settings are bounded")
  func floods() {
    var heads = call()
    heads.receive(bytes(Self.preface + "000001010000000001" + "00"))
    let piece = bytes("004000090000000001") + [UInt8](repeating: 0, count: 16 * 1024)
    for _ in 0..<5 { heads.receive(piece) }
    #expect(heads.result == .failed("the server sent a head of more than 64 KiB"))
    var settings = call()
    let empty = bytes("000000040000000000")
    for _ in 0..<1001 { settings.receive(empty) }
    #expect(settings.result == .failed("the server sent 1000 frames and no answer"))
    #expect(settings.outgoing.count < 16 * 1024)
  }

  @Test("any bytes behind a real preface are borne")
  func random() {
    var generator = SeededGenerator(seed: 11)
    for round in 0..<3000 {
      var call = call()
      var all = bytes(Self.preface + Self.answers[round % 3].hex)
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let index = Int.random(in: all.indices, using: &generator)
        all[index] = UInt8.random(in: 0...255, using: &generator)
      }
      call.receive(all)
      _ = call.takeOutgoing()
    }
  }
}
