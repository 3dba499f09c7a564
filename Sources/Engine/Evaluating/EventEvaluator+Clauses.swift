import CEL
import CJSON

/// Rules below what they hang on: which of them the rest of their predicates lets through.
extension EventEvaluator {
  /// Takes rules whose first predicate has an answer.
  mutating func take(
    _ rules: RowRange, _ access: Ternary, _ index: RuleIndex.View, _ hits: inout Hits
  ) {
    var clause = index.clauses + Int(rules.first)
    let end = clause + Int(rules.count)
    while clause < end {
      var result = access
      while true {
        let answer = answer(of: clause)
        if answer != .isTrue {
          result = answer
          if answer == .isFalse { break }
        }
        if clause.pointee.isLast { break }
        clause += 1
      }
      if result != .isFalse {
        cjson_prefetch(program.rules.base + Int(clause.pointee.rule))
        hits.add(clause.pointee.rule, result)
      }
      while !clause.pointee.isLast { clause += 1 }
      clause += 1
    }
  }

  /// Whether a clause holds, by its predicate's row where it does not say; what is timed is counted there.
  @inline(__always)
  private mutating func answer(of clause: UnsafePointer<RuleIndex.Clause>) -> Ternary {
    if clause.pointee.test == .none { return .isTrue }
    if clause.pointee.test != .row, !isTimed {
      let answer = test(clause)
      if answer != .isUnknown { return answer }
    }
    return answer(of: clause.pointee.predicate)
  }

  /// Whether a clause with a test holds; unknown where the row must say.
  @inline(__always)
  private mutating func test(_ clause: UnsafePointer<RuleIndex.Clause>) -> Ternary {
    let value = slots[Int(clause.pointee.slot)]
    switch value.tag {
    case .missing, .null: return .isFalse
    case .text: return testText(clause, value)
    case .int, .double: return testNumber(clause, value)
    case .bool where clause.pointee.test == .equalBool:
      return value.bits == clause.pointee.bits ? .isTrue : .isFalse
    case .bool, .uint, .bytes, .list, .map, .timestamp, .duration, .type, .optional, .unknown:
      return .isUnknown
    }
  }

  /// Texts of a document are padded, so eight bytes can be read of each.
  @inline(__always)
  private mutating func testText(
    _ clause: UnsafePointer<RuleIndex.Clause>, _ value: Value
  ) -> Ternary {
    let length = UInt32(clause.pointee.length)
    switch clause.pointee.test {
    case .present: return .isTrue
    case .equalText: if value.length != length { return .isFalse }
    case .startsWith: if value.length < length { return .isFalse }
    case .none, .row, .equalNumber, .less, .lessOrEqual, .greater, .greaterOrEqual, .equalBool:
      return .isUnknown
    }
    guard let text = UnsafeRawPointer(bitPattern: UInt(value.bits)) else { return .isUnknown }
    let difference = text.loadUnaligned(as: UInt64.self) ^ clause.pointee.bits
    guard length >= 8 else {
      return difference << UInt64(64 - 8 * length) == 0 ? .isTrue : .isFalse
    }
    guard difference == 0 else { return .isFalse }
    guard length > 8 else { return .isTrue }
    let tail = (text + Int(length - 8)).loadUnaligned(as: UInt64.self)
    guard tail == clause.pointee.tail else { return .isFalse }
    return length <= 16 ? .isTrue : .isUnknown
  }

  @inline(__always)
  private mutating func testNumber(
    _ clause: UnsafePointer<RuleIndex.Clause>, _ value: Value
  ) -> Ternary {
    let (isLess, isEqual) = compare(
      value, with: clause.pointee.bits, isInteger: clause.pointee.isInteger)
    let holds: Bool
    switch clause.pointee.test {
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
