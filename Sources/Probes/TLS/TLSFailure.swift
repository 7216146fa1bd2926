/// Why a TLS session cannot go on.
package struct TLSFailure: Error, Hashable, CustomStringConvertible {
  /// For a person: what the server did, or the alert it sent, with the library's own words.
  package var reason: String

  package init(reason: String) { self.reason = reason }

  package var description: String { reason }
}
