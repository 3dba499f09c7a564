extension Expression {
  /// Parses CEL source text.
  ///
  /// Macros are expanded where `has`, `all`, … have the right form. Slips that leave no doubt
  /// what is meant (`=`, `and`, curly quotes) are issues and are read as what is meant.
  ///
  /// - Parameters:
  ///   - text: the source.
  ///   - macros: whether `has(a.b)`, `a.all(x, …)` and the like are macros or plain calls.
  /// - Returns: the tree, absent if it could not be made, and what is wrong.
  public static func parse(
    _ text: String, macros: MacroUse = .expanded
  ) -> (expression: Expression?, issues: [Issue]) {
    guard text.utf8.count <= Parser.lengthLimit else {
      return (nil, [.tooLong(at: Parser.lengthLimit..<text.utf8.count)])
    }
    var parser = Parser(text, macros: macros)
    do {
      let expression = try parser.parseWhole()
      return (expression, Array(parser.issues.prefix(Checker.issueLimit)))
    } catch {
      return (nil, Array(parser.issues.prefix(Checker.issueLimit)))
    }
  }

  /// What becomes of calls that have the form of a macro.
  public enum MacroUse: Sendable { case expanded, calls }

  /// The same tree in other coordinates.
  public func mapRanges(_ map: (Range<Int>) -> Range<Int>) -> Expression {
    var result = mapChildren { $0.mapRanges(map) }
    result.range = map(range)
    result.nameRange = nameRange.map(map)
    return result
  }

  /// The steps of a whole path, its root first; absent for anything else.
  ///
  /// Paths are such as `event.order.id` or `event["order-id"]`; roots are identifiers and
  /// references to variables.
  public var path: [String]? {
    switch kind {
    case .identifier(let name): [name]
    case .reference(.variable(let name)), .reference(.computed(let name)),
      .reference(.unbound(let name)):
      [name]
    case .select(let operand, let field): operand.path.map { $0 + [field] }
    case .index(let operand, let index):
      if case .literal(.string(let key)) = index.kind {
        operand.path.map { $0 + [key] }
      } else {
        nil
      }
    default: nil
    }
  }
}
