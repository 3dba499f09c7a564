extension Parser {
  /// A value with all selections, indices and calls that follow it.
  mutating func parseMember(signedFrom sign: Int?) throws(Failure) -> Node {
    let start = sign ?? token.range.lowerBound
    var node = try parsePrimary(signedFrom: sign)
    while true {
      if accept(.dot) {
        node = try parseSelection(of: node, from: start)
      } else if isAt(.openBracket) {
        node = try parseIndex(of: node, from: start)
      } else if isAt(.openBrace), let name = node.expression.dottedName {
        node = try parseMessage(name, from: start)
      } else {
        return node
      }
    }
  }

  private mutating func parseSelection(of operand: Node, from start: Int) throws(Failure) -> Node {
    let isOptional = accept(.question)
    let name = token.range
    let isQuoted = if case .quotedName = token.kind { true } else { false }
    let field = try parseField()
    if isQuoted, isAt(.openParenthesis) {
      throw unexpected(
        "an operator or the end", help: "only a field's name may stand between backticks")
    }
    if isOptional {
      return try node(
        .optionalSelect(operand.expression, field: field), from: start, name: name,
        over: [operand])
    }
    guard isAt(.openParenthesis) else {
      return try node(
        .select(operand.expression, field: field), from: start, name: name, over: [operand])
    }
    let arguments = try parseArguments()
    if macros == .expanded,
      let macro = try macro(field, of: operand, arguments, from: start, name: name)
    {
      return macro
    }
    return try node(
      .call(field, target: operand.expression, arguments: arguments.map(\.expression)),
      from: start, name: name, over: [operand] + arguments)
  }

  /// The name after a dot; reserved words are allowed there.
  private mutating func parseField() throws(Failure) -> String {
    let field: String
    switch token.kind {
    case .name(let name) where !["true", "false", "null", "in"].contains(name): field = name
    case .quotedName(let name): field = name
    case .end, .name, .integer, .literal, .symbol: throw unexpected("a field name after `.`")
    }
    advance()
    return field
  }

  private mutating func parseIndex(of operand: Node, from start: Int) throws(Failure) -> Node {
    advance()
    let isOptional = accept(.question)
    let index = try parseExpression()
    try expect(.closeBracket, "after the index")
    return try node(
      isOptional
        ? .optionalIndex(operand.expression, index.expression)
        : .index(operand.expression, index.expression),
      from: start, over: [operand, index])
  }

  /// `(a, b)`.
  mutating func parseArguments() throws(Failure) -> [Node] {
    advance()
    var arguments: [Node] = []
    if accept(.closeParenthesis) { return arguments }
    repeat { arguments.append(try parseExpression()) } while accept(.comma)
    try expect(.closeParenthesis, "after the arguments")
    return arguments
  }

  private mutating func parsePrimary(signedFrom sign: Int?) throws(Failure) -> Node {
    let start = sign ?? token.range.lowerBound
    switch token.kind {
    case .integer(let magnitude):
      advance()
      return try node(
        integer(magnitude, from: start, isNegative: sign != nil), from: start, over: [])
    case .literal(.double(let value)):
      advance()
      return try node(.literal(.double(sign == nil ? value : -value)), from: start, over: [])
    case .literal(let literal):
      advance()
      return try node(.literal(literal), from: start, over: [])
    case .name(let name): return try parseName(name, from: start)
    case .symbol(.dot):
      advance()
      guard case .name(let name) = token.kind else { throw unexpected("a name after `.`") }
      return try parseName("." + name, from: start)
    case .symbol(.openParenthesis): return try parseGroup()
    case .symbol(.openBracket): return try parseList()
    case .symbol(.openBrace): return try parseMap()
    case .end, .quotedName, .symbol: throw unexpected("a value")
    }
  }

  private mutating func integer(
    _ magnitude: UInt64, from start: Int, isNegative: Bool
  ) -> Expression.Kind {
    let limit = UInt64(Int64.max) + (isNegative ? 1 : 0)
    if magnitude > limit { issues.append(.numberOutOfRange(at: start..<previousEnd)) }
    let value = Int64(truncatingIfNeeded: magnitude)
    return .literal(.int(isNegative ? 0 &- value : value))
  }

  /// A name, a constant's name or a call; `name` begins with a dot in `.name`.
  private mutating func parseName(_ name: String, from start: Int) throws(Failure) -> Node {
    let range = token.range
    advance()
    switch name {
    case "true": return try node(.literal(.bool(true)), from: start, over: [])
    case "false": return try node(.literal(.bool(false)), from: start, over: [])
    case "null": return try node(.literal(.null), from: start, over: [])
    default: break
    }
    if Parser.reservedWords.contains(name) { throw fail(.reservedWord(name, at: range)) }
    guard isAt(.openParenthesis) else { return try node(.identifier(name), from: start, over: []) }
    let arguments = try parseArguments()
    if name == "has", macros == .expanded { return try presence(arguments, from: start) }
    return try node(
      .call(name, target: nil, arguments: arguments.map(\.expression)), from: start,
      name: range, over: arguments)
  }

  /// `(a)`; also `(a, b)`, which other languages take for a list.
  private mutating func parseGroup() throws(Failure) -> Node {
    let open = token.range
    advance()
    let inner = try parseExpression()
    guard isAt(.comma) else {
      try expect(.closeParenthesis, "to match the opening one")
      // The range stays that of the inside: it is what a message is about.
      return inner
    }
    throw fail(.parenthesesForList(at: open))
  }

  static let reservedWords: Set<String> = [
    "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let",
    "loop", "package", "namespace", "return", "var", "void", "while",
  ]
}

extension Parser {
  private mutating func parseList() throws(Failure) -> Node {
    let start = token.range.lowerBound
    advance()
    var elements: [Expression.ListElement] = []
    var parts: [Node] = []
    while !isAt(.closeBracket) {
      if elements.isEmpty, accept(.comma) { break }
      let isOptional = accept(.question)
      let value = try parseExpression()
      parts.append(value)
      elements.append(Expression.ListElement(value.expression, isOptional: isOptional))
      guard accept(.comma) else { break }
    }
    try expect(.closeBracket, "or `,` after the item")
    return try node(.list(elements), from: start, over: parts)
  }

  private mutating func parseMap() throws(Failure) -> Node {
    let start = token.range.lowerBound
    advance()
    var entries: [Expression.MapEntry] = []
    var parts: [Node] = []
    while !isAt(.closeBrace) {
      if entries.isEmpty, accept(.comma) { break }
      let isOptional = accept(.question)
      let key = try parseExpression()
      try expect(.colon, "after the key")
      let value = try parseExpression()
      parts += [key, value]
      entries.append(
        Expression.MapEntry(key.expression, value.expression, isOptional: isOptional))
      guard accept(.comma) else { break }
    }
    try expect(.closeBrace, "or `,` after the entry")
    return try node(.map(entries), from: start, over: parts)
  }

  private mutating func parseMessage(_ name: String, from start: Int) throws(Failure) -> Node {
    advance()
    var fields: [Expression.MessageField] = []
    var parts: [Node] = []
    while !isAt(.closeBrace) {
      if fields.isEmpty, accept(.comma) { break }
      let isOptional = accept(.question)
      let field = try parseField()
      try expect(.colon, "after the field")
      let value = try parseExpression()
      parts.append(value)
      fields.append(
        Expression.MessageField(field, value.expression, isOptional: isOptional))
      guard accept(.comma) else { break }
    }
    try expect(.closeBrace, "or `,` after the field")
    return try node(.message(name, fields: fields), from: start, over: parts)
  }
}

extension Expression {
  /// `a.b.C`, if that is all there is.
  var dottedName: String? {
    switch kind {
    case .identifier(let name): name
    case .select(let operand, let field) where Lexer.isName(field):
      operand.dottedName.map { $0 + "." + field }
    default: nil
    }
  }

  /// The first word of a name or of selections from it.
  var rootName: String? {
    switch kind {
    case .identifier(let name): name
    case .select(let operand, _): operand.rootName
    default: nil
    }
  }
}

extension Issue {
  fileprivate static func reservedWord(_ word: String, at range: Range<Int>) -> Issue {
    let help: String? =
      switch word {
      case "if", "else": "write a choice as `condition ? this : that`"
      case "let", "var", "const": "give a value a name with `cel.bind(name, value, expression)`"
      case "for", "while", "loop": "go over a list with `all`, `exists`, `map` or `filter`"
      default: nil
      }
    return Issue(.syntax, "`\(word)` is a reserved word", at: range, help: help)
  }

  fileprivate static func parenthesesForList(at range: Range<Int>) -> Issue {
    Issue(
      .syntax, "a list stands between `[` and `]`", at: range,
      help: "write `[a, b]` instead of `(a, b)`")
  }
}
