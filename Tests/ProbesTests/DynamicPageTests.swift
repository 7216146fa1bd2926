import Addressing
import LoadBalancer
import Testing

@testable import Probes

@Suite struct DynamicPageTests {
  struct Page: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// One answer each for the health check with HEAD and the two GETs.
    var answers: [HTTPResponse]
    var evidence: [String] = []
  }

  private static func answer(
    _ fields: [(String, String)], body: UInt64? = nil, status: Int = 200,
    headEnd: HTTPResponse.HeadEnd = .complete, bodyEnd: HTTPResponse.BodyEnd = .complete
  ) -> HTTPResponse {
    HTTPResponse(
      statusLine: "HTTP/1.1 \(status) Status", status: status,
      fields: fields.map { .init(name: $0.0, value: $0.1) }, headEnd: headEnd,
      bodyBytes: body == nil ? 0 : 10, bodyFingerprint: body, bodyEnd: body == nil ? nil : bodyEnd)
  }

  private static func same(_ fields: [(String, String)], bodies: (UInt64, UInt64) = (1, 1))
    -> [HTTPResponse]
  {
    [answer(fields), answer(fields, body: bodies.0), answer(fields, body: bodies.1)]
  }

  private static let modified = ("Last-Modified", "Fri, 13 Jun 2025 08:00:00 GMT")
  private static let etag = ("ETag", #""684bd7c0-16""#)

  static let pages = [
    Page(testDescription: "file of nginx or apache", answers: same([modified, etag])),
    Page(testDescription: "file with ETag alone", answers: same([etag])),
    Page(testDescription: "file with Last-Modified alone", answers: same([modified])),
    Page(testDescription: "constant answer of a Go program", answers: same([])),
    Page(
      testDescription: "file of Express",
      answers: same([("X-Powered-By", "Express"), modified, etag])
    ),
    Page(
      testDescription: "constant answer of Express",
      answers: same([("X-Powered-By", "Express"), ("ETag", #"W/"2-x""#)])),
    Page(
      testDescription: "file with a sticky-session cookie",
      answers: same([("Set-Cookie", "route=1"), modified, etag])),
    Page(
      testDescription: "file that was replaced between the requests",
      answers: [
        answer([modified]), answer([modified], body: 1),
        answer([("Last-Modified", "Fri, 13 Jun 2025 08:00:01 GMT")], body: 2),
      ]),
    Page(
      testDescription: "body that was cut short once",
      answers: [answer([]), answer([], body: 1), answer([], body: 2, bodyEnd: .timeLimit)]),
    Page(
      testDescription: "an error in between",
      answers: [answer([]), answer([], body: 1), answer([], body: 2, status: 503)]),
    Page(
      testDescription: "program's name in a head without end",
      answers: [answer([("X-Powered-By", "PHP/8.2")], headEnd: .timeLimit)]),
    Page(testDescription: "nothing", answers: []),
    Page(
      testDescription: "PHP with a session",
      answers: [answer([("set-cookie", "PHPSESSID=secret; path=/"), ("X-Powered-By", "PHP/8.2")])],
      evidence: [
        "health check (HEAD): set-cookie: PHPSESSID=…",
        "health check (HEAD): X-Powered-By: PHP/8.2",
      ]),
    Page(
      testDescription: "session behind an ETag that was computed",
      answers: [answer([]), answer([("Set-Cookie", "sid=1"), etag], body: 1)],
      evidence: ["GET 1: Set-Cookie: sid=…"]),
    Page(
      testDescription: "body with the time in it", answers: same([], bodies: (1, 2)),
      evidence: ["GET 1, GET 2: the bodies differ (10 and 10 bytes)"]),
    Page(
      testDescription: "other bodies with computed ETags",
      answers: [answer([]), answer([("ETag", "1")], body: 1), answer([("ETag", "2")], body: 2)],
      evidence: ["GET 1, GET 2: the bodies differ (10 and 10 bytes)"]),
    Page(
      testDescription: "other bodies under the same time of a file",
      answers: same([modified], bodies: (1, 2)),
      evidence: ["GET 1, GET 2: the bodies differ (10 and 10 bytes)"]),
  ]

  @Test("recognises", arguments: pages)
  func recognises(_ page: Page) {
    let exchanges = page.answers.enumerated().map { index, response in
      ProbeExchange(
        purpose: index == 0 ? .healthCheck : .repeatedGet,
        request: request(80, index == 0 ? .head : .get), outcome: .response(response),
        timing: ProbeTiming(totalMicroseconds: 0))
    }
    let evidence = DynamicPage(recognizing: exchanges)?.evidence.map {
      "\($0.exchange): \($0.text)"
    }
    #expect(evidence ?? [] == page.evidence)
  }
}
