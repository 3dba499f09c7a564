extension Checker {
  /// `event.order-id`: a path, a minus without blanks and a name that nobody declares are
  /// meant as one field.
  mutating func checkMinusInName(_ expression: Expression) -> Expression? {
    var parts: [Expression] = []
    var left = expression
    while case .binary(.subtract, let operand, let part) = left.kind,
      operand.range.upperBound + 1 == part.range.lowerBound
    {
      parts.insert(part, at: 0)
      left = operand
    }
    guard case .select(let owner, let field) = left.kind, let path = left.path, !parts.isEmpty,
      let root = path.first, isDeclared(root), parts.contains(where: isUnknownName)
    else { return nil }
    let words = parts.compactMap { $0.dottedName ?? $0.integerText }
    guard words.count == parts.count, let last = words.last else { return nil }
    let lastSteps = last.split(separator: ".").map(String.init)
    guard !words.dropLast().contains(where: { $0.contains(".") }), let lastWord = lastSteps.first
    else { return nil }
    let name = ([field] + words.dropLast() + [lastWord]).joined(separator: "-")
    var replacement = "\(owner)[\(Literal.quoted(name))]"
    for step in lastSteps.dropFirst() { replacement += "." + step }
    report(.minusInName(name, replacement: replacement, at: expression.range))
    return expression.checked(.reference(.unbound(name)), as: .unknown)
  }

  private func isDeclared(_ root: String) -> Bool {
    local(root) != nil || environment.variables[root] != nil
  }

  private func isUnknownName(_ expression: Expression) -> Bool {
    guard let root = expression.dottedName?.split(separator: ".").first.map(String.init) else {
      return false
    }
    return local(root) == nil
      && candidates(for: root).allSatisfy {
        environment.variables[$0] == nil && environment.constants[$0] == nil
          && environment.computed[$0] == nil
      }
  }
}

extension Expression {
  fileprivate var integerText: String? {
    if case .literal(.int(let value)) = kind, value >= 0 { "\(value)" } else { nil }
  }
}

extension Issue {
  fileprivate static func minusInName(
    _ name: String, replacement: String, at range: Range<Int>
  ) -> Issue {
    Issue(
      .minusInName, "`-` is minus; a field called `\(name)` stands in brackets", at: range,
      help: "write `\(replacement)`", replacement: replacement)
  }
}
