import CEL
import CJSON

#if canImport(Glibc)
  import Glibc
#endif

/// Rules of the present event that are true or unknown, as rows of the program with what they are.
struct Hits: ~Copyable {
  private var room: Room<UInt32>
  private var capacity: Int
  private(set) var count = 0
  /// Whether one of them is unknown.
  private(set) var hasUnknown = false

  init() {
    capacity = 256
    room = Room(capacity, filledWith: 0)
  }

  /// Forgets all, with room for so many.
  mutating func begin(_ needed: Int) {
    count = 0
    hasUnknown = false
    guard needed > capacity else { return }
    capacity = needed
    room = Room(needed, filledWith: 0)
  }

  /// At most once for each rule.
  @inline(__always)
  mutating func add(_ row: Int32, _ answer: Ternary) {
    room.base[count] = UInt32(bitPattern: row) << 2 | UInt32(answer.rawValue)
    count += 1
    if answer == .isUnknown { hasUnknown = true }
  }

  /// Puts them into firing order; there are few.
  mutating func sort() {
    guard count <= 64 else {
      var all = UnsafeMutableBufferPointer(start: room.base, count: count)
      return all.sort()
    }
    var index = 1
    while index < count {
      let hit = room.base[index]
      var place = index
      while place > 0, room.base[place - 1] > hit {
        room.base[place] = room.base[place - 1]
        place -= 1
      }
      room.base[place] = hit
      index += 1
    }
  }

  subscript(index: Int) -> (row: Int, isUnknown: Bool) {
    let hit = room.base[index]
    return (Int(hit >> 2), hit & 3 == UInt32(Ternary.isUnknown.rawValue))
  }
}

/// What of the present event leads to rules: each waits a little while what stands behind it is on its way to the
/// cache.
struct Finds: ~Copyable {
  /// A text that one of a lookup's constants may be.
  struct Text: BitwiseCopyable {
    var lookup: UnsafePointer<RuleIndex.Lookup>
    var start: UnsafeRawPointer
    /// Its first eight bytes, padded with zeros.
    var head: UInt64
    var length: Int32
    /// In ``RuleIndex/View/buckets``: the first whose mark is that of the text.
    var bucket: Int32
  }

  /// So many of each are waited for together.
  static let capacity = 32

  let texts = Room<Text>(Self.capacity)
  var textCount = 0
  /// In ``RuleIndex/View/clauses``.
  let rules = Room<RowRange>(Self.capacity)
  var ruleCount = 0
}

/// Finding the rules that the present event makes true, or leaves unknown, through an index.
extension EventEvaluator {
  mutating func find(_ row: UnsafePointer<TypeTable.Row>, into hits: inout Hits) {
    hits.begin(row.pointee.ruleCount)
    find(row.pointee.index, into: &hits)
    if let common = row.pointee.common { find(common.pointee, into: &hits) }
    hits.sort()
  }

  private mutating func find(_ index: RuleIndex.View, into hits: inout Hits) {
    for group in index.groups {
      let answer = group.predicate < 0 ? Ternary.isTrue : answer(of: group.predicate)
      if answer != .isFalse { take(group.rules, answer, index, &hits) }
    }
    // By address: a row is only read as far as it is needed.
    guard let lookups = index.lookups.baseAddress else { return }
    for number in 0..<index.lookups.count { look(lookups + number, index, &hits) }
    settleTexts(index, &hits)
    settleRules(index, &hits)
  }

  /// Asks each rule of a lookup by itself: its slot has no text.
  private mutating func ask(
    _ lookup: UnsafePointer<RuleIndex.Lookup>, _ index: RuleIndex.View, _ hits: inout Hits
  ) {
    let positions = index.positions + Int(lookup.pointee.rules.first)
    for number in 0..<Int(lookup.pointee.rules.count) {
      let entry = index.entries[Int(positions[number])]
      let access = answer(of: entry.access)
      if access != .isFalse { take(entry.clauses, access, index, &hits) }
    }
  }

  private mutating func look(
    _ lookup: UnsafePointer<RuleIndex.Lookup>, _ index: RuleIndex.View, _ hits: inout Hits
  ) {
    let value = slots[Int(lookup.pointee.slot)]
    guard value.tag == .text, value.length > 0 else {
      return lookOtherwise(value, lookup, index, &hits)
    }
    switch lookup.pointee.way {
    case .equal, .equalAsText: lookForWhole(value, lookup, index, &hits)
    case .prefix: lookForPrefixes(value, lookup, index, &hits)
    case .item: lookWithin(value, lookup, index, &hits)
    }
  }

  /// What no text, or an empty one, leads to.
  private mutating func lookOtherwise(
    _ value: Value, _ lookup: UnsafePointer<RuleIndex.Lookup>, _ index: RuleIndex.View,
    _ hits: inout Hits
  ) {
    switch value.tag {
    case .missing, .null: if !lookup.pointee.isGuarded { ask(lookup, index, &hits) }
    case .text where lookup.pointee.way == .item: lookWithin(value, lookup, index, &hits)
    case .text: ask(lookup, index, &hits)
    case .unknown:
      let isAbsent = value.reason != Value.Reason.unrepresentable.rawValue
      if !lookup.pointee.isGuarded || !isAbsent { ask(lookup, index, &hits) }
    case .list where lookup.pointee.way == .item && value.isOnTape:
      lookAtItems(of: value, lookup, index, &hits)
    case .bool, .int, .uint, .double, .bytes, .list, .map, .timestamp, .duration, .type,
      .optional:
      // No other type equals a text.
      if lookup.pointee.way != .equal { ask(lookup, index, &hits) }
    }
  }

  @inline(__always)
  private mutating func lookForWhole(
    _ value: Value, _ lookup: UnsafePointer<RuleIndex.Lookup>, _ index: RuleIndex.View,
    _ hits: inout Hits
  ) {
    let length = Int(value.length)
    // Most texts that lead nowhere have a length that no constant has.
    guard lookup.pointee.lengths &>> UInt64(min(length, 63)) & 1 != 0,
      let text = UnsafeRawPointer(bitPattern: UInt(value.bits))
    else { return }
    note(text, length, lookup, index, &hits)
  }

  private mutating func lookForPrefixes(
    _ value: Value, _ lookup: UnsafePointer<RuleIndex.Lookup>, _ index: RuleIndex.View,
    _ hits: inout Hits
  ) {
    guard let text = UnsafeRawPointer(bitPattern: UInt(value.bits)) else { return }
    let length = Int(value.length)
    var lengths = lookup.pointee.lengths
    if length < 63 { lengths &= (2 << UInt64(length)) - 1 }
    while lengths != 0 {
      note(text, lengths.trailingZeroBitCount, lookup, index, &hits)
      lengths &= lengths - 1
    }
  }

  private mutating func lookAtItems(
    of list: Value, _ lookup: UnsafePointer<RuleIndex.Lookup>, _ index: RuleIndex.View,
    _ hits: inout Hits
  ) {
    guard let document = scratch.document else { return }
    var place = Int(list.bits) + 1
    let end = Int(document.tape[Int(list.bits)] & 0xFFFF_FFFF) - 1
    while place < end {
      let word = document.tape[place]
      guard word >> 56 == UInt64(UInt8(ascii: "\"")) else {
        place = document.end(of: place)
        continue
      }
      place += 1
      let text = UnsafeRawPointer(document.strings + Int(word & 0xFF_FFFF_FFFF_FFFF))
      let length = Int(text.loadUnaligned(as: UInt32.self))
      if length > 0 { note(text + 4, length, lookup, index, &hits) }
    }
  }

  /// Takes the rules of a constant once, however often it occurs.
  private mutating func meet(_ bucket: Int, _ index: RuleIndex.View, _ hits: inout Hits) {
    guard index.meetings[bucket] != serial else { return }
    index.meetings[bucket] = serial
    note(index.buckets[bucket].rules, index, &hits)
  }

  /// Looks for all constants of a lookup in one pass over a text.
  private mutating func lookWithin(
    _ value: Value, _ lookup: UnsafePointer<RuleIndex.Lookup>, _ index: RuleIndex.View,
    _ hits: inout Hits
  ) {
    let text = value.bytes
    guard let start = text.baseAddress else { return }
    guard lookup.pointee.firstChain >= 0 else {
      for number in Int(
        lookup.pointee.needles.first)..<Int(
          lookup.pointee.needles.first + lookup.pointee.needles.count)
      {
        let needle = index.needles[number]
        let bytes = program.constants.base + Int(needle.text.offset)
        if contains(start, text.count, bytes, Int(needle.text.length)) {
          meet(Int(needle.bucket), index, &hits)
        }
      }
      return
    }
    let chains = index.chains + Int(lookup.pointee.firstChain)
    var place = 0
    while place + 1 < text.count {
      var number = chains[RuleIndex.chain(text[place], text[place + 1])]
      while number >= 0 {
        let needle = index.needles[Int(number)]
        if Int(needle.text.length) <= text.count - place,
          memcmp(
            start + place, program.constants.base + Int(needle.text.offset),
            Int(needle.text.length)) == 0
        {
          meet(Int(needle.bucket), index, &hits)
        }
        number = needle.next
      }
      place += 1
    }
  }

  /// Notes the text's first bytes if a constant may be the same.
  ///
  /// Texts of a document are padded, so eight bytes can be read of each.
  @inline(__always)
  private mutating func note(
    _ start: UnsafeRawPointer, _ length: Int, _ lookup: UnsafePointer<RuleIndex.Lookup>,
    _ index: RuleIndex.View, _ hits: inout Hits
  ) {
    var head = start.loadUnaligned(as: UInt64.self)
    var tail: UInt64 = 0
    if length < 8 {
      head &= (1 << (UInt64(length) * 8)) - 1
    } else if length > 8 {
      tail = (start + (length - 8)).loadUnaligned(as: UInt64.self)
    }
    let mask = Int(lookup.pointee.mask)
    let first = Int(lookup.pointee.firstBucket)
    let hash = RuleIndex.hash(head: head, tail: tail, length: length)
    let mark = RuleIndex.mark(of: hash)
    let marks = index.marks + first
    var place = Int(truncatingIfNeeded: hash) & mask
    while marks[place] != mark {
      if marks[place] == 0 { return }
      place = (place &+ 1) & mask
    }
    cjson_prefetch(index.buckets + (first &+ place))
    if finds.textCount == Finds.capacity { settleTexts(index, &hits) }
    finds.texts.base[finds.textCount] = Finds.Text(
      lookup: lookup, start: start, head: head, length: Int32(truncatingIfNeeded: length),
      bucket: Int32(truncatingIfNeeded: first &+ place))
    finds.textCount &+= 1
  }

  /// Notes rules whose first predicate holds.
  @inline(__always)
  private mutating func note(_ rules: RowRange, _ index: RuleIndex.View, _ hits: inout Hits) {
    cjson_prefetch(index.clauses + Int(rules.first))
    if finds.ruleCount == Finds.capacity { settleRules(index, &hits) }
    finds.rules.base[finds.ruleCount] = rules
    finds.ruleCount &+= 1
  }

  private mutating func settleTexts(_ index: RuleIndex.View, _ hits: inout Hits) {
    var text = UnsafePointer(finds.texts.base)
    let end = text + finds.textCount
    finds.textCount = 0
    while text < end {
      let bucket = bucket(of: text, index)
      if bucket >= 0 {
        if text.pointee.lookup.pointee.way == .item {
          meet(bucket, index, &hits)
        } else {
          note(index.buckets[bucket].rules, index, &hits)
        }
      }
      text += 1
    }
  }

  private mutating func settleRules(_ index: RuleIndex.View, _ hits: inout Hits) {
    let first = UnsafePointer(finds.rules.base)
    let end = first + finds.ruleCount
    finds.ruleCount = 0
    var rules = first
    while rules < end {
      let clause = index.clauses + Int(rules.pointee.first)
      if clause.pointee.test == .row { prefetch(clause.pointee.predicate) }
      rules += 1
    }
    rules = first
    while rules < end {
      take(rules.pointee, .isTrue, index, &hits)
      rules += 1
    }
  }

  /// The bucket whose constant the text is; -1 where no rule hangs on it.
  @inline(__always)
  private mutating func bucket(
    of text: UnsafePointer<Finds.Text>, _ index: RuleIndex.View
  ) -> Int {
    var bucket = Int(text.pointee.bucket)
    let mark = index.marks[bucket]
    while true {
      if index.marks[bucket] == mark {
        let constant = index.buckets + bucket
        if constant.pointee.text.head == text.pointee.head,
          Int32(bitPattern: constant.pointee.text.length) == text.pointee.length,
          text.pointee.length <= 8 || isConstant(constant.pointee.text, text.pointee.start)
        {
          return bucket
        }
      }
      let first = Int(text.pointee.lookup.pointee.firstBucket)
      bucket = first &+ ((bucket &- first &+ 1) & Int(text.pointee.lookup.pointee.mask))
      if index.marks[bucket] == 0 { return -1 }
    }
  }
}
