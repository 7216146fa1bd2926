/// The fields that HPACK refers to by number: those of the standard, and those that came last.
///
/// Source: RFC 7541, sections 2.3 and 4, and appendix A.
struct HPACKTable: Hashable {
  typealias Field = HTTPResponse.Field

  /// The newest first.
  private var dynamic: [Field] = []
  private var size = 0
  /// Bytes that the dynamic fields may take, each with 32 more than its text.
  private var limit = HPACKTable.largest

  /// What we allow: the limit before any SETTINGS, and we name no other.
  static let largest = 4096

  /// The field of that number, from 1 on.
  subscript(number: Int) -> Field? {
    if HPACKTable.fixed.indices.contains(number - 1) { return HPACKTable.fixed[number - 1] }
    let index = number - 1 - HPACKTable.fixed.count
    return dynamic.indices.contains(index) ? dynamic[index] : nil
  }

  /// Adds a field, and drops the oldest for which there is no room any more, perhaps itself.
  mutating func add(_ field: Field) {
    dynamic.insert(field, at: 0)
    size += field.hpackSize
    evict()
  }

  /// Takes the sender's own limit; `false` where it is above ours.
  mutating func setLimit(_ newLimit: Int) -> Bool {
    guard newLimit <= HPACKTable.largest else { return false }
    limit = newLimit
    evict()
    return true
  }

  private mutating func evict() {
    while size > limit, let oldest = dynamic.popLast() { size -= oldest.hpackSize }
  }

  private static let fixed: [Field] = fixedFields.map { Field(name: $0, value: $1) }

  private static let fixedFields = [
    (":authority", ""), (":method", "GET"), (":method", "POST"), (":path", "/"),
    (":path", "/index.html"), (":scheme", "http"), (":scheme", "https"), (":status", "200"),
    (":status", "204"), (":status", "206"), (":status", "304"), (":status", "400"),
    (":status", "404"), (":status", "500"), ("accept-charset", ""),
    ("accept-encoding", "gzip, deflate"), ("accept-language", ""), ("accept-ranges", ""),
    ("accept", ""), ("access-control-allow-origin", ""), ("age", ""), ("allow", ""),
    ("authorization", ""), ("cache-control", ""), ("content-disposition", ""),
    ("content-encoding", ""), ("content-language", ""), ("content-length", ""),
    ("content-location", ""), ("content-range", ""), ("content-type", ""), ("cookie", ""),
    ("date", ""), ("etag", ""), ("expect", ""), ("expires", ""), ("from", ""), ("host", ""),
    ("if-match", ""), ("if-modified-since", ""), ("if-none-match", ""), ("if-range", ""),
    ("if-unmodified-since", ""), ("last-modified", ""), ("link", ""), ("location", ""),
    ("max-forwards", ""), ("proxy-authenticate", ""), ("proxy-authorization", ""),
    ("range", ""), ("referer", ""), ("refresh", ""), ("retry-after", ""), ("server", ""),
    ("set-cookie", ""), ("strict-transport-security", ""), ("transfer-encoding", ""),
    ("user-agent", ""), ("vary", ""), ("via", ""), ("www-authenticate", ""),
  ]
}

extension HTTPResponse.Field {
  /// Source: RFC 7541, section 4.1.
  fileprivate var hpackSize: Int { name.utf8.count + value.utf8.count + 32 }
}
