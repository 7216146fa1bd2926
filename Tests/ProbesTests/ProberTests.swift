import Addressing
import LoadBalancer
import Testing
import TestSupport

@testable import Probes

/// The whole probe of a target against servers on loopback.
@Suite(.timeLimit(.minutes(5)))
struct ProberTests {
  private func purposes(_ report: ProbeReport) -> [ProbeExchange.Purpose] {
    report.exchanges.map(\.purpose)
  }

  @Test("sends what CLB is known to send")
  func requestBytes() async throws {
    let server = try LoopbackServer {
      $0.readRequest()
      $0.send("HTTP/1.1 200 OK\r\n\r\n")
    }
    var target = target(.http, server.port)
    target.healthCheck.httpCheckDomain = "shop.example"
    target.healthCheck.httpCheckPath = "/health?full=1"
    let report = await Prober(tls: nil).probe(target)
    #expect(report.target == target.name)
    #expect(report.healthCheck?.outcome.response?.status == 200)
    let head = """
      HEAD /health?full=1 HTTP/1.1\r
      Host: shop.example\r
      User-Agent: clb-healthcheck\r
      Accept: */*\r
      Connection: close\r
      \r

      """
    let get = head.replacing("HEAD", with: "GET")
    #expect(server.receivedRequests == [head, get, get])
  }

  @Test("a healthy answer is followed by two more GETs, and times are in order")
  func healthy() async throws {
    let server = try LoopbackServer {
      $0.readRequest()
      $0.send("HTTP/1.1 200 OK\r\nETag: \"1\"\r\n\r\nok")
    }
    let report = await Prober(tls: nil).probe(target(.http, server.port, .get))
    #expect(purposes(report) == [.healthCheck, .repeatedGet, .repeatedGet])
    #expect(Set(report.exchanges.map { $0.outcome.response?.bodyFingerprint }).count == 1)
    for timing in report.exchanges.map(\.timing) {
      let times = [
        0, timing.connectedMicroseconds ?? -1, timing.statusMicroseconds ?? -1,
        timing.totalMicroseconds,
      ]
      #expect(times == times.sorted())
      #expect(timing.tlsMicroseconds == nil)
    }
    #expect(DynamicPage(recognizing: report.exchanges) == nil)
  }

  @Test("HEAD refused where GET works", arguments: [405, 501])
  func headRefused(status: Int) async throws {
    let server = try LoopbackServer {
      let request = $0.readRequest()
      $0.send("HTTP/1.1 \(request.hasPrefix("HEAD") ? status : 200) Status\r\n\r\n")
    }
    var target = target(.http, server.port)
    target.healthCheck.httpCode = [.successful]
    let report = await Prober(tls: nil).probe(target)
    #expect(purposes(report) == [.healthCheck, .getInsteadOfHead])
    #expect(report.exchanges.map { $0.outcome.response?.status } == [status, 200])
    #expect(report.exchanges.last?.request.http?.method == .get)
  }

  @Test("503 and 404 are answers; the mask says whether they are healthy", arguments: [503, 404])
  func errorStatus(status: Int) async throws {
    let server = try LoopbackServer {
      $0.readRequest()
      $0.send("HTTP/1.1 \(status) Status\r\n\r\n")
    }
    let report = await Prober(tls: nil).probe(target(.http, server.port))
    #expect(report.healthCheck?.outcome.response?.status == status)
    #expect(
      purposes(report)
        == (status == 503
          ? [.healthCheck, .getInsteadOfHead] : [.healthCheck, .repeatedGet, .repeatedGet]))
  }

  @Test("a redirect is final")
  func redirect() async throws {
    let server = try LoopbackServer {
      $0.readRequest()
      $0.send("HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\n\r\n")
    }
    let report = await Prober(tls: nil).probe(target(.http, server.port, .get))
    #expect(report.healthCheck?.outcome.response?.status == 301)
    #expect(server.receivedRequests.allSatisfy { $0.hasPrefix("GET / HTTP/1.1\r\n") })
  }

  @Test("a page made anew for each request is recognised")
  func dynamicPage() async throws {
    let server = try LoopbackServer { connection in
      connection.readRequest()
      connection.send("HTTP/1.1 200 OK\r\nX-Powered-By: PHP/8.2\r\n\r\nnow: \(Instant.now)")
    }
    let report = await Prober(tls: nil).probe(target(.http, server.port))
    let page = try #require(DynamicPage(recognizing: report.exchanges))
    #expect(page.evidence.first?.exchange == "GET 1, GET 2")
    #expect(page.evidence.map(\.text).contains("X-Powered-By: PHP/8.2"))
  }

  @Test("a TCP target is connected to once")
  func tcp() async throws {
    let server = try LoopbackServer(script: nil)
    #expect(
      await Prober(tls: nil).probe(target(.tcp, server.port)).exchanges.map(\.outcome)
        == [.connected])
  }

  @Test("a TLS alert to plain HTTP tells that the port speaks TLS")
  func speaksTLS() async throws {
    let server = try LoopbackServer {
      $0.send([21, 3, 3, 0, 2, 2, 40])
    }
    let report = await Prober(tls: nil).probe(target(.http, server.port, .get))
    #expect(report.healthCheck?.speaksTLS == true)
  }
}
