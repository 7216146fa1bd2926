/// What somebody may have meant by a word that is unknown.
package enum NearestWord {
  /// Longer words are no slips of the hand, and would cost time.
  private static let longest = 64

  /// The known word with the fewest typing errors; `nil` where even that one is quite another word.
  ///
  /// Case does not count. Of several the first is taken.
  package static func nearest(to word: String, of known: [String]) -> String? {
    let typed = Array(word.lowercased().unicodeScalars)
    guard typed.count <= longest else { return nil }
    let distances = known.map {
      (word: $0, distance: distance(typed, Array($0.lowercased().unicodeScalars)))
    }
    guard let best = distances.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(1, min(typed.count, best.word.count) / 3) ? best.word : nil
  }

  /// Letters to insert, delete, replace or swap with their neighbour (optimal string alignment).
  static func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var last = Array(0...second.count)
    for (row, letter) in first.enumerated() {
      var next = [row + 1]
      for (column, other) in second.enumerated() {
        let replaced = last[column] + (letter == other ? 0 : 1)
        var cost = min(replaced, last[column + 1] + 1, next[column] + 1)
        if row > 0, column > 0, letter == second[column - 1], first[row - 1] == other {
          cost = min(cost, before[column - 1] + 1)
        }
        next.append(cost)
      }
      (before, last) = (last, next)
    }
    return last.last ?? first.count
  }
}
