internal import LoadBalancer

/// A check page that a program makes anew for each request, with what shows it.
///
/// Tencent advises a static page for checks: one that PHP, a session store or a database must make is slow
/// exactly when the host is busy, and then the check fails although the service works. One of these decides:
///
/// - *Two GETs gave different bodies*, both whole, with the same status, and not because a file was replaced
///   in between: then `Last-Modified` stands in both and differs.
/// - *A cookie is set* and no `Last-Modified` stands beside it: a session is made for every probe. Web servers
///   set cookies on files too (nginx `userid`, sticky sessions), but they tell a file's time.
/// - *A field names the program* that made the page (`X-Powered-By` and its like), and the answer has neither
///   `ETag` nor `Last-Modified`. Frameworks put the field on files as well, yet those have a validator.
///
/// Nothing else decides. A missing validator alone does not: a program that answers a constant `ok` from
/// memory is a good check page. Neither does an `ETag` speak for a file when a cookie or another body speaks
/// against it, because frameworks compute it from what they have just made.
package struct DynamicPage: Sendable, Hashable, Codable {
  /// What shows it, strongest first; never empty.
  package var evidence: [Evidence]

  /// One line for the reader of the report.
  package struct Evidence: Sendable, Hashable, Codable {
    /// The exchange, as "health check (HEAD)" or "GET 2".
    package var exchange: String
    /// The header field as sent, without a cookie's value, or what differs.
    package var text: String

    package init(exchange: String, text: String) {
      self.exchange = exchange
      self.text = text
    }
  }

  /// Judges the health check and the GETs that repeat it; `nil` when nothing shows a dynamic page.
  ///
  /// Answers whose head did not end are left out: what they lack may just not have come.
  package init?(recognizing exchanges: [ProbeExchange]) {
    let answers = exchanges.numberedAnswers
    let evidence =
      DynamicPage.differingBodies(answers) + answers.flatMap(DynamicPage.cookies)
      + answers.flatMap(DynamicPage.programNames)
    guard !evidence.isEmpty else { return nil }
    self.evidence = evidence
  }

  /// Fields by which a program that makes pages names itself: PHP, ASP.NET, Express; Rack and Rails; Drupal
  /// and other generators.
  private static let programFields: Set<String> = [
    "x-powered-by", "x-aspnet-version", "x-aspnetmvc-version", "x-runtime", "x-generator",
  ]
}

extension DynamicPage {
  private static func differingBodies(_ answers: [Answer]) -> [Evidence] {
    let gets = answers.filter { $0.isComparable }
    return zip(gets, gets.dropFirst()).compactMap { earlier, later in
      guard earlier.response.status == later.response.status,
        earlier.response.bodyFingerprint != later.response.bodyFingerprint,
        !isReplacedFile(earlier.response, later.response)
      else { return nil }
      let sizes = "\(earlier.response.bodyBytes) and \(later.response.bodyBytes) bytes"
      return Evidence(
        exchange: "\(earlier.name), \(later.name)", text: "the bodies differ (\(sizes))")
    }
  }

  private static func isReplacedFile(_ earlier: HTTPResponse, _ later: HTTPResponse) -> Bool {
    guard let before = earlier.field("Last-Modified"), let after = later.field("Last-Modified")
    else { return false }
    return before != after
  }

  private static func cookies(_ answer: Answer) -> [Evidence] {
    guard answer.response.field("Last-Modified") == nil else { return [] }
    return answer.response.fields.filter { $0.name.lowercased() == "set-cookie" }.map { field in
      let name = field.value.prefix { $0 != "=" && $0 != ";" }
      return Evidence(exchange: answer.name, text: "\(field.name): \(name)=…")
    }
  }

  private static func programNames(_ answer: Answer) -> [Evidence] {
    guard answer.response.field("Last-Modified") == nil, answer.response.field("ETag") == nil
    else { return [] }
    return answer.response.fields.filter { programFields.contains($0.name.lowercased()) }.map {
      Evidence(exchange: answer.name, text: "\($0.name): \($0.value)")
    }
  }
}

/// A response to look at, with the name of its exchange.
private struct Answer {
  var name: String
  var response: HTTPResponse

  /// Whether the body is all there, or as much of it as is ever read.
  var isComparable: Bool {
    response.bodyEnd == .complete || response.bodyEnd == .oversized
  }
}

extension [ProbeExchange] {
  fileprivate var numberedAnswers: [Answer] {
    var gets = 0
    return compactMap { exchange in
      guard let http = exchange.request.http, case .response(let response) = exchange.outcome,
        response.headEnd == .complete
      else { return nil }
      switch exchange.purpose {
      case .healthCheck:
        return Answer(name: "health check (\(http.method.rawValue))", response: response)
      case .repeatedGet:
        gets += 1
        return Answer(name: "GET \(gets)", response: response)
      case .getInsteadOfHead, .tlsInsteadOfPlain, .plainInsteadOfTLS, .patientRepeat,
        .portBesidePing, .pingBesidePort, .http1InsteadOfGRPC:
        return nil
      }
    }
  }
}
