import CEL
import Rulesets

/// What a change of an event can do to the lines of one rule.
struct RuleReach {
  /// A line that is no combination, by its place in ``RuleOutline/allLines``.
  struct Test {
    var place: Int
    var reach: LineReach
    /// Whether the rule wants it to hold; it stands under an odd number of `none` otherwise.
    var isWanted: Bool
  }

  /// A line that must hold, with the tests in it.
  struct Demand {
    /// Its place in ``RuleOutline/allLines``.
    var place: Int
    var tests: Range<Int>
  }

  private(set) var tests: [Test] = []
  private(set) var demands: [Demand] = []
  /// What the contact's identifiers read.
  let identifiers: LineReach
  /// Paths that are never changed: what tells an event's type, id and time, and, where the rule
  /// reads its contact, whom it is about.
  private let fixed: [[String]]
  /// Every path that may be changed.
  private(set) var paths: [[String]] = []

  init(_ rule: Rule, of file: RuleFile) {
    let lets = Dictionary(
      file.lets.map { ($0.name, $0.expression) }, uniquingKeysWith: { first, _ in first })
    func reach(_ expressions: [Expression]) -> LineReach {
      var reader = ReachReader(lets: lets)
      for expression in expressions { reader.read(expression) }
      return reader.reach
    }
    identifiers = reach(rule.contact?.templates.flatMap(\.holes) ?? [])
    let own = [file.eventType, file.eventID, file.eventTime].compactMap { $0 }
    fixed = reach(own).paths + (rule.readsContact ? identifiers.paths : [])
    var place = 0
    for predicate in rule.predicates {
      let (start, first) = (place, tests.count)
      add(predicate, isWanted: true, &place) { reach([$0]) }
      demands.append(Demand(place: start, tests: first..<tests.count))
    }
    for path in tests.flatMap(\.reach.paths) + identifiers.paths
    where !paths.contains(path) && !fixed.contains(where: { $0.isRelated(to: path) }) {
      paths.append(path)
    }
  }

  private mutating func add(
    _ predicate: Predicate, isWanted: Bool, _ place: inout Int,
    _ reach: (Expression) -> LineReach
  ) {
    let own = place
    place += 1
    switch predicate.kind {
    case .expression(let expression):
      tests.append(Test(place: own, reach: reach(expression), isWanted: isWanted))
    case .all(let parts), .any(let parts):
      for part in parts { add(part, isWanted: isWanted, &place, reach) }
    case .none(let parts):
      for part in parts { add(part, isWanted: !isWanted, &place, reach) }
    }
  }

  /// The paths whose change may decide a demand.
  func paths(of demand: Demand) -> [[String]] {
    paths(near: tests[demand.tests].flatMap(\.reach.paths))
  }

  /// The paths that are, hold or stand in one of these.
  func paths(near others: [[String]]) -> [[String]] {
    paths.filter { path in others.contains { $0.isRelated(to: path) } }
  }

  /// Whether constants and their neighbours tell apart all that lines can.
  var isSimple: Bool {
    tests.allSatisfy(\.reach.isSimple)
      && paths.allSatisfy { path in
        let near = tests.filter { $0.reach.paths.contains(path) }.map(\.reach)
        return near.reduce(0) { $0 + $1.prefixes.count + $1.suffixes.count + $1.parts.count } < 2
      }
  }
}

extension [String] {
  /// Whether one is the other, or leads to it.
  func isRelated(to other: [String]) -> Bool { zip(self, other).allSatisfy { $0 == $1 } }
}

extension Template {
  fileprivate var holes: [Expression] {
    parts.compactMap { if case .hole(let expression) = $0 { expression } else { nil } }
  }
}
