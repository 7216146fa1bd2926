import Testing

@testable import Delivery

@Suite("A receiver's URL")
struct ReceiverURLTests {
  @Test(
    "is kept as it is meant",
    arguments: [
      ("http://127.0.0.1:4318", "http://127.0.0.1:4318"),
      ("https://otel.example.com/", "https://otel.example.com"),
      ("https://OTEL.example.com:443/a/b/", "https://otel.example.com/a/b"),
      ("http://[::1]:4318/insert", "http://[::1]:4318/insert"),
      ("http://receiver", "http://receiver"),
    ])
  func parses(text: String, description: String) throws {
    let url = try #require(ReceiverURL(parsing: text))
    #expect(url.description == description)
    #expect(ReceiverURL(parsing: url.description) == url)
  }

  @Test(
    "is refused for anything else",
    arguments: [
      "", "otel.example.com", "ftp://a", "http://", "http:///x", "http://a:0", "http://a:65536",
      "http://a:b", "http://u:p@a", "http://a?x", "http://a#x", "http://a b", "http://-a",
      "http://a..b", "http://1.2.3", "http://1.2.3.256", "http://[1.2.3.4]", "http://[::1",
      "http://ä.example", "http://a\r\nb", "HTTP://a",
    ])
  func refuses(text: String) {
    #expect(ReceiverURL(parsing: text) == nil)
  }
}
