import Diagnostics
import Engine

/// Writes of one rule that were set aside for one reason, or notes of one rule with one text.
struct Occurrences {
  let first: Statistics.SetAside
  private(set) var count = 0

  /// The groups of a list, the most frequent first, equals in the order of the list.
  static func groups(of items: [Statistics.SetAside]) -> [Occurrences] {
    var places: [[String]: Int] = [:]
    var groups: [Occurrences] = []
    for item in items {
      let key = [item.rule, item.reason]
      let place = places[key] ?? groups.count
      if place == groups.count {
        places[key] = place
        groups.append(Occurrences(first: item))
      }
      groups[place].count += 1
    }
    return groups.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map(\.element)
  }

  /// `, 6 times`.
  var times: String { count == 1 ? "" : ", \(counted(count, "time"))" }

  /// Put in front of the example of several.
  var firstly: String { count == 1 ? "" : "first " }
}
