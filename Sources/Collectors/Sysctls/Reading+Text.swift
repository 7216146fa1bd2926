package import Host

extension Reading where Value == [UInt8] {
  /// The bytes as text, parsed. Bytes that are no UTF-8 become U+FFFD, which no number holds.
  package func parsedText<Parsed>(
    _ parse: (String) throws(ParseFailure) -> Parsed
  ) -> Reading<Parsed> {
    parsed { bytes throws(ParseFailure) in try parse(String(decoding: bytes, as: UTF8.self)) }
  }
}

extension Reading {
  /// Another reading that follows from this fact; where there is none, its reason stands for both.
  func flatMap<Other>(_ next: (Value, Source) -> Reading<Other>) -> Reading<Other> {
    switch self {
    case .value(let value, let source): next(value, source)
    case .absent(let source): .absent(source)
    case .denied(let source, let capability): .denied(source, needs: capability)
    case .failed(let source, let failure): .failed(source, failure)
    }
  }
}
