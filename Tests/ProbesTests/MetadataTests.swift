import Addressing
import Glibc
import LoadBalancer
import TestSupport
import Testing

@testable import Probes

/// Real servers in the place of a CVM's metadata service, truthful and otherwise.
@Suite("The metadata service", .timeLimit(.minutes(5)))
struct MetadataTests {
  private static let base = "/latest/meta-data/"
  private static let interfaces = "network/interfaces/macs/"
  private static let truth = [
    "instance-id": "ins-9z8y7x6w", "placement/region": "ap-guangzhou",
    "placement/zone": "ap-guangzhou-3", "instance-name": "web 一号", "local-ipv4": "10.0.8.5",
    interfaces: "52:54:00:AA:BB:CC/\n52:54:00:dd:ee:ff/",
    interfaces + "52:54:00:AA:BB:CC/vpc-id": "vpc-0a1b2c3d",
    interfaces + "52:54:00:AA:BB:CC/local-ipv4s/": "10.0.8.5/\n10.0.8.6/",
    interfaces + "52:54:00:dd:ee:ff/local-ipv4s/": "10.0.9.7/\n",
  ]

  /// Answers as the service does: text, or 404 and a page.
  private static func serve(
    _ answers: [String: String], _ connection: borrowing ServerConnection
  ) {
    let words = connection.readRequest().split(separator: " ")
    let path = words.count > 1 ? String(words[1]) : ""
    let known = path.hasPrefix(base) ? answers[String(path.dropFirst(base.count))] : nil
    let body = known ?? "<html><title>404 Not Found</title></html>"
    connection.send(
      "HTTP/1.1 \(known == nil ? "404 Not Found" : "200 OK")\r\nContent-Type: text/plain\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }

  private static func service(
    _ port: UInt16, firstLimit: Int = 10_000, totalLimit: Int = 20_000
  ) -> MetadataService {
    MetadataService(
      at: MetadataEndpoint(address: .v4(0x7F00_0001), port: port, path: base),
      firstLimit: firstLimit, totalLimit: totalLimit)
  }

  private static func instance(
    with changes: [String: String?] = [:]
  ) async throws -> InstanceMetadata? {
    var answers = truth
    for (path, answer) in changes { answers[path] = answer }
    let known = answers
    let server = try LoopbackServer { serve(known, $0) }
    return await service(server.port).instance()
  }

  @Test("tells the instance, its place and its addresses")
  func documented() async throws {
    let server = try LoopbackServer { Self.serve(Self.truth, $0) }
    let instance = try #require(await Self.service(server.port).instance())
    #expect(instance.instanceID == "ins-9z8y7x6w" && instance.name == "web 一号")
    #expect(instance.region == "ap-guangzhou" && instance.zone == "ap-guangzhou-3")
    #expect(instance.vpcID == "vpc-0a1b2c3d")
    #expect(
      instance.privateAddresses.map(\.description) == ["10.0.8.5", "10.0.8.6", "10.0.9.7"])
    let requests = server.receivedRequests
    #expect(requests.first?.hasPrefix("GET /latest/meta-data/instance-id HTTP/1.1\r\n") == true)
    #expect(
      requests.allSatisfy { !$0.contains("cam/") && $0.contains("User-Agent: clb-agent\r\n") })
  }

  @Test("that knows only the id leaves the rest open")
  func sparse() async throws {
    let absent = Dictionary(
      uniqueKeysWithValues: Self.truth.keys.map { ($0, $0 == "instance-id" ? "ins-1\n" : nil) })
    let instance = try #require(try await Self.instance(with: absent))
    #expect(instance == InstanceMetadata(instanceID: "ins-1"))
  }

  @Test(
    "is none where the id is something else",
    arguments: [
      "", "\n", "ins-", "INS-9Z8Y7X6W", "ins-9z8y7x6w; reboot", "ins-9z8y7x6w\nins-2", "i-0abc",
      " ins-9z8y7x6w", "ins-9z8y\u{1B}[2J", "ins-９", "<html>ins-9z8y7x6w</html>",
      "ins-" + String(repeating: "a", count: 300),
    ])
  func otherID(_ answer: String) async throws {
    #expect(try await Self.instance(with: ["instance-id": answer]) == nil)
  }

  @Test(
    "is believed in no value that is not of its form",
    arguments: [
      ("placement/region", "ap-guangzhou --help"), ("placement/region", "$(reboot)"),
      ("placement/region", "-ap"), ("placement/region", "AP-GUANGZHOU"),
      ("placement/zone", "ap\r\nX: y"), ("instance-name", "web\u{1B}[2J"),
      ("instance-name", "web\u{202E}1"), ("instance-name", String(repeating: "x", count: 257)),
      (interfaces + "52:54:00:AA:BB:CC/vpc-id", "vpc-'; rm"),
    ])
  func injected(_ path: String, _ answer: String) async throws {
    let good = try #require(try await Self.instance())
    let instance = try #require(try await Self.instance(with: [path: answer]))
    #expect(instance != good)
    let texts = [instance.region, instance.zone, instance.name, instance.vpcID]
    #expect(texts.compactMap(\.self).count == 3)
  }

  @Test("is asked below no interface, and takes no address, that is none")
  func listings() async throws {
    let hostile = "../../cam/security-credentials/role/\n52:54:00:AA:BB/\n+2:54:00:AA:BB:CC/\nx y/"
    let instance = try #require(
      try await Self.instance(with: [Self.interfaces: hostile, "local-ipv4": "10.0.8.5 10.0.8.6"]))
    #expect(instance.privateAddresses.isEmpty && instance.vpcID == nil)
  }

  struct Other: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var answer: @Sendable (borrowing ServerConnection) -> Void

    init(_ description: String, _ answer: @escaping @Sendable (borrowing ServerConnection) -> Void)
    {
      testDescription = description
      self.answer = answer
    }
  }

  static let others = [
    Other("an error page") { $0.send("HTTP/1.1 500 X\r\nContent-Length: 5\r\n\r\nins-1") },
    Other("a redirect, which is not followed") {
      $0.send("HTTP/1.1 302 X\r\nLocation: /latest/meta-data/x\r\nContent-Length: 5\r\n\r\nins-1")
    },
    Other("another language") { $0.send("SSH-2.0-OpenSSH_9.2\r\n") },
    Other("nothing at all") { _ in },
    Other("a body that is cut off") {
      $0.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nins-1")
    },
    Other("no text") { $0.send(Array("HTTP/1.1 200 OK\r\n\r\nins-1".utf8) + [0xFF]) },
    Other("a reset") {
      $0.send("HTTP/1.1 200 OK\r\n\r\nins-1")
      $0.resetAtEnd()
    },
  ]

  @Test("is none where somebody else answers", arguments: others)
  func otherServer(_ other: Other) async throws {
    let server = try LoopbackServer {
      $0.readRequest()
      other.answer($0)
    }
    #expect(await Self.service(server.port).instance() == nil)
    #expect(server.receivedRequests.count == 1)
  }

  static let endless = [
    Other("silence") { $0.waitForClient() },
    Other("a dripping answer") {
      $0.drip("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nins-9z8y7x6w", everyMilliseconds: 700)
    },
    Other("an endless head") { connection in
      while connection.send("HTTP/1.1 200 OK\r\nX: y\r\n") { connection.skip(0) }
    },
    Other("an endless body") { connection in
      connection.send("HTTP/1.1 200 OK\r\n\r\n")
      while connection.send(String(repeating: "ins-1\n", count: 1000)) { connection.skip(0) }
    },
  ]

  @Test("that does not come to an end is given up at the time limit", arguments: endless)
  func givenUp(_ other: Other) async throws {
    let server = try LoopbackServer {
      $0.readRequest()
      other.answer($0)
    }
    let start = ContinuousClock.now
    #expect(await Self.service(server.port, firstLimit: 200, totalLimit: 400).instance() == nil)
    // Far from the limit itself, for a busy machine; a dripping answer would take more than half a minute.
    #expect(ContinuousClock.now - start < .seconds(25))
  }

  @Test("that falls silent behind the id is not asked for more")
  func silentLater() async throws {
    let server = try LoopbackServer { connection in
      let request = connection.readRequest()
      guard request.contains("instance-id") else { return connection.waitForClient() }
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nins-1")
    }
    let instance = await Self.service(server.port, firstLimit: 2000, totalLimit: 2500).instance()
    #expect(instance == InstanceMetadata(instanceID: "ins-1"))
    #expect(server.receivedRequests.count == 2)
  }

  @Test("is none where nobody listens")
  func refused() async throws {
    let (descriptor, port) = try bindToLoopback()
    defer { close(descriptor) }
    #expect(await Self.service(port).instance() == nil)
  }
}
