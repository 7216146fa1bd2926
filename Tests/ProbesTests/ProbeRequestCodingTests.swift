import Addressing
import FoundationEssentials
import LoadBalancer
import Testing

@testable import Probes

/// What captures hold of a probe.
@Suite struct ProbeRequestCodingTests {
  static let questions: [ProbeRequest.Question] = [
    .connection, .echo, .grpc(.init(authority: "a", path: "/b")),
    .http(.init(method: .get, version: .http10, host: "a", path: "/")),
    .bytes(.init(send: [1], expected: [])), .datagram(.init(send: [], expected: [2])),
  ]

  @Test("is read back as it was", arguments: questions)
  func roundTrip(_ question: ProbeRequest.Question) throws {
    let request = ProbeRequest(
      address: .v6(1), port: 80, usesTLS: true, question: question, timeLimitMilliseconds: 7)
    let data = try JSONEncoder().encode(request)
    #expect(try JSONDecoder().decode(ProbeRequest.self, from: data) == request)
  }

  @Test("of an agent that knew HTTP and TCP alone is read too")
  func older() throws {
    let tcp = #"{"address":"10.0.0.5","port":80,"usesTLS":false,"timeLimitMilliseconds":2000}"#
    let request = try JSONDecoder().decode(ProbeRequest.self, from: Data(tcp.utf8))
    #expect(request.question == .connection)
    let http =
      tcp.dropLast() + #","http":{"method":"HEAD","version":"HTTP/1.1","host":"a","path":"/"}}"#
    let head = try JSONDecoder().decode(ProbeRequest.self, from: Data(http.utf8))
    #expect(head.http?.method == .head)
    #expect(head.question == .http(.init(method: .head, version: .http11, host: "a", path: "/")))
  }
}
