import Diagnostics
import Streams

/// How far a run has come, as one line.
struct RunStatus: Equatable {
  var events = 0
  /// Absent once all are read.
  var eventsPerSecond: Int?
  var calls = 0
  var backlog = 0
  var setAside = 0
  /// Requests left in each quota.
  var quotaLeft: [Int] = []
  /// Seconds until nothing waits any more; absent where nobody knows.
  var secondsLeft: Int?
  /// Seconds that nothing is sent for.
  var waitSeconds: Int?
  /// What is counted.
  var word = "events"

  private enum Part: Int, CaseIterable {
    case rate, quota, events, setAside, calls, backlog, wait, time
  }

  /// The line; what matters less is left out where it does not fit.
  func line(width: Int) -> String {
    var hidden: Set<Part> = []
    for part in [Part?.none] + Part.allCases.map(Optional.some) {
      if let part { hidden.insert(part) }
      let text = text(without: hidden)
      if text.count <= width { return text }
    }
    return ""
  }

  private func text(without hidden: Set<Part>) -> String {
    func shown(_ part: Part, _ text: @autoclosure () -> String?) -> String? {
      hidden.contains(part) ? nil : text()
    }
    let parts = [
      shown(.events, events == 0 ? nil : "\(grouped(events)) \(word)"),
      shown(.rate, eventsPerSecond.map { "\(grouped($0))/s" }),
      shown(.calls, "\(grouped(calls)) sent"),
      shown(.backlog, "\(grouped(backlog)) to go"),
      shown(.setAside, setAside == 0 ? nil : "\(grouped(setAside)) set aside"),
      shown(.quota, quotaText),
      shown(.wait, waitSeconds.map { "waiting \(clockTime($0))" }),
      shown(.time, secondsLeft.map { "\(clockTime($0)) left" }),
    ]
    return parts.compactMap(\.self).joined(separator: " · ")
  }

  private var quotaText: String? {
    quotaLeft.isEmpty ? nil : "quota " + quotaLeft.map(grouped).joined(separator: "+")
  }
}
