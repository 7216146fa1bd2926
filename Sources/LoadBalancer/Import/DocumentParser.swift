import Addressing
import JSONText

/// Reads one document of the cloud API; which one it is, its own members tell.
///
/// Members that are not used are stepped over, for every version of the SDK prints others.
struct DocumentParser {
  private(set) var contents = DocumentContents()
  var json: JSONCursor

  static let expected =
    "what tccli prints of clb DescribeListeners, DescribeTargets, DescribeTargetHealth, "
    + "DescribeLBListeners, DescribeLoadBalancers, cvm DescribeInstances or "
    + "vpc DescribeNetworkAccountType"

  /// - Throws: the first place that is no JSON, or not of the API's shape.
  static func parse(_ document: CloudDocument) throws(ImportFailure) -> DocumentContents {
    var parser = DocumentParser(json: JSONCursor(document.bytes))
    do throws(JSONShapeFailure) {
      try parser.parseTop()
    } catch {
      throw .malformed(document: document.name, error)
    }
    if let answer = parser.contents.answeredError {
      throw .answeredError(
        document: document.name, code: answer.code, message: answer.message)
    }
    return parser.contents
  }

  private init(json: JSONCursor) { self.json = json }

  private mutating func parseTop() throws(JSONShapeFailure) {
    let start = json.position
    let isKnown = try parseAnswer(mayHaveEnvelope: true)
    try json.expectEnd()
    guard isKnown else { throw json.failure(at: start, Self.expected) }
  }

  /// Reads the API's answer, in the envelope of raw HTTP or as tccli prints it, without.
  ///
  /// - Returns: whether anything in it is known.
  private mutating func parseAnswer(mayHaveEnvelope: Bool) throws(JSONShapeFailure) -> Bool {
    let start = json.position
    var isKnown = false
    guard try json.enterObject() else { throw json.failure(at: start, Self.expected) }
    while let member = try json.nextMember() {
      switch member {
      case "Response" where mayHaveEnvelope:
        isKnown = try parseAnswer(mayHaveEnvelope: false) || isKnown
      case "Error": try parseError()
      case "Listeners": contents.listeners += try parseListeners()
      case "LoadBalancers": try parseOwners()
      case "LoadBalancerSet":
        contents.loadBalancers += try list { parser throws(JSONShapeFailure) in
          try parser.parseLoadBalancer()
        }
      case "InstanceSet":
        contents.instances += try list { parser throws(JSONShapeFailure) in
          try parser.parseInstance()
        }
      case "NetworkAccountType":
        contents.accountType = try word(NetworkAccountType.self) ?? contents.accountType
      default:
        try json.skip()
        continue
      }
      isKnown = true
    }
    return isKnown
  }

  private mutating func parseError() throws(JSONShapeFailure) {
    guard try json.enterObject() else { return }
    var answer = (code: "an error", message: "no message")
    while let member = try json.nextMember() {
      switch member {
      case "Code": answer.code = try text() ?? answer.code
      case "Message": answer.message = try text() ?? answer.message
      default: try json.skip()
      }
    }
    contents.answeredError = .init(code: answer.code, message: answer.message)
  }

  /// Reads load balancers with their listeners.
  private mutating func parseOwners() throws(JSONShapeFailure) {
    guard try json.enterArray() else { return }
    while try json.nextElement() {
      let (owner, listeners) = try parseOwner()
      contents.loadBalancers.append(owner)
      contents.listeners += listeners.map { listener in
        var listener = listener
        listener.loadBalancerID = owner.id
        return listener
      }
    }
  }
}

/// What one document says.
struct DocumentContents {
  var loadBalancers: [CloudLoadBalancer] = []
  var listeners: [CloudListener] = []
  var instances: [CloudInstance] = []
  var accountType: NetworkAccountType?
  var answeredError: AnsweredError?

  struct AnsweredError {
    var code: String
    var message: String
  }
}

extension DocumentParser {
  /// Reads the elements of an array that are not null; none for null.
  mutating func list<Element>(
    _ parse: (inout DocumentParser) throws(JSONShapeFailure) -> Element?
  ) throws(JSONShapeFailure) -> [Element] {
    var elements: [Element] = []
    guard try json.enterArray() else { return [] }
    while try json.nextElement() {
      if let element = try parse(&self) { elements.append(element) }
    }
    return elements
  }

  /// Reads a string; an empty one is none, for the API prints both.
  mutating func text() throws(JSONShapeFailure) -> String? {
    guard let text = try json.string(), !text.isEmpty else { return nil }
    return text
  }

  /// Reads a string that is sent or shown as it is: visible ASCII.
  mutating func visibleText() throws(JSONShapeFailure) -> String? {
    let start = json.position
    guard let text = try text() else { return nil }
    guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw json.failure(at: start, "visible ASCII characters without blanks")
    }
    return text
  }

  /// Reads one word of a closed set.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ type: Word.Type
  ) throws(JSONShapeFailure) -> Word? where Word.RawValue == String {
    let start = json.position
    guard let text = try text() else { return nil }
    guard let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw json.failure(at: start, "one of \(words), or null")
    }
    return word
  }

  /// Reads a port; nil for null and for numbers below 1, by which the API says that there is none.
  mutating func port() throws(JSONShapeFailure) -> UInt16? {
    guard let number = try json.integer(in: -1...65535), number > 0 else { return nil }
    return UInt16(number)
  }

  mutating func address() throws(JSONShapeFailure) -> IPAddress? {
    let start = json.position
    guard let text = try text() else { return nil }
    guard let address = IPAddress(parsing: text) else {
      throw json.failure(at: start, "an IPv4 or IPv6 address, or null")
    }
    return address
  }

  mutating func addresses() throws(JSONShapeFailure) -> [IPAddress] {
    try list { parser throws(JSONShapeFailure) in try parser.address() }
  }
}
