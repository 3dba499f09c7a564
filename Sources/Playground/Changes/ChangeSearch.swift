import CEL
import Engine

/// Looks for the fewest fields of an event whose change makes a rule fire.
///
/// It tries one field, then two, and so on. At each step it takes a line that does not hold and tries
/// the fields that this line reads: one of them must change in the end. Values between which no
/// line tells a difference are one value, and one that serves every line at least as well as another
/// is tried in its place.
struct ChangeSearch: ~Copyable {
  private typealias Trial = Tracer.Standing

  private let rule: Int
  private let reach: RuleReach
  private let event: Literal
  private let now: Int64
  /// What the rule takes for the present time.
  private let time: Int64
  private let view: ContactView?
  private let samples: SampleValues
  /// What lines read besides the event: values that fields are compared with.
  private let others: [Int: [Literal]]
  private var tracer: Tracer
  private var coder = JSONCoder()
  private var options: [[String]: [Literal?]] = [:]
  private var trialsLeft: Int
  /// Whether a rule that finds nobody to write to is good enough.
  private var acceptsNobody = false
  /// So many lines of the event share no field, so that each needs an edit.
  private var least = 0
  /// Whether some trial failed for want of a contact alone.
  private var metNobody = false

  static let depthLimit = 20
  private static let trialLimit = 4_000
  /// Of events that are parsed in all.
  private static let byteLimit = 64 << 20

  init(
    _ traced: TracedRules, rule: Int, reach: RuleReach, event: Literal, byteCount: Int, now: Int64,
    time: Int64, knowing view: ContactView?, samples: SampleValues, others: [Int: [Literal]]
  ) {
    self.rule = rule
    self.reach = reach
    self.event = event
    self.now = now
    self.time = time
    self.view = view
    self.samples = samples
    self.others = others
    tracer = Tracer(traced)
    trialsLeft = min(Self.trialLimit, Self.byteLimit / max(1, byteCount))
  }

  /// Whether it gave up before everything was tried.
  var isExhausted: Bool { trialsLeft <= 0 }

  /// The edits, and whether the rule then finds nobody to write to.
  mutating func run() -> WhyNot.Change? {
    var edits = deepen()
    if edits == nil, metNobody, !acceptsNobody {
      acceptsNobody = true
      edits = deepen()
    }
    return edits.map {
      WhyNot.Change(
        edits: $0, isSmallest: $0.count <= max(1, least) || reach.isSimple && !isExhausted,
        isWithoutContact: acceptsNobody)
    }
  }

  private mutating func deepen() -> [EventEdit]? {
    guard let start = attempt(event) else { return nil }
    least = needed(open(start, []))
    // Nothing else can be tried where no value gives it a contact.
    if start.lacksContact, !canFindContact() { acceptsNobody = true }
    for depth in max(1, least)...max(1, least, min(Self.depthLimit, reach.paths.count)) {
      if let edits = extend([], event, start, depth) { return edits }
      if isExhausted { return nil }
    }
    return nil
  }

  private mutating func canFindContact() -> Bool {
    for path in reach.paths(near: reach.identifiers.paths) {
      for value in values(at: path) {
        guard let trial = attempt(event.setting(path[...], to: value)) else { return false }
        if !trial.lacksContact { return true }
      }
    }
    return false
  }

  private mutating func attempt(_ event: Literal) -> Trial? {
    guard trialsLeft > 0 else { return nil }
    trialsLeft -= 1
    return tracer.standing(of: rule, coder.bytes(of: event), now: now, knowing: view)
  }

  /// Goes on from an event that some edits were made to.
  private mutating func extend(
    _ edits: [EventEdit], _ event: Literal, _ trial: Trial, _ depth: Int
  ) -> [EventEdit]? {
    switch trial.verdict {
    case .fired: return edits
    case .nobody where acceptsNobody: return edits
    case .nobody: metNobody = true
    case .isFalse, .isUnknown, .otherType, .switchedOff: break
    }
    guard depth > 0, let paths = paths(for: trial, edits, depth) else { return nil }
    for path in paths {
      for value in values(at: path) {
        let changed = event.setting(path[...], to: value)
        guard let next = attempt(changed) else { return nil }
        let edit = EventEdit(
          path: path, old: self.event.value(at: path), new: value,
          sampleCount: samples.count(of: value, at: path))
        if let found = extend(edits + [edit], changed, next, depth - 1) { return found }
      }
    }
    return nil
  }

  /// The fields of the line that has the fewest of them; nothing where too few edits are left.
  private func paths(for trial: Trial, _ edits: [EventEdit], _ depth: Int) -> [[String]]? {
    if trial.verdict == .nobody {
      return free(reach.paths(near: reach.identifiers.paths), edits)
    }
    let open = open(trial, edits)
    guard needed(open) <= depth, let first = open.first, !first.isEmpty else { return nil }
    return first
  }

  /// Of each line that does not hold the fields that may be changed, the fewest first.
  private func open(_ trial: Trial, _ edits: [EventEdit]) -> [[[String]]] {
    reach.demands.filter { trial.lines[$0.place] != .isTrue }
      .map { free(reach.paths(of: $0), edits) }.sorted { $0.count < $1.count }
  }

  private func free(_ paths: [[String]], _ edits: [EventEdit]) -> [[String]] {
    paths.filter { path in !edits.contains { $0.path.isRelated(to: path) } }
  }

  /// How many edits lines need at least: those that share no field need one each.
  private func needed(_ open: [[[String]]]) -> Int {
    guard !reach.tests.contains(where: \.reach.readsWhole) else { return min(1, open.count) }
    var apart: [[String]] = []
    var needed = 0
    for paths in open
    where !paths.contains(where: { path in apart.contains { $0.isRelated(to: path) } }) {
      apart += paths
      needed += 1
    }
    return needed
  }

  /// The values of a field that lines tell apart, without those that are never better.
  private mutating func values(at path: [String]) -> [Literal?] {
    if let known = options[path] { return known }
    let near = reach.tests.indices.filter { number in
      reach.tests[number].reach.paths.contains { $0.isRelated(to: path) }
    }
    let isAlone =
      near.allSatisfy { reach.tests[$0].reach.paths == [path] }
      && !reach.identifiers.paths.contains { $0.isRelated(to: path) }
    let own = near.filter { reach.tests[$0].reach.paths.contains(path) }
    var reaches = own.map { reach.tests[$0].reach }
    if reach.identifiers.paths.contains(path) { reaches.append(reach.identifiers) }
    let all = CandidateValues.values(
      at: event.value(at: path), samples: samples.values(of: path), reaches: reaches,
      others: own.flatMap { others[$0] ?? [] }, now: time)
    var kept: [(value: Literal?, bits: [Bool])] = []
    for value in all {
      guard let trial = attempt(event.setting(path[...], to: value)) else { break }
      let bits = near.map { number in
        trial.lines[reach.tests[number].place]
          == (reach.tests[number].isWanted ? .isTrue : .isFalse)
      }
      if isAlone {
        if kept.contains(where: { covers($0.bits, bits) }) { continue }
        kept.removeAll { covers(bits, $0.bits) }
      }
      kept.append((value, bits))
    }
    options[path] = kept.map(\.value)
    return kept.map(\.value)
  }

  private func covers(_ some: [Bool], _ others: [Bool]) -> Bool {
    zip(some, others).allSatisfy { $0 || !$1 }
  }
}
