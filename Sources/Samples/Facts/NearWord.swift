internal import Diagnostics

/// A word that a written one was most likely meant to be.
enum NearWord {
  /// How two words differ.
  enum Difference: Comparable {
    /// In case, accents or the signs between words only.
    case spelling
    /// In one or two letters, of enough.
    case slip
    /// In up to a third of their letters.
    case far
  }

  static func difference(_ written: String, _ other: String) -> Difference? {
    guard written != other else { return nil }
    if Folding.key(written) == Folding.key(other), !Folding.key(other).isEmpty { return .spelling }
    guard abs(written.count - other.count) <= written.count / 3 + 1, written.count <= 128 else {
      return nil
    }
    let distance = min(
      editDistance(from: written, to: other),
      editDistance(from: Folding.key(written), to: Folding.key(other)))
    guard distance < written.count, distance < other.count else { return nil }
    if distance == 1 || distance == 2 && written.count >= 5 { return .slip }
    return distance <= written.count / 3 ? .far : nil
  }

  /// The candidate that is nearest, the first of several; nothing where none is near enough.
  static func nearest(
    to written: String, in candidates: some Sequence<String>, within limit: Difference = .far
  ) -> (word: String, difference: Difference)? {
    var best: (word: String, difference: Difference, distance: Int)?
    for candidate in candidates {
      guard let difference = difference(written, candidate), difference <= limit else { continue }
      let distance = editDistance(from: written, to: candidate)
      if let best, (best.difference, best.distance) <= (difference, distance) { continue }
      best = (candidate, difference, distance)
    }
    return best.map { ($0.word, $0.difference) }
  }
}
