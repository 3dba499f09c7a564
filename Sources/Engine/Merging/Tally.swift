import CEL
import Contacts

/// Counts while the run goes on; `Statistics` is their printed form.
struct Tally {
  struct RuleTally {
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
  /// How often each rule fired, by its number; beside the rest, which is seldom wanted.
  var firings: [Int]
  var rules: [RuleTally]
  private var types: [TypeTally] = []
  private var typeNumbers: [UInt64: Int] = [:]
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
    firings = Array(repeating: 0, count: program.ruleIDs.count)
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
    let number: Int
    if let known = typeNumbers[type.key] {
      // Two types of one hash would be counted as one, with slots that are not theirs.
      guard types[known].slots == type.slots else { return }
      number = known
    } else {
      number = types.count
      guard types.count < TypeTable.capacity else { return }
      types.append(
        TypeTally(
          shape: type.shape, type: type.type, slots: type.slots,
          tags: Array(repeating: 0, count: type.slots.count * Log.tagCount)))
      typeNumbers[type.key] = number
    }
    types[number].events += Int(type.events)
    for tag in type.tags { types[number].tags[Int(tag.place)] += UInt64(tag.count) }
  }

  /// Adds what rules did not do for an event.
  mutating func count(
    _ outcomes: UnsafeBufferPointer<Log.Outcome>, _ range: RowRange, event: EventName
  ) {
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
    let expected = expectedTags()
    result.paths = types.sorted { $0.type < $1.type }.flatMap { pathCounts(of: $0, expected) }
    var rows: [Int?] = Array(repeating: nil, count: program.ruleIDs.count)
    for row in 0..<program.rules.count { rows[Int(program.rules[row].number)] = row }
    let hearers = types.map { program.listeners.rules(hearing: $0.type.isEmpty ? nil : $0.type) }
    result.rules = program.ruleIDs.indices.map { ruleCount($0, row: rows[$0], hearers) }
    return result
  }

  private func pathCounts(
    of type: TypeTally, _ expected: [Set<UInt8>]
  ) -> [Statistics.PathCount] {
    type.slots.enumerated().map { index, slot in
      let counts = TagCounts(type.tags, index)
      let expected = expected[Int(slot)]
      return Statistics.PathCount(
        type: type.type, path: program.paths[Int(slot)].joined(separator: "."),
        missing: counts.missing, null: counts.null,
        otherType: expected.isEmpty ? 0 : counts.present - counts.sum(of: expected),
        of: type.events)
    }
  }

  /// Of each slot the tags that the lines reading it can use; none where some line takes any.
  private func expectedTags() -> [Set<UInt8>] {
    var expected: [Set<UInt8>] = Array(repeating: [], count: program.paths.count)
    var takesAny = Array(repeating: false, count: program.paths.count)
    for rule in 0..<program.lines.ruleCount {
      for line in program.lines[rule] {
        for read in program.lines.reads(of: line) {
          if read.expected.isEmpty { takesAny[read.slot] = true }
          if !takesAny[read.slot] { expected[read.slot].formUnion(read.expected) }
        }
      }
    }
    for slot in expected.indices where takesAny[slot] { expected[slot] = [] }
    return expected
  }

  /// The counts of a rule; `row` is where it stands among those that are not switched off, and `hearers` are of each
  /// type the rows of the rules that listen to it.
  private func ruleCount(
    _ number: Int, row: Int?, _ hearers: [Set<Int32>]
  ) -> Statistics.RuleCount {
    var result = Statistics.RuleCount(
      id: program.ruleIDs[number], at: program.ruleLocations[number],
      isEnabled: program.isRuleEnabled[number])
    result.fired = firings[number]
    result.skipped = rules[number].skipped
    result.setAside = rules[number].setAside
    result.unknown = rules[number].unknown
    guard let row else { return result }
    let heard = types.indices.filter {
      types[$0].shape == program.rules[row].shape && hearers[$0].contains(Int32(row))
    }
    let heardTypes = heard.map { types[$0] }
    for line in program.lines[number] {
      for read in program.lines.reads(of: line) {
        result.lines.append(lineCount(line, read, heardTypes))
      }
    }
    return result
  }

  private func lineCount(
    _ line: RuleLines.Line, _ read: (slot: Int, expected: Set<UInt8>), _ heard: [TypeTally]
  ) -> Statistics.LineCount {
    var result = Statistics.LineCount(
      line: Int(line.line), text: program.lines.text(of: line),
      path: program.paths[read.slot].joined(separator: "."))
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
