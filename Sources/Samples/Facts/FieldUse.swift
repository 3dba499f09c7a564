internal import CEL

/// A path through an event as a rule writes it.
struct FieldPath {
  var steps: [PathStep] = []
  /// Where each step is written; empty for items that a macro goes over.
  var ranges: [Range<Int>] = []
  /// The whole path.
  var range: Range<Int>
  /// Whether some part may be absent: `a.?b`.
  var isOptional = false

  func appending(_ step: PathStep, at range: Range<Int>, of whole: Range<Int>) -> FieldPath {
    var copy = self
    copy.steps.append(step)
    copy.ranges.append(range)
    copy.range = whole
    return copy
  }
}

/// A line of a rule.
struct LineID: Hashable {
  var rule: Int
  var leaf: Int
}

/// Where something is said of a field, and for which events.
struct UseContext: Hashable {
  var file: Int
  /// Types of the events that meet it.
  var types: Set<Int>
  /// Whether nothing comes of the rule, or of the write, where the field lacks.
  var isNeeded = true
  /// Whether the field is asked for, rather than excluded.
  var isPositive = true
  /// Whether only a text, a number or the like can be used here.
  var needsScalar = false
  var lines: Set<LineID> = []

  /// The same place met by other events.
  mutating func merge(_ other: UseContext) {
    types.formUnion(other.types)
    isNeeded = isNeeded || other.isNeeded
    isPositive = isPositive || other.isPositive
    needsScalar = needsScalar || other.needsScalar
    lines.formUnion(other.lines)
  }
}

/// A path that a rule reads.
struct FieldUse {
  var path: FieldPath
  var context: UseContext
}

/// A path that a rule holds against something.
struct Comparison {
  enum Kind {
    case equality, order, membership
    /// `contains`: part of a text, or item of a list.
    case part
    case start, end
    /// A case of `match`: its key against the value as text.
    case matchCase
    case arithmetic
  }

  var path: FieldPath
  var kind: Kind
  /// Constants, and where each is written.
  var operands: [(literal: Literal, range: Range<Int>)]
  /// What is known of the other side, where it is no constant.
  var otherType: CEL.`Type`?
  var range: Range<Int>
  var context: UseContext
}
