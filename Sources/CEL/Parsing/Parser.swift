/// Reads tokens into a tree by recursive descent.
struct Parser {
  /// Thrown after the problem was put into ``issues``: the rest of the text makes no sense.
  struct Failure: Error {}

  /// A tree and its height, which is limited so that recursion over it is.
  struct Node {
    var expression: Expression
    var height: Int
  }

  /// The bytes of a source text: its tokens and its tree take a hundred times as many.
  static let lengthLimit = 100_000
  static let heightLimit = 500
  static let nestingLimit = 100

  let source: [UInt8]
  let tokens: [Token]
  var issues: [Issue]
  var index = 0
  let macros: Expression.MacroUse
  private var nesting = 0

  init(_ text: String, macros: Expression.MacroUse = .expanded) {
    self.macros = macros
    source = Array(text.utf8)
    (tokens, issues) = Lexer.tokens(of: text)
  }

  var token: Token { tokens[index] }
  var previousEnd: Int { index == 0 ? 0 : tokens[index - 1].range.upperBound }

  mutating func advance() { if index < tokens.count - 1 { index += 1 } }

  func isAt(_ symbol: Token.Symbol, ahead: Int = 0) -> Bool {
    guard index + ahead < tokens.count, case .symbol(symbol) = tokens[index + ahead].kind
    else { return false }
    return true
  }

  mutating func accept(_ symbol: Token.Symbol) -> Bool {
    guard isAt(symbol) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: Token.Symbol, _ purpose: String) throws(Failure) {
    guard accept(symbol) else { throw unexpected("`\(symbol.rawValue)` \(purpose)") }
  }

  /// Records that something else was expected here.
  mutating func unexpected(_ expectation: String, help: String? = nil) -> Failure {
    fail(.unexpected(token.text(in: source), at: token.range, expectation, help: help))
  }

  mutating func fail(_ issue: Issue) -> Failure {
    issues.append(issue)
    return Failure()
  }

  /// A whole text.
  mutating func parseWhole() throws(Failure) -> Expression {
    let node = try parseExpression()
    guard case .end = token.kind else {
      throw unexpected("an operator or the end", help: helpForRest)
    }
    return node.expression
  }

  /// What to say of a second expression beside the first.
  private var helpForRest: String? {
    switch token.kind {
    case .name(let word) where ["is", "like", "between"].contains(word):
      "CEL has no `\(word)`; use `==`, `matches` or `>=`"
    case .name, .literal, .integer: "put an operator between the two values"
    case .end, .quotedName, .symbol: nil
    }
  }

  /// `a ? b : c`, or anything that binds more tightly.
  mutating func parseExpression() throws(Failure) -> Node {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Parser.nestingLimit else { throw fail(.tooDeep(at: token.range)) }
    let start = token.range.lowerBound
    let condition = try parseBinary(above: 0)
    guard accept(.question) else { return condition }
    let accepted = try parseBinary(above: 0)
    try expect(.colon, "between the two results of `?`")
    let rejected = try parseExpression()
    return try node(
      .conditional(condition.expression, accepted.expression, rejected.expression),
      from: start, over: [condition, accepted, rejected])
  }

  /// A chain of operators that bind more tightly than `minimum`; all associate to the left.
  private mutating func parseBinary(above minimum: Int) throws(Failure) -> Node {
    let start = token.range.lowerBound
    var left = try parseUnary()
    while let symbol = binaryOperator, symbol.precedence > minimum {
      reportWord(for: symbol)
      advance()
      let right = try parseBinary(above: symbol.precedence)
      left = try node(
        .binary(symbol, left.expression, right.expression),
        from: start, over: [left, right])
    }
    return left
  }

  private mutating func parseUnary() throws(Failure) -> Node {
    var operators: [(Expression.UnaryOperator, start: Int)] = []
    while let unary = unaryOperator() {
      operators.append((unary, token.range.lowerBound))
      advance()
    }
    // The minus right before a number is the number's own, but for the last of `--5`.
    var sign: Int?
    if isAtSignedNumber, let last = operators.last, last.0 == .negate,
      operators.dropLast().last?.0 != .negate
    {
      sign = operators.removeLast().start
    }
    var node = try parseMember(signedFrom: sign)
    for (unary, start) in operators.reversed() {
      node = try self.node(.unary(unary, node.expression), from: start, over: [node])
    }
    return node
  }

  private var isAtSignedNumber: Bool {
    switch token.kind {
    case .integer, .literal(.double): true
    case .literal, .end, .name, .quotedName, .symbol: false
    }
  }

  /// The operator here, also one of the words that analysts write for one.
  private var binaryOperator: Expression.BinaryOperator? {
    switch token.kind {
    case .symbol(let symbol): Expression.BinaryOperator(rawValue: symbol.rawValue)
    case .name("in"): .isIn
    case .name(let word):
      startsOperand(index + 1) ? Parser.wordOperators[word.lowercased()] : nil
    case .end, .quotedName, .integer, .literal: nil
    }
  }

  private mutating func reportWord(for meant: Expression.BinaryOperator) {
    guard case .name(let word) = token.kind, word != "in" else { return }
    issues.append(.wordOperator(word, meant: meant.rawValue, at: token.range))
  }

  private mutating func unaryOperator() -> Expression.UnaryOperator? {
    if isAt(.not) { return .not }
    if isAt(.minus) { return .negate }
    guard case .name(let word) = token.kind, Parser.negations.contains(word.lowercased()),
      startsOperand(index + 1), !isAt(.openParenthesis, ahead: 1)
    else { return nil }
    issues.append(.wordOperator(word, meant: "!", at: token.range))
    return .not
  }

  /// Whether a value can begin at a token; `(` after a word is taken as one too.
  private func startsOperand(_ index: Int) -> Bool {
    guard index < tokens.count else { return false }
    switch tokens[index].kind {
    case .name, .integer, .literal: return true
    case .symbol(let symbol): return [.openParenthesis, .not, .minus].contains(symbol)
    case .end, .quotedName: return false
    }
  }

  static let wordOperators: [String: Expression.BinaryOperator] = [
    "and": .and, "e": .and, "or": .or, "ou": .or,
  ]
  static let negations: Set<String> = ["not", "nao", "n\u{E3}o"]

  /// A node over the source from `start` to the token before this one.
  mutating func node(
    _ kind: Expression.Kind, from start: Int, name: Range<Int>? = nil, over parts: [Node]
  ) throws(Failure) -> Node {
    let height = 1 + (parts.map(\.height).max() ?? 0)
    let range = start..<previousEnd
    guard height <= Parser.heightLimit else { throw fail(.tooDeep(at: range)) }
    return Node(expression: Expression(kind, range, nameRange: name), height: height)
  }
}

extension Expression.BinaryOperator {
  /// Higher binds more tightly.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn: 3
    case .add, .subtract: 4
    case .multiply, .divide, .modulo: 5
    }
  }
}

extension Issue {
  fileprivate static func unexpected(
    _ found: String, at range: Range<Int>, _ expectation: String, help: String?
  ) -> Issue {
    Issue(.syntax, "expected \(expectation), found \(found)", at: range, help: help)
  }

  fileprivate static func tooDeep(at range: Range<Int>) -> Issue {
    Issue(
      .tooDeep, "an expression is nested at most \(Parser.nestingLimit) levels deep", at: range,
      help: "give parts of it names of their own")
  }

  static func tooLong(at range: Range<Int>) -> Issue {
    Issue(
      .tooDeep, "an expression has at most \(Parser.lengthLimit) bytes", at: range,
      label: "too long", help: "put long lists of constants under a name of their own")
  }

  static func wordOperator(_ word: String, meant: String, at range: Range<Int>) -> Issue {
    Issue(
      .wordOperator, "`\(word)` is no operator", at: range,
      help: meant == "!" ? "use `!`" : "use `\(meant)`, or put each part on a line of its own",
      replacement: meant)
  }
}
