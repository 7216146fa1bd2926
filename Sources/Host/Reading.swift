/// One fact about the host with its source, or why there is none.
package enum Reading<Value: Sendable>: Sendable {
  /// The fact.
  case value(Value, from: Source)
  /// The host has no such file, table, field or command.
  case absent(Source)
  /// It exists, and we may not look.
  case denied(Source, needs: Capability)
  /// Looking went wrong: a time limit, or text we do not understand.
  case failed(Source, ReadFailure)
}

extension Reading {
  /// The fact, if there is one. Ask for the case itself where the reason matters.
  package var value: Value? {
    guard case .value(let value, _) = self else { return nil }
    return value
  }

  /// Where the fact came from or was looked for.
  package var source: Source {
    switch self {
    case .value(_, let source), .absent(let source), .denied(let source, _),
      .failed(let source, _):
      source
    }
  }

  /// Why there is no fact, as the words behind "unknown, because"; `nil` where there is one.
  package var reasonMissing: String? {
    switch self {
    case .value: nil
    case .absent(let source): "\(source) does not exist on this host"
    case .denied(let source, let capability):
      "\(source): permission denied; needs \(capability), or run as root"
    case .failed(let source, let failure): "\(source): \(failure)"
    }
  }

  /// The fact turned into another by parsing; a parse failure becomes the reason.
  package func parsed<Parsed>(
    _ parse: (Value) throws(ParseFailure) -> Parsed
  ) -> Reading<Parsed> {
    switch self {
    case .value(let value, let source):
      do throws(ParseFailure) {
        return .value(try parse(value), from: source)
      } catch {
        return .failed(source, .unparsable(error))
      }
    case .absent(let source): return .absent(source)
    case .denied(let source, let capability): return .denied(source, needs: capability)
    case .failed(let source, let failure): return .failed(source, failure)
    }
  }
}

extension Reading: Equatable where Value: Equatable {}
extension Reading: Hashable where Value: Hashable {}
