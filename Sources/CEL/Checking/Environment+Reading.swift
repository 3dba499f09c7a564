extension Environment {
  /// Whether a number was read from the host: from a variable whose type is open or a record, or
  /// from a computed name that stands on one, itself or through arithmetic.
  func isRead(_ expression: Expression, isReadLocal: (String) -> Bool) -> Bool {
    switch expression.kind {
    case .reference(.variable(let name)): return isHostData(name)
    case .reference(.computed(let name)):
      var seen: Set = [name]
      return computed[name].map { readsHostData($0, &seen) } ?? false
    case .reference(.local(let name)): return isReadLocal(name)
    case .select(let operand, _), .index(let operand, _), .unary(_, let operand),
      .optionalSelect(let operand, _), .optionalIndex(let operand, _):
      return isRead(operand, isReadLocal: isReadLocal)
    case .binary(_, let left, let right):
      return isRead(left, isReadLocal: isReadLocal) || isRead(right, isReadLocal: isReadLocal)
    case .conditional(_, let accepted, let rejected):
      return isRead(accepted, isReadLocal: isReadLocal)
        || isRead(rejected, isReadLocal: isReadLocal)
    case .call(let name, let target, let arguments):
      return ["known", "value", "orValue", "dyn"].contains(name)
        && ((target.map { [$0] } ?? []) + arguments).contains {
          isRead($0, isReadLocal: isReadLocal)
        }
    case .macro(let macro):
      return macro.name == .filter && isRead(macro.operand, isReadLocal: isReadLocal)
        || macro.name == .bind
          && macro.arguments.contains { isRead($0, isReadLocal: isReadLocal) }
    case .literal, .identifier, .reference(.unbound), .presence, .list, .map, .message:
      return false
    }
  }

  /// Whether an expression reads such a variable anywhere, itself or through names not yet seen.
  private func readsHostData(_ expression: Expression, _ seen: inout Set<String>) -> Bool {
    for reference in expression.references {
      switch reference {
      case .variable(let name): if isHostData(name) { return true }
      case .computed(let name):
        guard seen.insert(name).inserted, let needed = computed[name] else { continue }
        if readsHostData(needed, &seen) { return true }
      case .local, .unbound: break
      }
    }
    return false
  }

  private func isHostData(_ name: String) -> Bool {
    switch variables[name] {
    case .dynamic, .record: true
    default: false
    }
  }
}
