/// The candidate a typo most likely stands for: at most a third of its letters may differ.
package func closestMatch(to word: String, in candidates: some Sequence<String>) -> String? {
  nearMisses(of: word, in: candidates)
    .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?
    .candidate
}

/// All candidates that a typo may stand for, and how far away they are.
package func nearMisses(
  of word: String, in candidates: some Sequence<String>
) -> [(candidate: String, distance: Int)] {
  let limit = max(1, word.count / 3)
  return
    candidates
    // What differs too much in length needs no closer look.
    .filter { abs($0.count - word.count) <= limit }
    .map { (candidate: $0, distance: editDistance(from: word, to: $0)) }
    .filter { $0.distance <= limit && $0.distance < word.count }
}

/// Insertions, deletions, substitutions and swaps of neighbours between two words
/// (optimal string alignment).
package func editDistance(from source: String, to target: String) -> Int {
  let left = Array(source.unicodeScalars)
  let right = Array(target.unicodeScalars)
  var rows = [Array(0...right.count)]
  for row in left.indices {
    var current = [row + 1]
    for column in right.indices {
      let substitution = rows[row][column] + (left[row] == right[column] ? 0 : 1)
      var best = min(substitution, rows[row][column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        best = min(best, rows[row - 1][column - 1] + 1)
      }
      current.append(best)
    }
    rows.append(current)
  }
  return rows[left.count][right.count]
}
