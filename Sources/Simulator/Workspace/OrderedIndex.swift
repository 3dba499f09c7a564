/// Rows in the order of a time, those of one time in the order of their making.
///
/// Sorted runs of bounded length: an insertion or removal moves one run's tail, wherever it falls.
struct OrderedIndex: Sendable {
  struct Key: Comparable, Sendable {
    var time: Int64
    var row: Int32

    static func < (left: Key, right: Key) -> Bool {
      left.time == right.time ? left.row < right.row : left.time < right.time
    }
  }

  private static let runLimit = 1024
  private var runs: [[Key]] = []
  private(set) var count = 0

  mutating func insert(_ key: Key) {
    count += 1
    guard let last = runs.indices.last else {
      runs.append([key])
      return
    }
    let run = min(firstRun { $0 >= key }, last)
    if run == last, let end = runs[run].last, end < key {
      // New times are mostly the latest ones: full runs stay full.
      if runs[run].count < Self.runLimit { runs[run].append(key) } else { runs.append([key]) }
      return
    }
    runs[run].insert(key, at: Self.place(in: runs[run]) { $0 >= key })
    if runs[run].count > Self.runLimit {
      let half = Array(runs[run][(Self.runLimit / 2)...])
      runs[run].removeLast(half.count)
      runs.insert(half, at: run + 1)
    }
  }

  mutating func remove(_ key: Key) {
    let run = firstRun { $0 >= key }
    guard run < runs.count else { return }
    let place = Self.place(in: runs[run]) { $0 >= key }
    guard runs[run][place] == key else { return }
    count -= 1
    if runs[run].count == 1 { runs.remove(at: run) } else { runs[run].remove(at: place) }
  }

  enum Direction: Sendable { case ascending, descending }

  /// Visits keys behind a time, in one direction, until `visit` gives false; without a time, all.
  func walk(
    _ direction: Direction, behind time: Int64?, _ visit: (Key) -> Bool
  ) {
    switch direction {
    case .ascending:
      var run = time.map { time in firstRun { $0.time > time } } ?? 0
      guard run < runs.count else { return }
      var place = time.map { time in Self.place(in: runs[run]) { $0.time > time } } ?? 0
      while run < runs.count {
        while place < runs[run].count {
          if !visit(runs[run][place]) { return }
          place += 1
        }
        run += 1
        place = 0
      }
    case .descending:
      var run = min(time.map { time in firstRun { $0.time >= time } } ?? runs.count, runs.count - 1)
      guard run >= 0 else { return }
      var place =
        time.map { time in Self.place(in: runs[run]) { $0.time >= time } } ?? runs[run].count
      while run >= 0 {
        while place > 0 {
          place -= 1
          if !visit(runs[run][place]) { return }
        }
        run -= 1
        if run >= 0 { place = runs[run].count }
      }
    }
  }

  /// The first run whose last key fulfils what all later keys fulfil too.
  private func firstRun(_ fulfils: (Key) -> Bool) -> Int {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if fulfils(runs[middle][runs[middle].count - 1]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private static func place(in run: [Key], _ fulfils: (Key) -> Bool) -> Int {
    var low = 0
    var high = run.count
    while low < high {
      let middle = (low + high) / 2
      if fulfils(run[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
