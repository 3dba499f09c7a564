/// The rules that one kind of event meets, each hung on the one of its predicates that fewest events
/// answer with yes: an event that does not touch that predicate does not touch the rule.
///
/// Whatever the index leaves out would have been answered with false; what is true or unknown is found.
final class RuleIndex {
  /// A rule at its place in firing order.
  struct Entry: BitwiseCopyable, Sendable {
    /// What it hangs on; -1 where it has no predicate.
    var access: Int32
    /// Its other predicates, in ``rest``; those first that are cheap and hold for few events.
    var rest: RowRange
  }

  /// A rule below what it hangs on, with the first of its other predicates: those of a bucket lie side by side, and
  /// most of them are left again with no look at any other table.
  struct Candidate: BitwiseCopyable, Sendable {
    /// In ``entries``.
    var position: Int32
    var test = Test.row
    /// Compare with an int; otherwise with a double.
    var isInteger = false
    /// The slot, and the length of a text.
    var slot: Int32 = -1
    var length: Int32 = 0
    /// The first eight bytes of the text, or the number.
    var bits: UInt64 = 0
  }

  /// How the first of the other predicates is answered.
  enum Test: UInt8, BitwiseCopyable, Sendable {
    /// There is none.
    case none
    /// By its row.
    case row
    /// Here, where the slot has the right type or nothing.
    case equalText, startsWith, equalNumber, less, lessOrEqual, greater, greaterOrEqual, equalBool
    case present
  }

  /// How the text of a slot leads to rules.
  enum Way: UInt8, BitwiseCopyable, Sendable {
    /// The whole text is a constant.
    case equal
    /// The same, but what is no text may equal it as text.
    case equalAsText
    /// The text begins with a constant.
    case prefix
    /// The slot is a list with an item that is a constant.
    case item
  }

  /// All rules that hang on the text of one slot in one way.
  struct Lookup: BitwiseCopyable, Sendable {
    var slot: Int32
    var way: Way
    /// Absent or null is false; otherwise unknown.
    var isGuarded: Bool
    /// In ``buckets``: `mask + 1` of them.
    var firstBucket: Int32
    var mask: Int32
    /// Bit n is set where a constant has n bytes, the last one where it has as many or more.
    var lengths: UInt64
    /// item: its constants, to be found within a text; in ``needles``.
    var needles = RowRange.empty
    /// Of those, where each chain begins, in ``chains``; -1 where they are too few for chains.
    var firstChain: Int32 = -1
    /// All its rules, in ``positions``.
    var rules: RowRange
  }

  /// A constant that may stand within a text.
  struct Needle: BitwiseCopyable, Sendable {
    var text: TextConstant
    var bucket: Int32
    /// The next one whose first two bytes fall into the same chain; -1 at the end.
    var next: Int32 = -1
  }

  /// How many chains a lookup has.
  static let chainCount = 256

  /// Fewer constants are sought one by one.
  static let chainedCount = 4

  /// The chain of a text's first two bytes.
  static func chain(_ first: UInt8, _ second: UInt8) -> Int {
    Int(truncatingIfNeeded: first &* 37 &+ second)
  }

  /// The rules of one constant.
  struct Bucket: BitwiseCopyable, Sendable {
    var text = TextConstant.none
    /// In ``candidates``; none in an empty bucket.
    var rules = RowRange.empty
  }

  /// The rules that hang on a predicate no lookup answers.
  struct Group: BitwiseCopyable, Sendable {
    var predicate: Int32
    /// In ``candidates``.
    var rules: RowRange
  }

  /// Where all of it stands; valid as long as the index is.
  struct View: BitwiseCopyable {
    var entries: UnsafePointer<Entry>
    var rest: UnsafePointer<Int32>
    var lookups: UnsafeBufferPointer<Lookup>
    var buckets: UnsafePointer<Bucket>
    /// Of each bucket a part of its constant's hash, 0 where it is empty: what leads nowhere ends here.
    var marks: UnsafePointer<UInt8>
    /// Of each bucket the last event that met it.
    var meetings: UnsafeMutablePointer<UInt64>
    var needles: UnsafePointer<Needle>
    var chains: UnsafePointer<Int32>
    var groups: UnsafeBufferPointer<Group>
    var candidates: UnsafePointer<Candidate>
    var positions: UnsafePointer<Int32>
    /// Rows of the program, in firing order.
    var rules: UnsafeBufferPointer<Int32>
  }

  let view: View
  private let entries: Table<Entry>
  private let rest: Table<Int32>
  private let lookups: Table<Lookup>
  private let buckets: Table<Bucket>
  private let marks: Table<UInt8>
  private let needles: Table<Needle>
  private let chains: Table<Int32>
  private let groups: Table<Group>
  private let candidates: Table<Candidate>
  private let positions: Table<Int32>
  private let rules: Table<Int32>
  private let meetings: UnsafeMutablePointer<UInt64>

  /// - Parameters:
  ///   - rules: rows of the program, in firing order, which is that of the rows.
  ///   - program: whose rules they are.
  init(_ rules: [Int32], of program: Program) {
    var builder = RuleIndexBuilder(program)
    for rule in rules { builder.add(program.rules.base[Int(rule)]) }
    builder.finish()
    entries = Table(builder.entries)
    rest = Table(builder.rest)
    lookups = Table(builder.lookups)
    buckets = Table(builder.buckets)
    marks = Table(builder.marks)
    needles = Table(builder.needles)
    chains = Table(builder.chains)
    groups = Table(builder.groups)
    candidates = Table(builder.candidates)
    positions = Table(builder.positions)
    self.rules = Table(rules)
    meetings = .allocate(capacity: builder.buckets.count + 1)
    meetings.initialize(repeating: 0, count: builder.buckets.count + 1)
    view = View(
      entries: entries.base, rest: rest.base, lookups: lookups.rows, buckets: buckets.base,
      marks: marks.base, meetings: meetings, needles: needles.base, chains: chains.base,
      groups: groups.rows,
      candidates: candidates.base, positions: positions.base, rules: self.rules.rows)
  }

  deinit { meetings.deallocate() }

  /// Where a constant's bucket is sought first.
  ///
  /// - Parameters:
  ///   - head: its first eight bytes, padded with zeros.
  ///   - tail: its last eight, if it has more than eight; else 0.
  ///   - length: how many it has.
  /// - Returns: a number whose low bits are well mixed.
  static func hash(head: UInt64, tail: UInt64, length: Int) -> UInt64 {
    let mixed = (head ^ (UInt64(length) &* 0x9E37_79B9_7F4A_7C15)) &* 0xD6E8_FEB8_6659_FD93
    let both = (mixed ^ (mixed >> 32) ^ tail) &* 0xFF51_AFD7_ED55_8CCD
    return both >> 32
  }

  /// What of a constant's hash stands for it in ``View/marks``; never 0.
  @inline(__always)
  static func mark(of hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash >> 24) | 1 }
}

/// Collects the tables of a ``RuleIndex``.
private struct RuleIndexBuilder {
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
  var rest: [Int32] = []
  var lookups: [RuleIndex.Lookup] = []
  var buckets: [RuleIndex.Bucket] = []
  var marks: [UInt8] = []
  var needles: [RuleIndex.Needle] = []
  var chains: [Int32] = []
  var groups: [RuleIndex.Group] = []
  var candidates: [RuleIndex.Candidate] = []
  var positions: [Int32] = []
  private var keys: [LookupKey] = []
  private var hanging: [LookupKey: [Hanging]] = [:]
  private var grouped: [Int32] = []
  private var membersOfGroup: [Int32: [Int32]] = [:]
  private let program: Program

  init(_ program: Program) { self.program = program }

  mutating func add(_ rule: RuleRow) {
    let range = rule.readsContact ? rule.eventPredicates : rule.predicates
    let list = (0..<Int(range.count)).map { program.predicateLists.base[Int(range.first) + $0] }
    let access = list.min { rank(of: $0) < rank(of: $1) } ?? -1
    let others = list.filter { $0 != access }.sorted { effort(of: $0) < effort(of: $1) }
    let position = Int32(entries.count)
    entries.append(
      RuleIndex.Entry(
        access: access,
        rest: RowRange(first: Int32(rest.count), count: Int32(others.count))))
    rest += others
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

  mutating func finish() {
    for predicate in grouped {
      groups.append(
        RuleIndex.Group(
          predicate: predicate, rules: addCandidates(membersOfGroup[predicate] ?? [])))
    }
    for key in keys { finish(key, hanging[key] ?? []) }
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
        text: text, rules: addCandidates(members[text] ?? []))
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

  private mutating func addCandidates(_ list: [Int32]) -> RowRange {
    defer { candidates += list.map(candidate) }
    return RowRange(first: Int32(candidates.count), count: Int32(list.count))
  }

  private func candidate(_ position: Int32) -> RuleIndex.Candidate {
    var candidate = RuleIndex.Candidate(position: position)
    let others = entries[Int(position)].rest
    guard others.count > 0 else {
      candidate.test = .none
      return candidate
    }
    let row = program.predicates.base[Int(rest[Int(others.first)])]
    guard let test = RuleIndex.Test(row) else { return candidate }
    candidate.test = test
    candidate.slot = row.slot
    candidate.isInteger = row.isInteger
    candidate.length = Int32(row.text.length)
    candidate.bits = row.kernel == .isTrue ? 1 : row.text.length > 0 ? row.text.head : row.bits
    return candidate
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
    case .equalText where row.text.length > 0: self = .equalText
    case .startsWith where row.text.length > 0: self = .startsWith
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
