import Delivery
import Settings
import Testing

@Suite("Receivers of the settings file")
struct ReceiverSettingsTests {
  private static func receivers(_ text: String) throws -> [Receiver] {
    try Settings(parsing: Array(text.utf8)).receivers.compactMap(\.receiver)
  }

  private static func problems(_ text: String) -> [String] {
    do throws(SettingsProblems) {
      _ = try Settings(parsing: Array(text.utf8))
      return []
    } catch {
      return error.lines(file: "f")
    }
  }

  @Test("have all that an OTLP receiver can have")
  func otlp() throws {
    let receivers = try Self.receivers(
      """
      receivers:
        - name: central
          type: otlp
          url: https://otel.example.com:4318/base/
          logsUrl: https://logs.example.com/insert
          signals: [logs]
          encoding: json
          compression: none
          headers: ["X-Scope-OrgID: shop"]
          headerFiles: ["Authorization: token"]
          timeLimit: 3
          certificateAuthority: /etc/ca.pem
          certificate: /etc/client.pem
          key: client-key
      """)
    let url = try #require(ReceiverURL(parsing: "https://otel.example.com:4318/base"))
    let endpoint = HTTPEndpoint(
      url: url,
      headers: [
        HTTPEndpoint.Header(name: "X-Scope-OrgID", value: .text("shop")),
        HTTPEndpoint.Header(name: "Authorization", value: .file("token")),
      ], timeLimitMilliseconds: 3000,
      tls: HTTPEndpoint.TLSFiles(
        certificateAuthority: "/etc/ca.pem", certificate: "/etc/client.pem", key: "client-key"))
    let logs = try #require(ReceiverURL(parsing: "https://logs.example.com/insert"))
    #expect(
      receivers
        == [
          Receiver(
            name: "central",
            kind: .otlp(
              OTLPReceiver(
                endpoint: endpoint, urls: [.logs: logs], signals: [.logs], encoding: .json,
                compression: .none)))
        ])
    #expect(receivers[0].queues.map(\.description) == ["central.logs"])
  }

  @Test("need little more than their type")
  func short() throws {
    let receivers = try Self.receivers(
      """
      receivers:
        - {name: a, type: otlp, url: "http://127.0.0.1:4318"}
        - {name: b, type: webhook, url: "http://127.0.0.1/hook"}
        - {name: c, type: file, path: /var/log/clb}
        - {name: d, type: textfile, path: /var/lib/x.prom}
      """)
    #expect(
      receivers.flatMap(\.queues).map(\.description)
        == ["a.logs", "a.metrics", "b.report", "c.logs", "c.metrics"])
  }

  @Test(
    "are refused where they make no sense",
    arguments: [
      (
        "{type: otlp, url: \"http://a\"}",
        "2:5: receivers[0]: no name; expected name: with 1 to 32 of a-z"
      ),
      (
        "{name: a}",
        "2:5: receivers[0]: no type; expected type: with otlp or webhook or file or textfile"
      ),
      (
        "{name: A b, type: otlp, url: \"http://a\"}",
        "receivers[0].name \"A b\": expected 1 to 32 of"
      ),
      ("{name: a, type: kafka}", "receivers[0].type \"kafka\": expected otlp or webhook"),
      ("{name: a, type: otlp}", "receivers[0]: no url; expected url:"),
      ("{name: a, type: file}", "receivers[0]: no path; expected path:"),
      (
        "{name: a, type: otlp, url: \"ftp://a\"}",
        "receivers[0].url \"ftp://a\": expected http:// or https://"
      ),
      ("{name: a, type: otlp, url: \"http://u:p@a\"}", "expected http:// or https://"),
      (
        "{name: a, type: webhook, url: \"http://a\", encoding: json}",
        "receivers[0].encoding: expected only where type is otlp"
      ),
      (
        "{name: a, type: textfile, path: /x.prom, url: \"http://a\"}",
        "receivers[0].url: expected only where type is otlp or webhook"
      ),
      ("{name: a, type: textfile, path: /x.txt}", "expected a name that ends in .prom"),
      (
        "{name: a, type: file, path: x}",
        "receivers[0].path \"x\": expected a path that begins with /"
      ),
      (
        "{name: a, type: otlp, url: \"http://a\", timeLimit: 0}",
        "receivers[0].timeLimit \"0\": expected a whole number from 1 to 120"
      ),
      (
        "{name: a, type: otlp, url: \"http://a\", headers: [\"x\"]}",
        "receivers[0].headers[0] \"x\": expected \"NAME: TEXT\""
      ),
      (
        "{name: a, type: otlp, url: \"http://a\", headers: [\"X: a\\r\\nb\"]}",
        "expected \"NAME: TEXT\""
      ),
      (
        "{name: a, type: otlp, url: \"http://a\", headers: [\"Authorization: Bearer x\"]}",
        "what \"Authorization\" says is secret; expected it in headerFiles"
      ),
      (
        "{name: a, type: otlp, url: \"http://a\", headers: [\"Content-Length: 1\"]}",
        "is the agent's own to write"
      ),
      (
        "{name: a, type: otlp, url: \"http://a\", headerFiles: [\"A: x/y\"]}",
        "expected \"NAME: FILE\""
      ),
      (
        "{name: a, type: otlp, url: \"https://a\", certificate: /c}",
        "receivers[0].certificate: expected key beside it"
      ),
      (
        "{name: a, type: otlp, url: \"http://a\", certificateAuthority: /c}",
        "expected only where the URL begins with https://"
      ),
      (
        "{name: a, type: otlp, url: \"http://a\", signals: [traces]}",
        "receivers[0].signals[0] \"traces\": expected logs or metrics"
      ),
    ])
  func refused(entry: String, reason: String) {
    let problems = Self.problems("receivers:\n  - \(entry)\n")
    #expect(problems.count == 1)
    #expect(problems.first?.contains(reason) == true, "\(problems)")
    #expect(problems.allSatisfy { !$0.contains("Bearer x") })
  }

  @Test("have names of their own")
  func names() {
    let text =
      "receivers:\n  - {name: a, type: file, path: /x}\n  - {name: a, type: file, path: /y}\n"
    #expect(Self.problems(text).count == 1)
    #expect(Self.problems(text)[0].contains("receivers[1].name \"a\": another receiver has it"))
  }
}
