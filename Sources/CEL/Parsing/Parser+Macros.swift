extension Parser {
  /// `has(a.b)`, also `has(a.?b)`.
  mutating func presence(_ arguments: [Node], from start: Int) throws(Failure) -> Node {
    guard arguments.count == 1 else {
      throw fail(.presenceArgument(at: start..<previousEnd))
    }
    let name = arguments[0].expression.nameRange
    switch arguments[0].expression.kind {
    case .select(let operand, let field):
      return try node(
        .presence(operand, field: field, isOptional: false), from: start, name: name,
        over: arguments)
    case .optionalSelect(let operand, let field):
      return try node(
        .presence(operand, field: field, isOptional: true), from: start, name: name,
        over: arguments)
    default: throw fail(.presenceArgument(at: arguments[0].expression.range))
    }
  }

  /// The macro that `operand.name(arguments)` is, if it is one.
  mutating func macro(
    _ name: String, of operand: Node, _ arguments: [Node], from start: Int,
    name nameRange: Range<Int>
  ) throws(Failure) -> Node? {
    if case .identifier("cel") = operand.expression.kind {
      return try namespaceMacro(name, arguments, from: start)
    }
    guard let form = Parser.macroForms.first(where: { $0.matches(name, arguments.count) }) else {
      return nil
    }
    var variables: [String] = []
    for argument in arguments.prefix(form.variableCount) {
      guard let variable = argument.expression.simpleName, !variables.contains(variable) else {
        throw fail(.macroVariable(of: name, at: argument.expression.range))
      }
      variables.append(variable)
    }
    let bodies = arguments.dropFirst(form.variableCount)
    return try node(
      .macro(
        Expression.Macro(
          form.macro, operand: operand.expression, variables: variables,
          arguments: bodies.map(\.expression))),
      from: start, name: nameRange, over: [operand] + bodies)
  }

  /// `cel.bind(v, x, body)`, and the forms that stand for common parts of an expression:
  /// `cel.block`, `cel.index`, `cel.iterVar`, `cel.accuVar`.
  private mutating func namespaceMacro(
    _ name: String, _ arguments: [Node], from start: Int
  ) throws(Failure) -> Node? {
    switch (name, arguments.count) {
    case ("bind", 3):
      guard let variable = arguments[0].expression.simpleName else {
        throw fail(.macroVariable(of: "cel.bind", at: arguments[0].expression.range))
      }
      return try bind(variable, arguments[1], in: arguments[2], from: start)
    case ("block", 2):
      guard case .list(let elements) = arguments[0].expression.kind else { return nil }
      var node = arguments[1]
      for (index, element) in elements.enumerated().reversed() {
        let value = Node(expression: element.value, height: arguments[0].height)
        node = try bind("@index:\(index)", value, in: node, from: start)
      }
      return node
    case ("index", 1), ("iterVar", 2), ("accuVar", 2):
      let numbers = arguments.compactMap { argument in
        if case .literal(.int(let number)) = argument.expression.kind { "\(number)" } else { nil }
      }
      guard numbers.count == arguments.count else { return nil }
      return try node(
        .identifier("@" + ([name] + numbers).joined(separator: ":")), from: start, over: [])
    default: return nil
    }
  }

  private mutating func bind(
    _ variable: String, _ value: Node, in body: Node, from start: Int
  ) throws(Failure) -> Node {
    try node(
      .macro(
        Expression.Macro(
          .bind, operand: value.expression, variables: [variable], arguments: [body.expression])),
      from: start, over: [value, body])
  }
}

extension Parser {
  /// How a macro is written: its name, how many variables, how many expressions after them.
  struct MacroForm {
    var name: String
    var macro: Expression.Macro.Name
    var variableCount: Int
    var argumentCounts: ClosedRange<Int>

    func matches(_ name: String, _ count: Int) -> Bool {
      self.name == name && argumentCounts.contains(count - variableCount)
    }
  }

  static let macroForms: [MacroForm] = [
    MacroForm(name: "all", macro: .all, variableCount: 1, argumentCounts: 1...1),
    MacroForm(name: "all", macro: .all, variableCount: 2, argumentCounts: 1...1),
    MacroForm(name: "exists", macro: .exists, variableCount: 1, argumentCounts: 1...1),
    MacroForm(name: "exists", macro: .exists, variableCount: 2, argumentCounts: 1...1),
    MacroForm(name: "exists_one", macro: .existsOne, variableCount: 1, argumentCounts: 1...1),
    MacroForm(name: "existsOne", macro: .existsOne, variableCount: 1, argumentCounts: 1...1),
    MacroForm(name: "existsOne", macro: .existsOne, variableCount: 2, argumentCounts: 1...1),
    MacroForm(name: "map", macro: .map, variableCount: 1, argumentCounts: 1...2),
    MacroForm(name: "filter", macro: .filter, variableCount: 1, argumentCounts: 1...1),
    MacroForm(
      name: "transformList", macro: .transformList, variableCount: 2, argumentCounts: 1...2),
    MacroForm(
      name: "transformMap", macro: .transformMap, variableCount: 2, argumentCounts: 1...2),
    MacroForm(
      name: "transformMapEntry", macro: .transformMapEntry, variableCount: 2,
      argumentCounts: 1...2),
    MacroForm(name: "optMap", macro: .optMap, variableCount: 1, argumentCounts: 1...1),
    MacroForm(name: "optFlatMap", macro: .optFlatMap, variableCount: 1, argumentCounts: 1...1),
  ]
}

extension Expression {
  /// A name without dots, which a macro's variable must be.
  fileprivate var simpleName: String? {
    guard case .identifier(let name) = kind, !name.hasPrefix(".") else { return nil }
    return name
  }
}

extension Issue {
  fileprivate static func presenceArgument(at range: Range<Int>) -> Issue {
    Issue(
      .syntax, "`has` takes one field, such as `has(a.b)`", at: range, label: "no field",
      help: "for a key in brackets write `\"key\" in a`")
  }

  fileprivate static func macroVariable(of macro: String, at range: Range<Int>) -> Issue {
    Issue(
      .syntax, "the variables of `\(macro)` are simple names, each different", at: range,
      help: "write it as `items.\(macro)(item, item == \"x\")`")
  }
}
