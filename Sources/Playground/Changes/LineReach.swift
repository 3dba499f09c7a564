import CEL

/// What a line reads of the event, and the constants it holds that against.
struct LineReach {
  /// Below `event`, each once.
  var paths: [[String]] = []
  var constants: [Literal] = []
  /// What texts must begin with, end with or contain.
  var prefixes: [String] = []
  var suffixes: [String] = []
  var parts: [String] = []
  var readsContact = false
  /// Whether it reads the event as a whole, or by keys that are computed.
  var readsWhole = false
  /// Whether it compares single paths with constants, so that its constants and their neighbours
  /// tell all that can be told apart.
  var isSimple = true

  /// More constants than this are not tried.
  static let constantLimit = 200
}

/// Collects what expressions reach, also through the names of their file.
struct ReachReader {
  private(set) var reach = LineReach()
  private let lets: [String: Expression]
  private var entered: Set<String> = []

  init(lets: [String: Expression]) { self.lets = lets }

  mutating func read(_ expression: Expression) {
    walk(expression)
    let hasBoth = reach.readsContact && !reach.paths.isEmpty
    if hasBoth || !isSimple(expression, depth: 0) { reach.isSimple = false }
  }

  private mutating func walk(_ node: Expression) {
    if let path = node.wholePath {
      switch path.first {
      case "contact": reach.readsContact = true
      case "event" where path.count > 1:
        let path = Array(path.dropFirst())
        if !reach.paths.contains(path) { reach.paths.append(path) }
      case "event": (reach.readsWhole, reach.isSimple) = (true, false)
      default: enter(path.first)
      }
      return
    }
    switch node.kind {
    case .literal(let literal): keep(literal)
    case .call(let name, let target?, let arguments): keep(name, target, arguments)
    default: break
    }
    for child in node.children { walk(child) }
  }

  private mutating func keep(_ function: String, _ target: Expression, _ arguments: [Expression]) {
    guard case .literal(.string(let text))? = arguments.first?.kind else { return }
    switch function {
    case "startsWith": reach.prefixes.append(text)
    case "endsWith": reach.suffixes.append(text)
    case "contains": reach.parts.append(text)
    default: break
    }
  }

  private mutating func keep(_ literal: Literal) {
    guard reach.constants.count < LineReach.constantLimit else {
      reach.isSimple = false
      return
    }
    if case .list(let items) = literal {
      for item in items { keep(item) }
    } else {
      reach.constants.append(literal)
    }
  }

  private mutating func enter(_ name: String?) {
    guard let name, let body = lets[name], entered.insert(name).inserted else { return }
    walk(body)
  }

  /// Whether an expression is a combination of tests of one path with constants.
  private func isSimple(_ node: Expression, depth: Int) -> Bool {
    guard depth < 32 else { return false }
    func all(_ nodes: Expression...) -> Bool { nodes.allSatisfy { isSimple($0, depth: depth + 1) } }
    switch node.kind {
    case .literal, .presence: return true
    case .unary(.not, let operand): return all(operand)
    case .binary(.and, let left, let right), .binary(.or, let left, let right):
      return all(left, right)
    case .conditional(let condition, let accepted, let rejected):
      return all(condition, accepted, rejected)
    case .binary(let sign, let left, let right):
      guard
        [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .isIn].contains(sign)
      else { return false }
      return isTerm(left, depth) && right.isConstant || left.isConstant && isTerm(right, depth)
    case .call("present", nil, let arguments), .call("known", nil, let arguments):
      return arguments.allSatisfy { isTerm($0, depth) }
    case .call(let name, let target?, let arguments):
      return ["startsWith", "endsWith", "contains"].contains(name) && isTerm(target, depth)
        && arguments.allSatisfy(\.isConstant)
    case .reference(.computed(let name)):
      return lets[name].map { isSimple($0, depth: depth + 1) } ?? false
    default: return isTerm(node, depth)
    }
  }

  /// Whether an expression is a path, or what a field test makes of one.
  private func isTerm(_ node: Expression, _ depth: Int) -> Bool {
    guard depth < 32 else { return false }
    if case .reference(.computed(let name)) = node.kind {
      return lets[name].map { isTerm($0, depth + 1) } ?? false
    }
    if let path = node.wholePath { return path.count > 1 }
    switch node.kind {
    case .call("known", nil, let arguments), .call("type", nil, let arguments),
      .call("size", nil, let arguments), .call("string", nil, let arguments):
      return arguments.count == 1 && arguments.allSatisfy { isTerm($0, depth + 1) }
    case .call("date", nil, let arguments):
      return arguments.first.map { isTerm($0, depth + 1) } ?? false
    case .call("trim", let target?, _): return isTerm(target, depth + 1)
    default: return false
    }
  }
}

extension Expression {
  /// The path that it is, also with `?` or as the operand of `has`.
  fileprivate var wholePath: [String]? {
    switch kind {
    case .optionalSelect(let operand, let field), .presence(let operand, let field, _):
      return operand.wholePath.map { $0 + [field] }
    case .select(let operand, let field):
      return operand.wholePath.map { $0 + [field] }
    case .reference(.local): return nil
    default: return path
    }
  }

  /// Whether it is a literal, or a time that the clock and literals give.
  fileprivate var isConstant: Bool {
    switch kind {
    case .literal, .reference(.variable("now")), .identifier, .reference(.unbound): true
    case .list(let elements): elements.allSatisfy { !$0.isOptional && $0.value.isConstant }
    case .binary(.subtract, let left, let right), .binary(.add, let left, let right):
      left.isConstant && right.isConstant
    default: false
    }
  }
}
