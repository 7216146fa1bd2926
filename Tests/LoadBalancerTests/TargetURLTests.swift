import Addressing
import LoadBalancer
import Testing

@Suite("A target's URL")
struct TargetURLTests {
  @Test(
    "is understood",
    arguments: [
      ("http://10.0.0.5:80/health", "http", "10.0.0.5", 80, "/health"),
      ("http://:80", "http", nil, 80, nil), ("http://10.0.0.5", "http", "10.0.0.5", 80, nil),
      ("https://", "https", nil, 443, nil),
      ("https://[fd00::5]:8443/", "https", "fd00::5", 8443, "/"),
      ("tcp://:8080", "tcp", nil, 8080, nil), ("tcp://:8080/", "tcp", nil, 8080, nil),
      ("udp://10.0.0.5:53", "udp", "10.0.0.5", 53, nil),
      ("grpc://:50051", "grpc", nil, 50051, nil),
      (
        "grpcs://10.0.0.5:443/grpc.health.v1.Health/Check", "grpcs", "10.0.0.5", 443,
        "/grpc.health.v1.Health/Check"
      ),
      ("http://:80?probe=1", "http", nil, 80, "/?probe=1"),
    ] as [(String, String, String?, UInt16, String?)])
  func understood(
    text: String, transport: String, address: String?, port: UInt16, path: String?
  ) throws {
    let url = try TargetURL(parsing: text)
    #expect(url.transport.rawValue == transport)
    #expect(url.address?.description == address)
    #expect(url.port == port)
    #expect(url.path == path)
  }

  @Test(
    "says what it expected instead",
    arguments: [
      ("", "tcp://"), ("10.0.0.5:80", "tcp://"), ("ftp://x", "scheme"), ("HTTP://:80", "scheme"),
      ("http://:99999/", "port"), ("tcp://:0", "port"), ("tcp://10.0.0.5", "port"),
      ("grpc://10.0.0.5", "port"),
      ("http://:", "port"), ("http://:8a", "port"), ("http://:+80", "port"),
      ("http://shop.example:80/", "--check-domain"), ("http://fd00::5:80/", "IPv6"),
      ("http://[fd00::5", "]"), ("http://[fd00::5]80/", ":PORT"), ("http://[10.0.0.5]:80/", "IPv4"),
      ("tcp://:80/health", "no path"), ("http://:80/a b", "visible ASCII"),
      ("http://:80/a\r\nEvil: 1", "visible ASCII"), ("http://:80/#top", "visible ASCII"),
      ("http://:80/\u{e9}", "visible ASCII"),
    ])
  func refused(text: String, expected: String) throws {
    let error = #expect(throws: TargetURLError.self) { try TargetURL(parsing: text) }
    #expect(try #require(error).expected.contains(expected))
    #expect(try #require(error).text == text)
  }
}
