/// The request method of an HTTP check; CLB knows no other.
package enum HTTPCheckMethod: String, Sendable, Hashable, Codable, CaseIterable {
  case head = "HEAD"
  case get = "GET"
}

/// The HTTP version of an HTTP check.
package enum HTTPVersion: String, Sendable, Hashable, Codable, CaseIterable {
  case http10 = "HTTP/1.0"
  case http11 = "HTTP/1.1"
}
