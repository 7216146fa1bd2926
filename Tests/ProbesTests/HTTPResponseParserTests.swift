import LoadBalancer
import TestSupport
import Testing

@testable import Probes

@Suite struct HTTPResponseParserTests {
  /// Chunks with all that the grammar allows, and no server sends: an extension, white space, a trailer.
  static let chunks = Array(
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5;a=b\r\nhello\r\n6 \r\n world\r\n0\r\nT: x\r\n\r\n"
      .utf8)

  private func parse(
    _ pieces: [ArraySlice<UInt8>], _ method: HTTPCheckMethod = .get, end: ConnectionEnd = .closed
  ) -> HTTPResponseParser.Result? {
    var parser = HTTPResponseParser(method: method)
    for piece in pieces { parser.receive(piece) }
    parser.connectionEnded(end)
    return parser.result
  }

  private func response(_ text: String, _ method: HTTPCheckMethod = .get) -> HTTPResponse? {
    guard case .response(let response) = parse([Array(text.utf8)[...]], method) else { return nil }
    return response
  }

  @Test("takes 1xx for the answer of a check, and passes over it where a request has a body")
  func interim() {
    let text =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx"
    #expect(response(text)?.status == 100)
    var parser = HTTPResponseParser(method: .get, keptBodyLimit: 8, interimResponses: .skipped)
    parser.receive(text.utf8)
    parser.connectionEnded(.closed)
    guard case .response(let response)? = parser.result else {
      Issue.record("expected a response")
      return
    }
    #expect(response.status == 200 && response.fields.isEmpty)
    #expect(parser.keptBody == Array("x".utf8))
    // What switches protocols is final, for nothing of HTTP follows.
    var switching = HTTPResponseParser(method: .get, interimResponses: .skipped)
    switching.receive("HTTP/1.1 101 Switching\r\n\r\n".utf8)
    switching.connectionEnded(.closed)
    guard case .response(let final)? = switching.result else { return }
    #expect(final.status == 101)
  }

  @Test("reads a real response whole")
  func whole() throws {
    guard case .response(let response) = parse([RecordedResponse.nginx.bytes[...]]) else {
      Issue.record("expected a response")
      return
    }
    #expect(response.statusLine == "HTTP/1.1 200 OK")
    #expect(response.status == 200)
    #expect(response.fields.count == 9)
    #expect(response.fields.first == .init(name: "Server", value: "nginx/1.22.1"))
    #expect(response.field("etag") == #""6b011cb2-16""#)
    #expect(response.headEnd == .complete)
    #expect(response.bodyBytes == 22)
    #expect(response.bodyEnd == .complete)
  }

  @Test("cutting at any byte changes nothing", arguments: RecordedResponse.all)
  func pieces(_ recorded: RecordedResponse) {
    let bytes = recorded.bytes
    let whole = parse([bytes[...]])
    for cut in bytes.indices { #expect(parse([bytes[..<cut], bytes[cut...]]) == whole) }
    #expect(parse(bytes.indices.map { bytes[$0...$0] }) == whole)
  }

  @Test("every truncation has the result of the part that came", arguments: RecordedResponse.http)
  func truncation(_ recorded: RecordedResponse) throws {
    let bytes = recorded.bytes
    let statusEnd = try #require(bytes.firstIndex(of: UInt8(ascii: "\n")))
    for count in bytes.indices {
      let result = parse([bytes[..<count]])
      guard count > statusEnd else {
        #expect(result == .nothing)
        continue
      }
      guard case .response(let response) = result else {
        Issue.record("expected a response of the first \(count) bytes")
        return
      }
      #expect(response.status == recorded.status)
      #expect(response.headEnd != .complete || response.bodyEnd == .connectionEnd)
    }
  }

  @Test("random bytes never trap", arguments: [HTTPCheckMethod.get, .head])
  func randomBytes(_ method: HTTPCheckMethod) {
    var random = SeededGenerator(seed: 0x5EED)
    let prefixes = [
      "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    ]
    for round in 0..<100 {
      var bytes = Array(prefixes[round % prefixes.count].utf8)
      // Bytes that mean something to the parser come often, so that every state is reached.
      let alphabet = Array("\r\n\r\n: \t;0123456789abcdefHTTP/1.1\0\u{7F}".utf8)
      bytes += (0..<1000).map { _ in
        Bool.random(using: &random)
          ? alphabet.randomElement(using: &random) ?? 0 : .random(in: 0...255, using: &random)
      }
      let whole = parse([bytes[...]], method)
      #expect(whole != nil)
      #expect(parse(bytes.indices.map { bytes[$0...$0] }, method) == whole)
    }
  }

  @Test(
    "takes status lines as servers send them",
    arguments: [
      ("HTTP/1.1 200 OK\r\n\r\n", 200), ("HTTP/1.0 404 Not Found\n\n", 404),
      ("HTTP/1.1 204\r\n\r\n", 204), ("HTTP/1.1 599 \r\n\r\n", 599),
      ("HTTP/2.0 100 x\r\n\r\n", 100),
    ])
  func statusLine(_ text: String, _ status: Int) {
    #expect(response(text)?.status == status)
  }

  @Test(
    "refuses what only resembles one",
    arguments: [
      "HTTP/1.1 99 Low\r\n", "HTTP/1.1 099 Low\r\n", "HTTP/1.1 600 High\r\n", "HTTP/1.1 abc\r\n",
      "HTTP/1.1 2000 Long\r\n", "HTTP/1.1 200OK\r\n", "HTTP/1.1  200 OK\r\n", "http/1.1 200 OK\r\n",
      "HTTP/11 200 OK\r\n", "ICY 200 OK\r\n", "HTTP/1.1\r\n", "\r\nHTTP/1.1 200 OK\r\n", "\r\n",
    ])
  func noStatusLine(_ text: String) {
    guard case .notHTTP(let bytes) = parse([Array(text.utf8)[...]]) else {
      Issue.record("expected something else than HTTP")
      return
    }
    #expect(text.utf8.starts(with: bytes))
  }

  @Test("keeps 256 bytes of a long status line")
  func longStatusLine() {
    let response = response("HTTP/1.1 200 \(String(repeating: "x", count: 1000))\r\n\r\n")
    #expect(response?.statusLine.utf8.count == 256)
    #expect(response?.headEnd == .complete)
  }

  struct FieldLine: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var text: String
    var fields: [HTTPResponse.Field]
    var end: HTTPResponse.HeadEnd
  }

  @Test(
    "takes and refuses header lines",
    arguments: [
      FieldLine(
        testDescription: "white space around the value", text: "A: \t b c \r\n\r\n",
        fields: [.init(name: "A", value: "b c")], end: .complete),
      FieldLine(
        testDescription: "empty value", text: "A:\r\n\r\n", fields: [.init(name: "A", value: "")],
        end: .complete),
      FieldLine(
        testDescription: "colon in the value", text: "A: b:c\r\n\r\n",
        fields: [.init(name: "A", value: "b:c")], end: .complete),
      FieldLine(
        testDescription: "continued line", text: "A: b\r\n  c\r\n\r\n",
        fields: [.init(name: "A", value: "b c")], end: .complete),
      FieldLine(
        testDescription: "bytes that are no UTF-8 in another line", text: "A: é\r\n\r\n",
        fields: [.init(name: "A", value: "é")], end: .complete),
      FieldLine(
        testDescription: "continuation of nothing", text: " c\r\n\r\n", fields: [], end: .malformed),
      FieldLine(
        testDescription: "NUL in a continuation", text: "A: b\r\n \0\r\n\r\n",
        fields: [.init(name: "A", value: "b")], end: .malformed),
      FieldLine(
        testDescription: "space before the colon", text: "A : b\r\n\r\n", fields: [],
        end: .malformed),
      FieldLine(
        testDescription: "empty name", text: ": b\r\n\r\n", fields: [], end: .malformed),
      FieldLine(
        testDescription: "CR within the value", text: "A: b\rc\r\n\r\n", fields: [],
        end: .malformed),
    ])
  func fieldLine(_ c: FieldLine) {
    let response = response("HTTP/1.1 200 OK\r\n" + c.text, .head)
    #expect(response?.fields == c.fields)
    #expect(response?.headEnd == c.end)
  }

  struct Body: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var text: String
    var bytes: Int
    var end: HTTPResponse.BodyEnd?
  }

  @Test(
    "knows where a body ends",
    arguments: [
      Body(
        testDescription: "by length", text: "200 OK\r\nContent-Length: 2\r\n\r\nokmore", bytes: 2,
        end: .complete),
      Body(
        testDescription: "of length zero", text: "200 OK\r\nContent-Length: 0\r\n\r\nmore",
        bytes: 0, end: .complete),
      Body(testDescription: "by the end", text: "200 OK\r\n\r\nok", bytes: 2, end: .complete),
      Body(
        testDescription: "negative length", text: "200 OK\r\nContent-Length: -1\r\n\r\nok",
        bytes: 2, end: .complete),
      Body(
        testDescription: "length beyond 64 bits",
        text: "200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok", bytes: 2, end: .complete),
      Body(
        testDescription: "longest length",
        text: "200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nok", bytes: 2,
        end: .connectionEnd),
      Body(
        testDescription: "chunk beyond 64 bits",
        text: "200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nok", bytes: 0,
        end: .malformed),
      Body(
        testDescription: "negative chunk",
        text: "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nok", bytes: 0, end: .malformed),
      Body(
        testDescription: "chunk longer than its size",
        text: "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nokay\r\n", bytes: 2, end: .malformed
      ),
      Body(
        testDescription: "chunk size without end",
        text: "200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + String(repeating: "0", count: 5000),
        bytes: 0, end: .malformed),
      Body(testDescription: "none with 204", text: "204 No Content\r\n\r\nok", bytes: 0, end: nil),
      Body(
        testDescription: "none with 304", text: "304 Not Modified\r\n\r\nok", bytes: 0, end: nil),
      Body(
        testDescription: "none with 101", text: "101 Switching Protocols\r\n\r\nok", bytes: 0,
        end: nil),
    ])
  func body(_ c: Body) {
    let response = response("HTTP/1.1 " + c.text)
    #expect(response?.bodyBytes == c.bytes)
    #expect(response?.bodyEnd == c.end)
  }

  @Test("the same body has the same fingerprint, however it is framed")
  func fingerprint() {
    let byLength = response("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world")
    guard case .response(let inChunks) = parse([Self.chunks[...]]) else {
      Issue.record("expected a response")
      return
    }
    #expect(inChunks.bodyFingerprint == byLength?.bodyFingerprint)
    // FNV-1a of "hello world", 64 bits, as published with the algorithm's test vectors.
    #expect(byLength?.bodyFingerprint == 0x779A_65E7_023C_D2E7)
    #expect(
      response("HTTP/1.1 200 OK\r\n\r\nhello there")?.bodyFingerprint != byLength?.bodyFingerprint)
  }
}
