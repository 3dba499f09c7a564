/// Collects the tables of a ``RuleIndex``.
struct RuleIndexBuilder {
  private struct LookupKey: Hashable {
    var slot: Int32
    var way: RuleIndex.Way
    var isGuarded: Bool
  }

  private struct Hanging {
    var text: TextConstant
    var position: Int32
  }

  var entries: [RuleIndex.Entry] = []
  var lookups: [RuleIndex.Lookup] = []
  var buckets: [RuleIndex.Bucket] = []
  var marks: [UInt8] = []
  var needles: [RuleIndex.Needle] = []
  var chains: [Int32] = []
  var groups: [RuleIndex.Group] = []
  var clauses: [RuleIndex.Clause] = []
  var positions: [Int32] = []
  /// Of each entry the predicates that it does not hang on.
  private var others: [[Int32]] = []
  private var keys: [LookupKey] = []
  private var hanging: [LookupKey: [Hanging]] = [:]
  private var grouped: [Int32] = []
  private var membersOfGroup: [Int32: [Int32]] = [:]
  private var sharedClauses: [[Int32]: RowRange] = [:]
  private let rules: [Int32]
  private let program: Program

  /// - Parameters:
  ///   - rules: rows of the program, in firing order.
  ///   - program: whose rules they are.
  init(_ rules: [Int32], of program: Program) {
    self.rules = rules
    self.program = program
    for rule in rules { add(program.rules.base[Int(rule)]) }
    for predicate in grouped {
      groups.append(
        RuleIndex.Group(
          predicate: predicate, rules: addClauses(membersOfGroup[predicate] ?? [])))
    }
    for key in keys { finish(key, hanging[key] ?? []) }
  }

  private mutating func add(_ rule: RuleRow) {
    let range = rule.readsContact ? rule.eventPredicates : rule.predicates
    let list = (0..<Int(range.count)).map { program.predicateLists.base[Int(range.first) + $0] }
    let access = list.min { rank(of: $0) < rank(of: $1) } ?? -1
    others.append(list.filter { $0 != access }.sorted { effort(of: $0) < effort(of: $1) })
    let position = Int32(entries.count)
    entries.append(RuleIndex.Entry(access: access))
    guard access >= 0, let way = way(of: access) else {
      if membersOfGroup[access] == nil { grouped.append(access) }
      membersOfGroup[access, default: []].append(position)
      return
    }
    let row = program.predicates.base[Int(access)]
    let key = LookupKey(slot: row.slot, way: way, isGuarded: row.isGuarded)
    if hanging[key] == nil { keys.append(key) }
    var constants = [row.text]
    if row.kernel == .inTexts {
      let first = Int(row.rows.first)
      constants = (first..<first + Int(row.rows.count)).map { program.texts.base[$0] }
    }
    hanging[key, default: []] += constants.map { Hanging(text: $0, position: position) }
  }

  private mutating func finish(_ key: LookupKey, _ hanging: [Hanging]) {
    var texts: [TextConstant] = []
    var members: [TextConstant: [Int32]] = [:]
    var lengths: UInt64 = 0
    for each in hanging {
      if members[each.text] == nil { texts.append(each.text) }
      // A list of constants may have one twice.
      if members[each.text]?.last != each.position {
        members[each.text, default: []].append(each.position)
      }
      lengths |= 1 << UInt64(min(each.text.length, 63))
    }
    var all: [Int32] = []
    for each in hanging where all.last != each.position { all.append(each.position) }
    var size = 4
    while size < texts.count * 2 { size *= 2 }
    let first = buckets.count
    buckets += Array(repeating: RuleIndex.Bucket(), count: size)
    marks += Array(repeating: 0, count: size)
    for text in texts {
      let hash = hash(of: text)
      var place = Int(truncatingIfNeeded: hash) & (size - 1)
      while marks[first + place] != 0 { place = (place + 1) & (size - 1) }
      marks[first + place] = RuleIndex.mark(of: hash)
      buckets[first + place] = RuleIndex.Bucket(
        text: text, rules: addClauses(members[text] ?? []))
    }
    var lookup = RuleIndex.Lookup(
      slot: key.slot, way: key.way, isGuarded: key.isGuarded, firstBucket: Int32(first),
      mask: Int32(size - 1), lengths: lengths, rules: append(all))
    if key.way == .item { addNeedles(&lookup, size) }
    lookups.append(lookup)
  }

  private mutating func addNeedles(_ lookup: inout RuleIndex.Lookup, _ bucketCount: Int) {
    let first = needles.count
    for bucket in Int(lookup.firstBucket)..<Int(lookup.firstBucket) + bucketCount
    where buckets[bucket].rules.count > 0 {
      needles.append(RuleIndex.Needle(text: buckets[bucket].text, bucket: Int32(bucket)))
    }
    lookup.needles = RowRange(first: Int32(first), count: Int32(needles.count - first))
    // One byte has no first two.
    guard needles.count - first >= RuleIndex.chainedCount,
      needles[first...].allSatisfy({ $0.text.length > 1 })
    else { return }
    lookup.firstChain = Int32(chains.count)
    chains += Array(repeating: -1, count: RuleIndex.chainCount)
    for number in first..<needles.count {
      let head = needles[number].text.head
      let chain =
        Int(lookup.firstChain)
        + RuleIndex.chain(UInt8(truncatingIfNeeded: head), UInt8(truncatingIfNeeded: head >> 8))
      needles[number].next = chains[chain]
      chains[chain] = Int32(number)
    }
  }

  /// The clauses of rules; what hangs on a list of constants has them once, not once for each constant.
  private mutating func addClauses(_ list: [Int32]) -> RowRange {
    let isShared = list.contains { position in
      let access = entries[Int(position)].access
      return access >= 0 && program.predicates.base[Int(access)].kernel == .inTexts
    }
    guard isShared else { return appendClauses(list) }
    if let known = sharedClauses[list] { return known }
    let range = appendClauses(list)
    sharedClauses[list] = range
    return range
  }

  private mutating func appendClauses(_ list: [Int32]) -> RowRange {
    let first = clauses.count
    for position in list {
      let start = clauses.count
      let rule = rules[Int(position)]
      for predicate in others[Int(position)] { clauses.append(clause(predicate, of: rule)) }
      if clauses.count == start { clauses.append(RuleIndex.Clause(rule: rule)) }
      clauses[clauses.count - 1].isLast = true
      entries[Int(position)].clauses = RowRange(from: start, to: clauses.count)
    }
    return RowRange(from: first, to: clauses.count)
  }

  private func clause(_ predicate: Int32, of rule: Int32) -> RuleIndex.Clause {
    let row = program.predicates.base[Int(predicate)]
    var clause = RuleIndex.Clause(
      rule: rule, predicate: predicate, slot: row.slot, test: RuleIndex.Test(row) ?? .row,
      isInteger: row.isInteger)
    switch clause.test {
    case .equalText, .startsWith:
      clause.length = UInt8(row.text.length)
      clause.bits = row.text.head
      clause.tail = row.text.tail
    case .equalBool: clause.bits = row.kernel == .isTrue ? 1 : row.bits
    case .none, .row, .present, .equalNumber, .less, .lessOrEqual, .greater, .greaterOrEqual:
      clause.bits = row.bits
    }
    return clause
  }

  private mutating func append(_ list: [Int32]) -> RowRange {
    defer { positions += list }
    return RowRange(first: Int32(positions.count), count: Int32(list.count))
  }

  private func hash(of text: TextConstant) -> UInt64 {
    RuleIndex.hash(head: text.head, tail: text.tail, length: Int(text.length))
  }

  /// How a lookup answers a predicate; nil where none does.
  private func way(of predicate: Int32) -> RuleIndex.Way? {
    let row = program.predicates.base[Int(predicate)]
    switch row.kernel {
    case .equalText, .inTexts: return .equal
    case .equalAsText: return .equalAsText
    case .startsWith where row.isGuarded && row.text.length < 64: return .prefix
    case .containsItem where row.isGuarded: return .item
    case .startsWith, .endsWith, .containsText, .containsItem, .equalNumber, .less, .lessOrEqual,
      .greater, .greaterOrEqual, .equalBool, .isTrue, .present, .program, .all, .any, .none:
      return nil
    }
  }

  /// The smaller, the fewer events are thought to answer with yes among predicates that are found alike.
  private func rank(of predicate: Int32) -> (Int, Float) {
    let share = program.selectivity.shares[Int(predicate)]
    let row = program.predicates.base[Int(predicate)]
    guard way(of: predicate) != nil else {
      return (2, share + program.selectivity.costs[Int(predicate)])
    }
    return (row.isGuarded || row.kernel == .equalAsText ? 0 : 1, share)
  }

  /// The time a predicate takes for each event that it leaves out.
  private func effort(of predicate: Int32) -> Float {
    let share = program.selectivity.shares[Int(predicate)]
    return program.selectivity.costs[Int(predicate)] / max(1 - share, 0.01)
  }
}

extension RuleIndex.Test {
  /// How a predicate's row is answered without it; nil where that cannot be.
  fileprivate init?(_ row: PredicateRow) {
    switch row.kernel {
    case .present: self = .present
    case _ where !row.isGuarded: return nil
    case .equalText where 1...255 ~= row.text.length: self = .equalText
    case .startsWith where 1...255 ~= row.text.length: self = .startsWith
    case .equalNumber: self = .equalNumber
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    case .equalBool, .isTrue: self = .equalBool
    case .equalText, .startsWith, .inTexts, .equalAsText, .endsWith, .containsText, .containsItem,
      .program, .all, .any, .none:
      return nil
    }
  }
}
