import Testing

/// What a real server sent, byte for byte.
struct RecordedResponse: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var status = 0
  var bytes: [UInt8]

  init(_ testDescription: String, status: Int = 0, _ lines: [String]) {
    self.testDescription = testDescription
    self.status = status
    bytes = Array(lines.joined(separator: "\r\n").utf8)
  }

  static let all = http + [ssh]
  static let http = [nginx, nginxPlainToTLS, python, node]

  /// nginx 1.22.1 of Debian 12: GET of a file, with `add_header Set-Cookie`.
  static let nginx = RecordedResponse(
    "nginx, a file", status: 200,
    [
      "HTTP/1.1 200 OK", "Server: nginx/1.22.1", "Date: Sat, 21 Nov 2026 04:23:38 GMT",
      "Content-Type: text/html", "Content-Length: 22",
      "Last-Modified: Sat, 21 Nov 2026 04:23:14 GMT", "Connection: close",
      #"ETag: "6b011cb2-16""#, "Set-Cookie: a=b; Path=/", "Accept-Ranges: bytes", "",
      "<html>It works</html>\n",
    ])

  /// The same nginx, asked for plain HTTP at its TLS port.
  static let nginxPlainToTLS = RecordedResponse(
    "nginx, plain HTTP to its TLS port", status: 400,
    [
      "HTTP/1.1 400 Bad Request", "Server: nginx/1.22.1", "Date: Sat, 21 Nov 2026 04:23:38 GMT",
      "Content-Type: text/html", "Content-Length: 255", "Connection: close", "", "<html>",
      "<head><title>400 The plain HTTP request was sent to HTTPS port</title></head>", "<body>",
      "<center><h1>400 Bad Request</h1></center>",
      "<center>The plain HTTP request was sent to HTTPS port</center>",
      "<hr><center>nginx/1.22.1</center>", "</body>", "</html>", "",
    ])

  /// `python3 -m http.server` of Python 3.11.7.
  static let python = RecordedResponse(
    "Python, a file", status: 200,
    [
      "HTTP/1.0 200 OK", "Server: SimpleHTTP/0.6 Python/3.11.7",
      "Date: Sat, 21 Nov 2026 04:23:38 GMT", "Content-type: text/html", "Content-Length: 22",
      "Last-Modified: Sat, 21 Nov 2026 04:23:14 GMT", "", "<html>It works</html>\n",
    ])

  /// Node.js 20.20.2: two writes, so two chunks.
  static let node = RecordedResponse(
    "Node.js, in chunks", status: 200,
    [
      "HTTP/1.1 200 OK", "Date: Sat, 21 Nov 2026 04:23:38 GMT", "Connection: close",
      "Transfer-Encoding: chunked", "", "6", "hello ", "5", "world", "0", "", "",
    ])

  /// OpenSSH's greeting, RFC 4253, section 4.2, and what a client does not wait for.
  static let ssh = RecordedResponse("SSH", ["SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u7", "more"])
}
