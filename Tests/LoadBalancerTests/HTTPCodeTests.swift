import LoadBalancer
import Testing

@Suite("The mask of healthy statuses")
struct HTTPCodeTests {
  @Test(
    "is read from classes and from the API's number, and printed in classes",
    arguments: [
      ("15", "1xx-4xx"), ("31", "1xx-5xx"), ("2", "2xx"), ("2xx", "2xx"), ("2xx,3xx", "2xx-3xx"),
      ("2XX,5xx", "2xx,5xx"), ("18", "2xx,5xx"), ("1", "1xx"),
    ])
  func understood(text: String, printed: String) throws {
    #expect(try #require(HTTPCode(parsing: text)).description == printed)
  }

  @Test(
    "is refused",
    arguments: ["", "0", "32", "-1", "2xx,", "6xx", "0xx", "200", "xx", "2xx 3xx", "²xx"])
  func refused(text: String) {
    #expect(HTTPCode(parsing: text) == nil)
  }

  @Test(
    "takes a status by its class",
    arguments: [
      (HTTPCode.consoleDefault, 200, true), (.consoleDefault, 499, true),
      (.consoleDefault, 500, false),
      (.successful, 199, false), (.successful, 204, true), (.successful, 301, false),
      (HTTPCode(rawValue: 31), 99, false), (HTTPCode(rawValue: 31), 600, false),
      (HTTPCode(rawValue: 31), -1, false),
    ])
  func accepts(mask: HTTPCode, status: Int, isHealthy: Bool) {
    #expect(mask.accepts(status: status) == isHealthy)
  }
}
