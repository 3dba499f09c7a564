import CEL

/// Rules below what they hang on: which of them the rest of their predicates lets through.
extension EventEvaluator {
  /// Takes rules whose first predicate has an answer.
  mutating func take(
    _ rules: RowRange, _ access: Ternary, _ index: RuleIndex.View, _ hits: inout Hits
  ) {
    var candidate = index.candidates + Int(rules.first)
    let end = candidate + Int(rules.count)
    while candidate < end {
      // What is timed is counted at its row.
      let first = isTimed ? .isUnknown : test(candidate)
      if first != .isFalse {
        take(candidate.pointee, isTested: first == .isTrue, access, index, &hits)
      }
      candidate += 1
    }
  }

  private mutating func take(
    _ candidate: RuleIndex.Candidate, isTested: Bool, _ access: Ternary,
    _ index: RuleIndex.View, _ hits: inout Hits
  ) {
    let position = Int(candidate.position)
    guard candidate.test != .none else { return hits.add(index.rules[position], access) }
    var rest = index.entries[position].rest
    if isTested { rest = RowRange(first: rest.first + 1, count: rest.count - 1) }
    let answer = all(of: rest, in: index.rest, beginningWith: access)
    if answer != .isFalse { hits.add(index.rules[position], answer) }
  }

  /// Whether the first of a rule's other predicates holds; unknown where its row must say.
  @inline(__always)
  private mutating func test(_ candidate: UnsafePointer<RuleIndex.Candidate>) -> Ternary {
    let test = candidate.pointee.test
    if test == .none || test == .row { return .isUnknown }
    let value = slots[Int(candidate.pointee.slot)]
    switch value.tag {
    case .missing, .null: return .isFalse
    case .text: return testText(candidate, value)
    case .int, .double: return testNumber(candidate, value)
    case .bool where test == .equalBool:
      return value.bits == candidate.pointee.bits ? .isTrue : .isFalse
    case .bool, .uint, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .unknown:
      return .isUnknown
    }
  }

  /// Texts of a document are padded, so eight bytes can be read of each.
  @inline(__always)
  private mutating func testText(
    _ candidate: UnsafePointer<RuleIndex.Candidate>, _ value: Value
  ) -> Ternary {
    let length = candidate.pointee.length
    switch candidate.pointee.test {
    case .present: return .isTrue
    case .equalText: if Int32(bitPattern: value.length) != length { return .isFalse }
    case .startsWith: if Int32(bitPattern: value.length) < length { return .isFalse }
    case .none, .row, .equalNumber, .less, .lessOrEqual, .greater, .greaterOrEqual, .equalBool:
      return .isUnknown
    }
    guard let text = UnsafeRawPointer(bitPattern: UInt(value.bits)) else { return .isUnknown }
    let difference = text.loadUnaligned(as: UInt64.self) ^ candidate.pointee.bits
    guard length < 8 else { return difference != 0 ? .isFalse : length == 8 ? .isTrue : .isUnknown }
    return difference << UInt64(64 - 8 * length) == 0 ? .isTrue : .isFalse
  }

  @inline(__always)
  private mutating func testNumber(
    _ candidate: UnsafePointer<RuleIndex.Candidate>, _ value: Value
  ) -> Ternary {
    let (isLess, isEqual) = compare(
      value, with: candidate.pointee.bits, isInteger: candidate.pointee.isInteger)
    let holds: Bool
    switch candidate.pointee.test {
    case .present: return .isTrue
    case .equalNumber: holds = isEqual
    case .less: holds = isLess
    case .lessOrEqual: holds = isLess || isEqual
    case .greater: holds = !isLess && !isEqual
    case .greaterOrEqual: holds = !isLess
    case .none, .row, .equalText, .startsWith, .equalBool: return .isUnknown
    }
    return holds ? .isTrue : .isFalse
  }
}
