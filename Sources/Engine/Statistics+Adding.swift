extension Statistics {
  /// Adds what the same run counted before its rules were replaced.
  ///
  /// Rules are the same where their ids are. Those that are gone keep their counts and are no longer
  /// enabled.
  mutating func add(before earlier: Statistics) {
    eventCount += earlier.eventCount
    matchedCount += earlier.matchedCount
    withoutType += earlier.withoutType
    withoutContact += earlier.withoutContact
    repeats += earlier.repeats
    changedRepeats += earlier.changedRepeats
    outOfOrder += earlier.outOfOrder
    problemCount += earlier.problemCount
    overwrittenCount += earlier.overwrittenCount
    madeAgain += earlier.madeAgain
    mutationCount += earlier.mutationCount
    contactCount += earlier.contactCount
    setAsideCount += earlier.setAsideCount
    noteCount += earlier.noteCount
    repeatedKeyCount += earlier.repeatedKeyCount
    func joined<Element>(_ first: [Element], _ later: [Element]) -> [Element] {
      Array((first + later).prefix(Tally.exampleLimit))
    }
    setAside = joined(earlier.setAside, setAside)
    notes = joined(earlier.notes, notes)
    problems = joined(earlier.problems, problems)
    repeatedKeys = joined(earlier.repeatedKeys, repeatedKeys)
    addRules(of: earlier)
    addPaths(of: earlier)
  }

  private mutating func addRules(of earlier: Statistics) {
    var places: [String: Int] = [:]
    for (place, rule) in rules.enumerated() { places[rule.id] = place }
    for var rule in earlier.rules {
      if let place = places[rule.id] {
        rules[place].add(rule)
      } else if rule.fired + rule.skipped + rule.setAside + rule.unknown > 0 {
        rule.isEnabled = false
        rules.append(rule)
      }
    }
  }

  private mutating func addPaths(of earlier: Statistics) {
    for path in earlier.paths {
      let place = paths.firstIndex { $0.type == path.type && $0.path == path.path }
      if let place { paths[place].add(path) } else { paths.append(path) }
    }
  }
}

extension Statistics.RuleCount {
  fileprivate mutating func add(_ earlier: Self) {
    fired += earlier.fired
    skipped += earlier.skipped
    setAside += earlier.setAside
    unknown += earlier.unknown
    for line in earlier.lines {
      let place = lines.firstIndex { $0.text == line.text && $0.path == line.path }
      guard let place else { continue }
      lines[place].missing += line.missing
      lines[place].otherType += line.otherType
      lines[place].of += line.of
    }
  }
}

extension Statistics.PathCount {
  fileprivate mutating func add(_ earlier: Self) {
    missing += earlier.missing
    null += earlier.null
    otherType += earlier.otherType
    of += earlier.of
  }
}
