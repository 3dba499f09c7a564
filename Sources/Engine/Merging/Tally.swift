import CEL
import Contacts

/// Counts while the run goes on; `Statistics` is their printed form.
struct Tally {
  struct RuleTally {
    var fired = 0
    var skipped = 0
    var setAside = 0
    var unknown = 0
  }

  /// Of one event type: events, and the tags of the slots its rules read.
  struct TypeTally {
    var shape: Int32
    var type: String
    var events = 0
    var slots: [Int32]
    var tags: [UInt64]
  }

  static let exampleLimit = 1000

  private let program: Program
  var rules: [RuleTally]
  private var types: [TypeTally] = []
  private var typeNumbers: [String: Int] = [:]
  var eventCount = 0
  var matchedCount = 0
  var withoutType = 0
  var withoutContact = 0
  var repeats = 0
  var changedRepeats = 0
  var outOfOrder = 0
  var madeAgain = 0
  var mutationCount = 0
  var contactCount = 0
  var overwrittenCount = 0
  private(set) var setAsideCount = 0
  private(set) var setAside: [Statistics.SetAside] = []
  private var conflicts: [Statistics.URNConflict] = []
  private var noteCount = 0
  private var notes: [Statistics.SetAside] = []
  private(set) var problemCount = 0
  private var problems: [InputProblem] = []
  private var repeatedKeyCount = 0
  private var repeatedKeys: [InputProblem] = []

  init(_ program: Program) {
    self.program = program
    rules = Array(repeating: RuleTally(), count: program.ruleIDs.count)
  }

  /// Adds the counts of a chunk.
  mutating func count(_ log: borrowing Log) {
    eventCount += log.eventCount
    matchedCount += log.matchedCount
    withoutType += log.withoutTypeCount
    problemCount += log.problems.count
    for problem in log.problems where problems.count < Self.exampleLimit {
      problems.append(problem)
    }
    repeatedKeyCount += log.repeatedKeys.count
    for problem in log.repeatedKeys where repeatedKeys.count < Self.exampleLimit {
      repeatedKeys.append(problem)
    }
    for type in log.types { count(type) }
  }

  private mutating func count(_ type: Log.TypeCount) {
    let key = "\(type.shape) \(type.type)"
    let number: Int
    if let known = typeNumbers[key] {
      number = known
    } else {
      number = types.count
      guard types.count < TypeTable.capacity else { return }
      types.append(
        TypeTally(
          shape: type.shape, type: type.type, slots: type.slots,
          tags: Array(repeating: 0, count: type.tags.count)))
      typeNumbers[key] = number
    }
    types[number].events += Int(type.events)
    types[number].tags.withUnsafeMutableBufferPointer { sums in
      type.tags.withUnsafeBufferPointer { counts in
        for index in 0..<min(sums.count, counts.count) where counts[index] != 0 {
          sums[index] += UInt64(counts[index])
        }
      }
    }
  }

  /// Adds what rules did not do for an event.
  mutating func count(_ outcomes: [Log.Outcome], _ range: RowRange, event: EventName) {
    var hadNobody = false
    for index in Int(range.first)..<Int(range.first + range.count) {
      let outcome = outcomes[index]
      let rule = Int(outcome.rule)
      switch outcome.kind {
      case .skipped: rules[rule].skipped += 1
      case .unknown: rules[rule].unknown += 1
      case .refused:
        setAside(
          rule: outcome.rule, event: event,
          reason: outcome.refusal?.sentence ?? "the API would refuse the value")
      case .noContact:
        rules[rule].setAside += 1
        if !hadNobody {
          withoutContact += 1
          remember(rule: outcome.rule, event: event, reason: "no contact")
        }
        hadNobody = true
      }
    }
  }

  /// Counts a write that was set aside.
  mutating func setAside(rule: Int32, event: EventName, reason: String) {
    rules[Int(rule)].setAside += 1
    remember(rule: rule, event: event, reason: reason)
  }

  /// Counts a write that wants a URN of another contact.
  mutating func setAside(rule: Int32, event: EventName, _ conflict: Statistics.URNConflict) {
    setAside(
      rule: rule, event: event,
      reason: "`\(conflict.urn)` belongs to contact \(conflict.owner) (--allow-urn-moves takes it)")
    if conflicts.count < Self.exampleLimit { conflicts.append(conflict) }
  }

  /// Counts a write that planning found impossible, when its event is known by name only.
  mutating func setAside(rule: Int32, event: String, reason: String) {
    rules[Int(rule)].setAside += 1
    guard setAside.count < Self.exampleLimit else { return setAsideCount += 1 }
    remember(rule, event, at: "event \(event)", reason)
  }

  private mutating func remember(rule: Int32, event: EventName, reason: String) {
    guard setAside.count < Self.exampleLimit else { return setAsideCount += 1 }
    remember(rule, event.text, at: event.place, reason)
  }

  private mutating func remember(
    _ rule: Int32, _ event: String, at place: String, _ reason: String
  ) {
    setAsideCount += 1
    guard setAside.count < Self.exampleLimit else { return }
    setAside.append(
      Statistics.SetAside(
        rule: program.ruleIDs[Int(rule)], event: event, at: place, reason: reason))
  }

  /// Counts a line of the run's report.
  mutating func note(rule: Int32, event: EventName, text: String) {
    noteCount += 1
    guard notes.count < Self.exampleLimit else { return }
    notes.append(
      Statistics.SetAside(
        rule: program.ruleIDs[Int(rule)], event: event.text, at: event.place, reason: text))
  }

  /// The counts in the form that is printed.
  func statistics(overwritten: Int) -> Statistics {
    var result = Statistics()
    result.eventCount = eventCount
    result.matchedCount = matchedCount
    result.withoutType = withoutType
    result.withoutContact = withoutContact
    result.repeats = repeats
    result.changedRepeats = changedRepeats
    result.outOfOrder = outOfOrder
    result.problemCount = problemCount
    result.problems = problems
    result.repeatedKeyCount = repeatedKeyCount
    result.repeatedKeys = repeatedKeys
    result.overwrittenCount = overwrittenCount + overwritten
    result.madeAgain = madeAgain
    result.mutationCount = mutationCount
    result.contactCount = contactCount
    result.setAside = setAside
    result.setAsideCount = setAsideCount
    result.conflicts = conflicts
    result.notes = notes
    result.noteCount = noteCount
    result.paths = types.sorted { $0.type < $1.type }.flatMap(pathCounts)
    result.rules = program.ruleIDs.indices.map(ruleCount)
    return result
  }

  private func pathCounts(of type: TypeTally) -> [Statistics.PathCount] {
    type.slots.enumerated().map { index, slot in
      let counts = TagCounts(type.tags, index)
      let expected = expectedTags(of: Int(slot))
      return Statistics.PathCount(
        type: type.type, path: program.paths[Int(slot)].joined(separator: "."),
        missing: counts.missing, null: counts.null,
        otherType: expected.isEmpty ? 0 : counts.present - counts.sum(of: expected),
        of: type.events)
    }
  }

  /// The tags that the lines reading a slot can use; none where some line takes any.
  private func expectedTags(of slot: Int) -> Set<UInt8> {
    var expected: Set<UInt8> = []
    for read in program.lines.joined().flatMap(\.reads) where read.slot == slot {
      if read.expected.isEmpty { return [] }
      expected.formUnion(read.expected)
    }
    return expected
  }

  private func ruleCount(_ number: Int) -> Statistics.RuleCount {
    var result = Statistics.RuleCount(
      id: program.ruleIDs[number], at: program.ruleLocations[number],
      isEnabled: program.isRuleEnabled[number])
    result.fired = rules[number].fired
    result.skipped = rules[number].skipped
    result.setAside = rules[number].setAside
    result.unknown = rules[number].unknown
    guard
      let row = (0..<program.rules.count).first(where: { Int(program.rules[$0].number) == number })
    else { return result }
    let heard = types.filter {
      $0.shape == program.rules[row].shape
        && program.triggers[row].listens(to: $0.type.isEmpty ? nil : $0.type)
    }
    for line in program.lines[number] {
      for read in line.reads { result.lines.append(lineCount(line, read, heard)) }
    }
    return result
  }

  private func lineCount(
    _ line: PredicateLine, _ read: (slot: Int, expected: Set<UInt8>), _ heard: [TypeTally]
  ) -> Statistics.LineCount {
    var result = Statistics.LineCount(
      line: line.line, text: line.text, path: program.paths[read.slot].joined(separator: "."))
    for type in heard {
      guard let index = type.slots.firstIndex(of: Int32(read.slot)) else { continue }
      let counts = TagCounts(type.tags, index)
      result.of += type.events
      result.missing += counts.missing
      guard !read.expected.isEmpty else { continue }
      result.otherType += counts.present - counts.sum(of: read.expected)
    }
    return result
  }
}

/// The tag counters of one slot.
private struct TagCounts {
  private let tags: ArraySlice<UInt64>

  init(_ tags: [UInt64], _ index: Int) {
    self.tags = tags[index * Log.tagCount..<(index + 1) * Log.tagCount]
  }

  private func count(_ tag: Value.Tag) -> Int { Int(tags[tags.startIndex + Int(tag.rawValue)]) }

  /// Not there, also because another value stands where an object should.
  var missing: Int { count(.missing) + count(.unknown) }
  var null: Int { count(.null) }
  /// There, not null, and usable.
  var present: Int { tags.reduce(0) { $0 + Int($1) } - missing - null }

  func sum(of tags: Set<UInt8>) -> Int {
    tags.reduce(0) { $0 + Int(self.tags[self.tags.startIndex + Int($1)]) }
  }
}
