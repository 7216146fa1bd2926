import LoadBalancer
import Testing

@Suite("Where the metadata service is asked")
struct MetadataEndpointTests {
  @Test(
    "is a URL with a literal address",
    arguments: [
      ("http://169.254.0.23/latest/meta-data/", "http://169.254.0.23/latest/meta-data/"),
      ("http://127.0.0.1:8080", "http://127.0.0.1:8080/latest/meta-data/"),
      ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/latest/meta-data/"),
      ("http://[::1]:8080/meta-data", "http://[::1]:8080/meta-data/"),
    ])
  func legal(_ text: String, _ meant: String) {
    #expect(MetadataEndpoint(parsing: text)?.description == meant)
  }

  @Test(
    "is nothing else",
    arguments: [
      "", "http://", "http://metadata.tencentyun.com/latest/meta-data/", "https://169.254.0.23/",
      "169.254.0.23", "http://169.254.0.23/a b", "http://169.254.0.23/a\r\nX: y",
      "http://169.254.0.23/a?b", "http://169.254.0.23:0/", "http://user@169.254.0.23/",
    ])
  func illegal(_ text: String) { #expect(MetadataEndpoint(parsing: text) == nil) }

  @Test("is named as the service is, at the service's own address")
  func host() {
    #expect(MetadataEndpoint.standard.host == "metadata.tencentyun.com")
    #expect(MetadataEndpoint(parsing: "http://[::1]:8080/")?.host == "[::1]:8080")
  }
}
