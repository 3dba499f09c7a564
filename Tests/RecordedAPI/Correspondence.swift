import Foundation

/// Which uuid, time and cursor of ours stands for which recorded one.
struct Correspondence {
  private var own: [String: String] = [:]
  private var recorded: [String: String] = [:]

  private static var uuid: Regex<Substring> { /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/ }
  private static var time: Regex<(Substring, Substring?)> { /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$/ }

  /// Whether a recorded thing is, or may from now on be, this one of ours.
  mutating func bind(_ recorded: String, to own: String) -> Bool {
    if let known = self.own[recorded] { return known == own }
    if let known = self.recorded[own], known != recorded { return false }
    self.own[recorded] = own
    self.recorded[own] = recorded
    return true
  }

  /// Times may coincide on our side: a clock stands still while a request is answered.
  mutating func bindTime(_ recorded: String, to own: String) -> Bool {
    guard recorded.contains(Self.time), own.contains(Self.time) else { return false }
    if let known = self.own[recorded] { return known == own }
    self.own[recorded] = own
    return true
  }

  /// A text of a request in our uuids and times.
  func translated(_ text: String) -> String {
    var text = text
    for (recorded, own) in own where recorded.count >= 20 {
      for (from, to) in Self.spellings(recorded, own) where text.contains(from) {
        text = text.replacingOccurrences(of: from, with: to)
      }
    }
    return text
  }

  private static func spellings(_ recorded: String, _ own: String) -> [(String, String)] {
    var pairs = [(recorded, own)]
    if recorded.contains(time) {
      pairs.append((
        recorded.replacingOccurrences(of: ":", with: "%3A"),
        own.replacingOccurrences(of: ":", with: "%3A")
      ))
    } else if recorded.wholeMatch(of: uuid) != nil {
      let bare = (
        recorded.replacingOccurrences(of: "-", with: ""),
        own.replacingOccurrences(of: "-", with: "")
      )
      pairs += [
        bare, (recorded.uppercased(), own.uppercased()), (bare.0.uppercased(), bare.1.uppercased()),
      ]
    }
    return pairs
  }

  /// Whether two texts are the same but for uuids that stand for each other.
  mutating func matches(_ expected: String, _ actual: String) -> Bool {
    if expected == actual, expected.firstMatch(of: Self.uuid) == nil { return true }
    let wanted = expected.matches(of: Self.uuid).map { String($0.output) }
    let given = actual.matches(of: Self.uuid).map { String($0.output) }
    guard wanted.count == given.count,
      expected.replacing(Self.uuid, with: "") == actual.replacing(Self.uuid, with: "")
    else { return Self.matchesInAnotherCase(expected, actual, own) }
    if expected.hasPrefix("Non-active contacts") {
      return Set(wanted.map { own[$0] ?? $0 }) == Set(given)
    }
    for (recorded, own) in zip(wanted, given) where !bind(recorded, to: own) { return false }
    return true
  }

  /// Messages quote uuids as they were sent: in capitals or without hyphens.
  private static func matchesInAnotherCase(
    _ expected: String, _ actual: String, _ own: [String: String]
  ) -> Bool {
    for (recorded, own) in own {
      for (from, to) in spellings(recorded, own) where expected.contains(from) {
        if expected.replacingOccurrences(of: from, with: to) == actual { return true }
      }
    }
    return false
  }

  func isKnown(_ recorded: String, as own: String) -> Bool { self.own[recorded] == own }

  mutating func bindCursor(_ recorded: String, to own: String) { self.own[recorded] = own }
}
