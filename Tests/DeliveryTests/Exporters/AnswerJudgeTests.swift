import Probes
import Reporting
import Testing
import TestSupport

@testable import Delivery

@Suite("Judging an answer")
struct AnswerJudgeTests {
  private static let now = Timestamp(secondsSinceEpoch: 784_111_777)

  private func outcome(
    _ status: Int, _ fields: [HTTPResponse.Field] = [], body: [UInt8] = [],
    headEnd: HTTPResponse.HeadEnd = .complete, bodyEnd: HTTPResponse.BodyEnd? = .complete,
    signal: QueueName.Signal = .logs, encoding: OTLPReceiver.Encoding = .protobuf
  ) -> DeliveryOutcome {
    let response = HTTPResponse(
      statusLine: "HTTP/1.1 \(status) Words", status: status, fields: fields, headEnd: headEnd,
      bodyEnd: bodyEnd)
    return AnswerJudge(reading: .otlp(signal, encoding), now: Self.now)
      .outcome(of: .response(response, body: body))
  }

  private static let json = HTTPResponse.Field(name: "Content-Type", value: "application/json")
  private static let protobuf = HTTPResponse.Field(
    name: "content-type", value: "application/x-protobuf")

  @Test(
    "reports go again only where the specification says so",
    arguments: [429, 502, 503, 504])
  func postponed(status: Int) {
    #expect(
      outcome(status)
        == .postponed(reason: "the receiver answered \(status) Words", afterSeconds: nil))
  }

  @Test(
    "a request is given up where the specification calls it permanent, 500 too",
    arguments: [400, 402, 406, 408, 410, 413, 414, 422, 431, 500, 501, 505, 511, 599])
  func refused(status: Int) {
    #expect(outcome(status) == .refused(reason: "the receiver answered \(status) Words"))
  }

  @Test(
    "the settings are blamed where they are at fault",
    arguments: [
      (301, "url"), (302, "url"), (307, "url"), (308, "url"), (401, "headerFiles"),
      (403, "headerFiles"), (404, "url"), (405, "url"), (415, "encoding"),
    ])
  func misconfigured(status: Int, key: String) {
    guard case .misconfigured(key, let reason) = outcome(status) else {
      Issue.record("\(outcome(status))")
      return
    }
    #expect(reason.contains("\(status) Words"))
  }

  @Test(
    "Retry-After is heeded in both its forms, and ignored in any other",
    arguments: [
      ("120", 120), ("0", 0), ("99999999999999999999", 86_400), ("86401", 86_400),
      ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:59:37 GMT", 600),
      ("Sun, 06 Nov 1994 08:39:37 GMT", 0), ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
      ("", nil), ("-1", nil), ("1.5", nil), ("+5", nil), ("soon", nil), ("5 seconds", nil),
      ("Sun, 32 Nov 1994 08:49:37 GMT", nil), ("Sun, 06 Nov 1994 08:49:37", nil),
      ("Sunday, 06-Nov-94 08:49:37 GMT", nil), ("Sun, 06 Foo 1994 08:49:37 GMT", nil),
      ("Sun, 06 Nov 1994 8:49:37 GMT", nil), ("Sun Nov  6 08:49:37 1994", nil),
    ] as [(String, Int?)])
  func retryAfter(text: String, seconds: Int?) {
    for status in [429, 503] {
      guard
        case .postponed(_, let after) = outcome(status, [.init(name: "retry-after", value: text)])
      else {
        Issue.record("not postponed")
        return
      }
      #expect(after == seconds)
    }
  }

  @Test("each of the forms in which receivers say nothing is a delivery")
  func emptyForms() {
    #expect(outcome(200) == .delivered(warning: nil))
    #expect(outcome(200, bodyEnd: nil) == .delivered(warning: nil))
    for text in ["{}", "{\"partialSuccess\":null}", "{\"partialSuccess\":{}}"] {
      #expect(outcome(200, [Self.json], body: Array(text.utf8)) == .delivered(warning: nil))
      #expect(
        outcome(200, body: Array(text.utf8), encoding: .json) == .delivered(warning: nil))
    }
    #expect(outcome(200, [Self.protobuf], body: [0x0A, 0]) == .delivered(warning: nil))
    #expect(outcome(202) == .delivered(warning: nil))
    #expect(outcome(204, bodyEnd: nil) == .delivered(warning: nil))
  }

  @Test(
    "what a receiver claims to have rejected is counted as far as any request goes",
    arguments: ["9223372036854775807", "-9223372036854775808", "99999999999999999999"])
  func absurdClaim(digits: String) {
    let text =
      "{\"partialSuccess\":{\"rejectedLogRecords\":\"\(digits)\",\"errorMessage\":\"old\"}}"
    let found = outcome(200, [Self.json], body: Array(text.utf8))
    #expect(
      found == .partlyRejected(count: 1 << 20, reason: "old") || found == .delivered(warning: "old")
    )
    let most: [UInt8] =
      [0x0A, 10, 0x08] + [UInt8](repeating: 0xFF, count: 8) + [0x7F]
    #expect(
      outcome(200, [Self.protobuf], body: most)
        == .partlyRejected(count: 1 << 20, reason: "no reason given"))
  }

  @Test("a partial success is counted and not sent again, in either encoding")
  func partialSuccess() {
    let bytes: [UInt8] = [0x0A, 7, 0x08, 3, 0x12, 3, 0x6F, 0x6C, 0x64]
    #expect(
      outcome(200, [Self.protobuf], body: bytes) == .partlyRejected(count: 3, reason: "old"))
    for text in [
      #"{"partialSuccess":{"rejectedLogRecords":"3","errorMessage":"old"}}"#,
      #"{"partialSuccess":{"rejectedLogRecords":3,"errorMessage":"old","other":[1]}}"#,
    ] {
      #expect(
        outcome(200, [Self.json], body: Array(text.utf8))
          == .partlyRejected(count: 3, reason: "old"))
      // Of metrics it would be another member.
      #expect(
        outcome(200, [Self.json], body: Array(text.utf8), signal: .metrics)
          == .delivered(warning: "old"))
    }
    let points = #"{"partialSuccess":{"rejectedDataPoints":"1"}}"#
    #expect(
      outcome(200, [Self.json], body: Array(points.utf8), signal: .metrics)
        == .partlyRejected(count: 1, reason: "no reason given"))
    #expect(
      outcome(200, [Self.protobuf], body: [0x0A, 4, 0x12, 2, 0x68, 0x1B])
        == .delivered(warning: "h\\u{1b}"))
  }

  @Test(
    "a body that is no answer is a delivery with a warning: the status has said enough",
    arguments: [
      (Self.json, Array("<html>".utf8)), (Self.json, [0xFF, 0xFE]), (Self.protobuf, [0x0A, 9]),
      (Self.json, Array("[]".utf8)), (Self.json, Array("{}{}".utf8)),
      (.init(name: "Content-Type", value: "text/html"), Array("<html>login</html>".utf8)),
    ] as [(HTTPResponse.Field, [UInt8])])
  func garbage(type: HTTPResponse.Field, body: [UInt8]) {
    guard case .delivered(let warning?) = outcome(200, [type], body: body) else {
      Issue.record("\(outcome(200, [type], body: body))")
      return
    }
    #expect(warning.contains("no answer of OTLP"))
  }

  @Test(
    "a body that is cut off is a delivery with a warning too",
    arguments: [HTTPResponse.BodyEnd.timeLimit, .oversized, .connectionEnd, .malformed])
  func cutBody(end: HTTPResponse.BodyEnd) {
    guard case .delivered(.some) = outcome(200, [Self.json], body: [0x7B], bodyEnd: end) else {
      Issue.record("not delivered")
      return
    }
  }

  @Test(
    "a head that is cut off is no answer",
    arguments: [HTTPResponse.HeadEnd.timeLimit, .oversized, .connectionEnd, .malformed])
  func cutHead(end: HTTPResponse.HeadEnd) {
    guard case .postponed = outcome(200, headEnd: end, bodyEnd: nil) else {
      Issue.record("not postponed")
      return
    }
  }

  @Test("what the receiver says of its reason is shown in one harmless line")
  func reasons() {
    let text = #"{"code":3,"message":"too\n\u001b[31mold"}"#
    #expect(
      outcome(400, [Self.json], body: Array(text.utf8))
        == .refused(reason: "the receiver answered 400 Words: too"))
    #expect(
      outcome(503, [Self.protobuf], body: [0x08, 14, 0x12, 4, 0x62, 0x75, 0x73, 0x79])
        == .postponed(reason: "the receiver answered 503 Words: busy", afterSeconds: nil))
    let long = Array(String(repeating: "x", count: 5000).utf8)
    guard case .refused(let reason) = outcome(400, body: long) else { return }
    #expect(reason.utf8.count < 300)
  }

  @Test("nginx's words for a certificate and a scheme are understood")
  func nginx() {
    func page(_ text: String) -> DeliveryOutcome { outcome(400, body: Array(text.utf8)) }
    guard
      case .misconfigured("certificate", _) = page(
        "<html>\r\n<head><title>400 No required SSL certificate was sent</title></head>"),
      case .misconfigured("certificate", _) = page("<title>400 The SSL certificate error</title>"),
      case .misconfigured("url", _) = page(
        "<title>400 The plain HTTP request was sent to HTTPS port</title>")
    else {
      Issue.record("not understood")
      return
    }
  }

  @Test("any bytes as an answer never trap, and every truncation of a real one is a delivery")
  func hostileBodies() {
    var generator = SeededGenerator(seed: 7)
    for round in 0..<20_000 {
      let body = (0..<Int.random(in: 0..<60, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let type = round % 2 == 0 ? Self.json : Self.protobuf
      _ = outcome(200, [type], body: body)
      _ = outcome(400, [type], body: body)
    }
    let real = Array(#"{"partialSuccess":{"errorMessage":"a\u00e4\n"}}"#.utf8)
    for count in 0...real.count {
      guard case .delivered = outcome(200, [Self.json], body: Array(real.prefix(count))) else {
        Issue.record("cut at \(count)")
        return
      }
    }
  }

  @Test("a webhook's body is nobody's business, and its statuses are the same")
  func webhook() {
    let judge = AnswerJudge(reading: .ignored, now: Self.now)
    let response = HTTPResponse(
      statusLine: "HTTP/1.1 202 Accepted", status: 202, bodyEnd: .timeLimit)
    #expect(
      judge.outcome(of: .response(response, body: [0xFF])) == .delivered(warning: nil))
  }
}
