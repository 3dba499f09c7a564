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
    var path: [String] = []
    return append(to: &path) ? path : nil
  }

  /// Whether both are whole paths of the same steps.
  package func isSamePath(as other: Expression) -> Bool {
    switch (kind, other.kind) {
    case (.select(let operand, let field), .select(let otherOperand, let otherField)):
      return field == otherField && operand.isSamePath(as: otherOperand)
    case (.reference(.variable(let name)), .reference(.variable(let otherName))):
      return name == otherName
    default:
      guard let path, let otherPath = other.path else { return false }
      return path == otherPath
    }
  }

  /// The same for equal paths of a variable and fields of it, such as `event.order.id`; absent for other forms, also of
  /// whole paths.
  package var pathHash: UInt64? {
    switch kind {
    case .reference(.variable(let name)): hash(of: name)
    case .select(let operand, let field):
      operand.pathHash.map { ($0 ^ hash(of: field)) &* 0x9E37_79B9_7F4A_7C15 }
    default: nil
    }
  }

  private func hash(of name: String) -> UInt64 {
    name.utf8.withContiguousStorageIfAvailable { CEL.hash(of: UnsafeRawBufferPointer($0)) } ?? 0
  }

  /// Whether it is a variable and fields of it, with names of these bytes.
  package func isPath(_ names: ArraySlice<String>) -> Bool {
    guard let last = names.last else { return false }
    return switch kind {
    case .reference(.variable(let name)):
      names.count == 1 && name.hasSameBytes(as: last)
    case .select(let operand, let field):
      field.hasSameBytes(as: last) && operand.isPath(names.dropLast())
    default: false
    }
  }

  /// Appends the steps of a whole path; whether it is one.
  private func append(to path: inout [String]) -> Bool {
    switch kind {
    case .identifier(let name), .reference(.variable(let name)),
      .reference(.computed(let name)), .reference(.unbound(let name)):
      path.append(name)
      return true
    case .select(let operand, let field):
      guard operand.append(to: &path) else { return false }
      path.append(field)
      return true
    case .index(let operand, let index):
      guard case .literal(.string(let key)) = index.kind, operand.append(to: &path) else {
        return false
      }
      path.append(key)
      return true
    default: return false
    }
  }
}
