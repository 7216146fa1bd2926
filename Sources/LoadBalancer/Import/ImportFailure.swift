package import Addressing
package import JSONText

/// Why documents of the cloud API cannot be used; nothing of them is used then.
package enum ImportFailure: Error, Sendable, Hashable {
  /// The text is not JSON, or not of the shape of any document that is known.
  case malformed(document: String, JSONShapeFailure)
  /// The document is an error that the API answered with.
  case answeredError(document: String, code: String, message: String)
  /// Two documents differ in what they say of one listener or rule.
  case contradiction(id: String, member: String, documents: [String])
  /// No document was given.
  case noDocuments
}

extension ImportFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let document, let failure): "\(document) \(failure)"
    case .answeredError(let document, let code, let message):
      "\(document): the API answered \(code): \(message); expected its answer to a request that succeeded"
    case .contradiction(let id, let member, let documents):
      "\(documents.joined(separator: " and ")): \(id) has a different \(member) in each; expected "
        + "documents of one moment"
    case .noDocuments: "no document; expected at least one file that ends in .json"
    }
  }
}

/// That no listener of the documents has this host behind it.
package struct NotBehindListeners: Error, Sendable, Hashable {
  /// This host, as it was looked for.
  package var server: RealServer
  /// The private addresses of the real servers that the documents name, ascending.
  package var addresses: [IPAddress]
  /// The instances that they name, in alphabetical order.
  package var instanceIDs: [String]
}

extension NotBehindListeners: CustomStringConvertible {
  private static let shown = 8

  package var description: String {
    let own = (server.addresses.map(\.description) + server.instanceIDs).joined(separator: ", ")
    let named = Self.list(addresses.map(\.description) + instanceIDs)
    return "no listener has this host (\(own.isEmpty ? "no address known" : own)) behind it; "
      + (named.isEmpty
        ? "the documents name no real server, expected those of clb DescribeTargets too"
        : "the documents name \(named)")
  }

  private static func list(_ names: [String]) -> String {
    let more = names.count > shown ? " and \(names.count - shown) more" : ""
    return names.prefix(shown).joined(separator: ", ") + more
  }
}
