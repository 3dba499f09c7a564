internal import CEL
internal import Rulesets

/// Lines that hold for all samples and are right all the same: they keep out what other events of the
/// stream show to be possible.
extension FactChecker {
  mutating func isGuard(_ line: Predicate, _ id: LineID) -> Bool {
    guard case .expression(let expression) = line.kind else { return false }
    if expression.asksWhetherEmpty { return true }
    guard let uses = usesOfLines[id], uses.count == 1 else { return false }
    let others = otherNodes(at: uses[0])
    if expression.asksForPresence {
      return others.contains { $0.node.facts.events < $0.count }
    }
    guard let comparison = comparisonsOfLines[id]?.first, comparison.kind == .membership,
      comparison.operands.count > 1
    else { return false }
    let constants = comparison.operands.compactMap { SampleValue($0.literal) }
    return others.contains { other in
      let values = other.node.facts.values
      return values.areMany || values.values.contains { !constants.contains($0.value) }
    }
  }

  /// What stands at a path in the types of the stream that a use does not meet.
  private func otherNodes(at use: FieldUse) -> [(node: SampledNode, count: Int)] {
    guard let first = use.context.types.first else { return [] }
    let typing = catalogue.types[first].typing
    return catalogue.types.indices.compactMap { index in
      let type = catalogue.types[index]
      guard type.typing == typing, !use.context.types.contains(index),
        let node = type.root.node(at: use.path.steps)
      else { return nil }
      return (node, type.count)
    }
  }
}

extension Expression {
  /// `present(x)`, `has(x)`.
  fileprivate var asksForPresence: Bool {
    switch kind {
    case .call("present", nil, _), .presence: true
    default: false
    }
  }

  /// `x.size() > 0` and its like.
  fileprivate var asksWhetherEmpty: Bool {
    guard case .binary(let sign, let left, let right) = kind,
      case .call("size", _, _) = left.kind, case .literal(.int(let number)) = right.kind
    else { return false }
    switch sign {
    case .greater, .notEqual: return number == 0
    case .greaterOrEqual: return number == 1
    case .or, .and, .equal, .less, .lessOrEqual, .isIn, .add, .subtract, .multiply, .divide,
      .modulo:
      return false
    }
  }
}

extension SampleValue {
  /// A constant; nothing where samples cannot hold it.
  init?(_ literal: Literal) {
    switch literal {
    case .string(let text): self = .text(text)
    case .int(let number): self = .int(number)
    case .double(let number): self = .double(number)
    case .bool(let value): self = .bool(value)
    case .null, .uint, .bytes, .list, .map, .timestamp, .duration, .type, .optional: return nil
    }
  }
}
