import Diagnostics

/// All that the page says, in each language.
enum PageWords {
  /// A message; `{name}` stands for a value.
  enum Key: String, CaseIterable {
    case skip, share, language, views, rules, events, result, files, editEvents, eventsHint
    case previous, next, position, show, makeTest, eventAsRead, whatRulesDid, contactsChanged
    case copy, save, close, whyNot, atLine, rulesIn, noProblems, noType, unusable, noEvents
    case repeated = "repeat"
    case eventTitle, noChange, noCalls, callsOfWindow, covered, rehearsed, serverStopped
    case testNote, testDiffers, noTest, shareNote, about
    case cardEvents, cardContacts, cardCalls, cardQuota, cardSetAside
    case problemsOne = "problems.one"
    case problemsOther = "problems.other"
    case firedOne = "fired.one"
    case firedOther = "fired.other"
    case otherRulesOne = "otherRules.one"
    case otherRulesOther = "otherRules.other"
    case unknownsOne = "unknowns.one"
    case unknownsOther = "unknowns.other"
    case kindAll = "kind.all"
    case kindAny = "kind.any"
    case kindNone = "kind.none"
    case outcomeTrue = "outcome.true"
    case outcomeFalse = "outcome.false"
    case outcomeUnknown = "outcome.unknown"
    case verdictFired = "verdict.fired"
    case verdictNobody = "verdict.nobody"
    case verdictFalse = "verdict.false"
    case verdictUnknown = "verdict.unknown"
    case verdictOther = "verdict.other type"
    case verdictOff = "verdict.switched off"
    case contactMade = "contact.made"
    case contactChanged = "contact.changed"
    case contactDeleted = "contact.deleted"
    case filterAll = "filter.all"
    case filterFired = "filter.fired"
    case filterSilent = "filter.silent"
    case filterUnknown = "filter.unknown"
    case partName = "part.name"
    case partLanguage = "part.language"
    case partStatus = "part.status"
    case partGroups = "part.groups"
    case partURNs = "part.urns"
    case setAside, notSent, quotaSeconds, quotaHours
    case didFire, isSwitchedOff, findsNobody, wouldFire, wouldFireToo, listensElsewhere,
      stoppedByFalse, stoppedByUnknown
    case unknownStep
  }

  private static let words = Dictionary(
    catalogue.map { ($0.key, ($0.english, $0.portuguese)) }, uniquingKeysWith: { first, _ in first }
  )

  static func text(
    _ key: Key, in language: Language, _ values: [String: String] = [:]
  ) -> String {
    let (english, portuguese) = words[key] ?? (key.rawValue, key.rawValue)
    var text = language == .english ? english : portuguese
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      text = text.split(separator: "{\(name)}", omittingEmptySubsequences: false)
        .joined(separator: value)
    }
    return text
  }

  static func all(in language: Language) -> [String: String] {
    Dictionary(uniqueKeysWithValues: Key.allCases.map { ($0.rawValue, text($0, in: language)) })
  }
}
