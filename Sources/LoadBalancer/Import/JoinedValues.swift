/// Values by their ids, in the order in which they first came.
struct JoinedValues<Value> {
  private(set) var values: [Value] = []
  private var indexes: [String: Int] = [:]

  /// Adds a value, or hands the one of the same id to `join`.
  mutating func add(
    _ value: Value, id: String, join: (inout Value, Value) throws(ImportFailure) -> Void
  ) throws(ImportFailure) {
    if let index = indexes[id] {
      try join(&values[index], value)
    } else {
      indexes[id] = values.count
      values.append(value)
    }
  }
}
