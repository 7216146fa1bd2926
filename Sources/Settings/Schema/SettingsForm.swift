import Addressing
import Checker
import Delivery
import LoadBalancer

/// How one value is written, and what is expected of it.
struct SettingsForm<Value: Sendable & Hashable>: Sendable {
  /// In words, as an error has it behind "expected".
  var expected: String
  /// `nil` for text that is not of this form.
  var parse: @Sendable (String) -> Value?
  /// The value as the file would have it.
  var text: @Sendable (Value) -> String
  /// What exactly is expected in the place of text that is not of this form, where that can be said.
  var hint: @Sendable (String) -> String? = { _ in nil }
}

extension SettingsForm where Value == Int {
  static func whole(_ range: ClosedRange<Int>, _ unit: String? = nil) -> Self {
    Self(
      expected: "a whole number from \(range.lowerBound) to \(range.upperBound)"
        + (unit.map { " (\($0))" } ?? ""),
      parse: { text in
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
          range.contains(number)
        else { return nil }
        return number
      }, text: { "\($0)" })
  }
}

extension SettingsForm where Value == Bool {
  static let truth = Self(
    expected: "true or false",
    parse: { text in text == "true" ? true : text == "false" ? false : nil },
    text: { "\($0)" })
}

extension SettingsForm where Value == MetadataEndpoint {
  static let metadataEndpoint = Self(
    expected: MetadataEndpoint.expected, parse: { MetadataEndpoint(parsing: $0) },
    text: { $0.description })
}

extension SettingsForm where Value == UInt16 {
  static let port = Self(
    expected: "a port from 1 to 65535",
    parse: { text in
      guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(text), port > 0
      else { return nil }
      return port
    }, text: { "\($0)" })
}

extension SettingsForm where Value == AddressPrefix {
  static let prefix = Self(
    expected: "ADDRESS or ADDRESS/LENGTH, as 100.64.0.0/10",
    parse: { AddressPrefix(parsing: $0) }, text: { $0.description })
}

extension SettingsForm where Value == HTTPCode {
  static let httpCode = Self(
    expected: "classes as 2xx,3xx, or a number from 1 to 31", parse: { HTTPCode(parsing: $0) },
    text: { $0.description })
}

extension SettingsForm where Value == GRPCCodes {
  static let grpcCodes = Self(
    expected: "numbers from 0 to 99, as 12, 0,12 or 0-99", parse: { GRPCCodes(parsing: $0) },
    text: { $0.description })
}

extension SettingsForm where Value == SourceIPType {
  static let sourceIPType = Self(
    expected: "0 or 1", parse: { Int($0).flatMap(SourceIPType.init) },
    text: { "\($0.rawValue)" })
}

extension SettingsForm where Value == ReceiverURL {
  static let receiverURL = Self(
    expected: ReceiverURL.expected, parse: { ReceiverURL(parsing: $0) }, text: { $0.description })
}

extension SettingsForm where Value == HeaderText {
  static let headerText = Self(
    expected: "\"NAME: TEXT\"", parse: { HeaderText(parsing: $0) },
    text: { "\($0.name): \($0.text)" })

  static let headerFile = Self(
    expected: "\"NAME: FILE\", FILE a path that begins with / or a credential's name",
    parse: { line in
      guard let header = HeaderText(parsing: line),
        header.text.hasPrefix("/") || !header.text.contains("/")
      else { return nil }
      return header
    }, text: { "\($0.name): \($0.text)" })
}

extension SettingsForm where Value == TargetURL {
  static let targetURL = Self(
    expected:
      "tcp://, udp://, http://, https://, grpc:// or grpcs:// with [ADDRESS]:PORT behind it, as "
      + "http://:80/health",
    parse: { try? TargetURL(parsing: $0) }, text: { $0.description }, hint: hint)

  /// Which part is not as expected.
  @Sendable private static func hint(_ text: String) -> String? {
    do throws(TargetURLError) {
      _ = try TargetURL(parsing: text)
      return nil
    } catch {
      return error.expected
    }
  }
}

extension SettingsForm where Value: RawRepresentable, Value.RawValue == String {
  /// One of a closed set of words, in any case.
  static func choice(_ values: [Value]) -> Self {
    let words = values.map(\.rawValue)
    return Self(
      expected: words.joined(separator: " or "),
      parse: { text in values.first { $0.rawValue.lowercased() == text.lowercased() } },
      text: { $0.rawValue })
  }
}

extension SettingsForm where Value == String {
  static let domain = Self(
    expected: "1 to 80 letters, digits, \"-\" and \".\"",
    parse: { HealthCheck.isDomain($0) ? $0 : nil }, text: { $0 })

  static let receiverName = Self(
    expected: "1 to 32 of a-z, 0-9 and \"-\", as central",
    parse: { text in
      let isName = text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
      }
      return isName && (1...32).contains(text.utf8.count) ? text : nil
    }, text: { $0 })

  static let absolutePath = Self(
    expected: "a path that begins with /",
    parse: { text in
      guard text.hasPrefix("/"), path.parse(text) != nil,
        !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
      else { return nil }
      return text
    }, text: { $0 })

  static let path = Self(
    expected: "a path",
    parse: { (1...4096).contains($0.utf8.count) && !$0.contains("\0") ? $0 : nil },
    text: { $0 })

  static let context = Self(
    expected: "1 to 500 visible ASCII characters",
    parse: { text in
      let isLegal = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
      return isLegal && (1...500).contains(text.utf8.count) ? text : nil
    }, text: { $0 })

  /// The name of a check or the id of a finding.
  static let checkOrFinding = Self(
    expected: "a check's name or a finding's id, as \"clb-agent explain\" lists them",
    parse: { Skips.known.contains($0) ? $0 : nil }, text: { $0 },
    hint: { NearestWord.nearest(to: $0, of: Skips.known).map { "\"\($0)\"" } })
}
