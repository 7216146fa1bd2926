import Host

/// A file of the settings that holds a secret or a certificate, by path or as a systemd credential.
struct CredentialFile: Sendable, Hashable {
  /// A path; or, without `/`, the name of a credential.
  var name: String
  /// `$CREDENTIALS_DIRECTORY`, where systemd puts the credentials of a unit; see systemd.exec(5).
  var directory: String?

  /// Larger files are no header and no certificate.
  private static let limit = FileLimit.whole(atMost: 1 << 20)

  /// Why a file cannot be used; names the file, and nothing of what is in it.
  struct Failure: Error, Hashable {
    var reason: String
  }

  func bytes() throws(Failure) -> [UInt8] {
    let path = try path()
    switch LiveDoor().readFile(path, limit: Self.limit) {
    case .value(let bytes, _): return bytes
    case .absent: throw Failure(reason: "open \(path): there is no such file")
    case .denied: throw Failure(reason: "open \(path): permission denied")
    case .failed(_, let failure): throw Failure(reason: "read \(path): \(failure)")
    }
  }

  /// The file's first line without blanks around it, as a header's value.
  func headerValue() throws(Failure) -> String {
    let line = try bytes().prefix { $0 != UInt8(ascii: "\n") }
    guard let value = HTTPFieldValue(line) else {
      throw Failure(
        reason: "read \(name): the first line is empty, or has bytes that no header may have")
    }
    return value.text
  }

  private func path() throws(Failure) -> String {
    guard !name.contains("/") else { return name }
    guard let directory else {
      throw Failure(
        reason: "\"\(name)\" is the name of a systemd credential, and $CREDENTIALS_DIRECTORY is not"
          + " set; expected a path, or LoadCredential=\(name):PATH in the unit")
    }
    return "\(directory)/\(name)"
  }
}

/// The value of a header field: visible ASCII with spaces and tabs between; RFC 9110, section 5.5.
struct HTTPFieldValue: Sendable, Hashable {
  let text: String

  /// `nil` for other bytes, and for none but blanks.
  init?(_ bytes: some Collection<UInt8>) {
    let isBlank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 || $0 == 13 }
    let value = Array(bytes.drop(while: isBlank)).reversed().drop(while: isBlank).reversed()
    guard !value.isEmpty, value.allSatisfy({ (32..<127).contains($0) || $0 == 9 }) else {
      return nil
    }
    text = String(decoding: Array(value), as: UTF8.self)
  }
}
