/// Makes a ruleset smaller as long as it still shows what it is kept for.
struct Shrinker {
  /// Tests that may be spent.
  var budget = 250

  /// Removes parts in ever smaller runs, grain by grain, until no single part can go.
  ///
  /// - Throws: what the test throws.
  func shrink(
    _ ruleset: Ruleset, whileShowing shows: (Ruleset) async throws -> Bool
  ) async throws -> Ruleset {
    var smallest = ruleset
    var spent = 0
    var before: Ruleset
    repeat {
      before = smallest
      for grain in Grain.allCases {
        smallest = try await shrink(smallest, grain, &spent, shows)
      }
    } while smallest != before && spent < budget
    return smallest
  }

  private func shrink(
    _ ruleset: Ruleset, _ grain: Grain, _ spent: inout Int,
    _ shows: (Ruleset) async throws -> Bool
  ) async throws -> Ruleset {
    var smallest = ruleset
    var length = smallest.count(of: grain)
    while length > 0 {
      var start = 0
      while start < smallest.count(of: grain), spent < budget {
        let candidate = smallest.removing(start..<(start + length), of: grain)
        spent += 1
        if candidate != smallest, try await shows(candidate) {
          smallest = candidate
        } else {
          start += length
        }
      }
      length /= 2
    }
    return smallest
  }
}
