/// Resolves names and deduces types, one node at a time, from the leaves up.
struct Checker {
  /// A variable of an enclosing macro.
  struct Local {
    var name: String
    var type: Type
    /// Whether it was read from the host's data; see ``Environment/isRead(_:isReadLocal:)``.
    var isRead: Bool
  }

  let environment: Environment
  var issues: [Issue] = []
  var locals: [Local] = []
  var substitution = Substitution()
  /// The last path that was checked: what a host builds from one text says it several times.
  var lastPath: (written: Expression, checked: Expression)?
  private var parameterCount = 0

  init(_ environment: Environment) { self.environment = environment }

  mutating func check(_ expression: Expression) -> Expression {
    switch expression.kind {
    case .literal(let literal): return expression.checked(as: Type(of: literal))
    case .reference: return expression
    case .identifier, .select: return checkName(expression)
    case .optionalSelect(let operand, let field):
      let operand = check(operand)
      let type = fieldType(of: operand, field, of: expression)
      let isOptional = if case .optional = type { true } else { false }
      return expression.checked(
        .optionalSelect(operand, field: field), as: isOptional ? type : .optional(type))
    case .presence(let operand, let field, let isOptional):
      let operand = check(operand)
      _ = fieldType(of: operand, field, of: expression)
      return expression.checked(
        .presence(operand, field: field, isOptional: isOptional), as: .bool)
    case .index(let operand, let index): return checkIndex(expression, operand, index)
    case .optionalIndex(let operand, let index): return checkIndex(expression, operand, index)
    case .call(let name, let target, let arguments):
      return checkCall(expression, name, target, arguments)
    case .unary(let unary, let operand): return checkUnary(expression, unary, operand)
    case .binary(let binary, let left, let right):
      return checkBinary(expression, binary, left, right)
    case .conditional(let condition, let accepted, let rejected):
      return checkConditional(expression, condition, accepted, rejected)
    case .list(let elements): return checkList(expression, elements)
    case .map(let entries): return checkMap(expression, entries)
    case .message(let name, let fields): return checkMessage(expression, name, fields)
    case .macro(let macro): return checkMacro(expression, macro)
    }
  }

  /// A type parameter that stands for nothing yet.
  mutating func freshParameter() -> Type {
    parameterCount += 1
    return .parameter("_\(parameterCount)")
  }

  /// The same where nothing will ask what it stands for: it only counts.
  mutating func countParameter() { parameterCount += 1 }

  /// More mistakes in one expression are not listed: nobody reads them, and each costs a search
  /// for what is meant.
  static let issueLimit = 200

  var isFull: Bool { issues.count >= Checker.issueLimit }

  mutating func report(_ issue: Issue) {
    if !isFull { issues.append(issue) }
  }

  /// The tree with every type parameter replaced.
  func withResolvedTypes(_ expression: Expression) -> Expression {
    expression.contains { $0.type.hasParameters } ? withTypes(expression) : expression
  }

  private func withTypes(_ expression: Expression) -> Expression {
    var result = expression.mapChildren(withTypes)
    result.type = substitution.resolve(expression.type)
    return result
  }

  /// What is known of a node's type by now.
  func type(of expression: Expression) -> Type { substitution.apply(to: expression.type) }
}

extension Checker {
  private mutating func checkIndex(
    _ expression: Expression, _ operand: Expression, _ index: Expression
  ) -> Expression {
    let operand = check(operand)
    let index = check(index)
    var container = type(of: operand)
    var isOptional = false
    if case .optional(let inner) = container { (container, isOptional) = (inner, true) }
    var element = Type.dynamic
    switch container {
    case .list(let type):
      element = type
      let given = self.type(of: index)
      if !given.isOpen, !given.isNumeric {
        report(.listIndex(given, at: index.range))
        element = .unknown
      }
    case .map(let key, let value):
      element = value
      let given = self.type(of: index)
      if !(given.isNumeric && key.isNumeric), !substitution.accept(key, given) {
        report(.mapKey(given, wanted: key, at: index.range))
        element = .unknown
      }
    case .record(let record): element = itemType(of: record, at: index, in: operand)
    case .dynamic, .parameter, .unknown, .named: break
    default:
      report(.notIndexable(container, at: operand.range))
      element = .unknown
    }
    if case .optionalIndex = expression.kind {
      return expression.checked(.optionalIndex(operand, index), as: .optional(element))
    }
    return expression.checked(.index(operand, index), as: isOptional ? .optional(element) : element)
  }

  private mutating func checkConditional(
    _ expression: Expression, _ condition: Expression, _ accepted: Expression,
    _ rejected: Expression
  ) -> Expression {
    let condition = checkTruth(condition, of: "?")
    let accepted = check(accepted)
    let rejected = check(rejected)
    let type = substitution.join(self.type(of: accepted), self.type(of: rejected))
    return expression.checked(.conditional(condition, accepted, rejected), as: type)
  }

  private mutating func checkList(
    _ expression: Expression, _ elements: [Expression.ListElement]
  ) -> Expression {
    var elements = elements
    var joined: Type?
    for index in elements.indices {
      elements[index].value = check(elements[index].value)
      let type = elementType(elements[index].value, isOptional: elements[index].isOptional)
      joined = joined.map { substitution.join($0, type) } ?? type
    }
    return expression.checked(.list(elements), as: .list(joined ?? freshParameter()))
  }

  private mutating func checkMap(
    _ expression: Expression, _ entries: [Expression.MapEntry]
  ) -> Expression {
    var entries = entries
    var key: Type?
    var value: Type?
    for index in entries.indices {
      entries[index].key = check(entries[index].key)
      entries[index].value = check(entries[index].value)
      let keyType = keyType(of: entries[index].key)
      let valueType = elementType(entries[index].value, isOptional: entries[index].isOptional)
      key = key.map { substitution.join($0, keyType) } ?? keyType
      value = value.map { substitution.join($0, valueType) } ?? valueType
    }
    return expression.checked(
      .map(entries), as: .map(key ?? freshParameter(), value ?? freshParameter()))
  }

  /// The type of a key of a map literal; maps as keys of maps would grow without bound.
  private mutating func keyType(of key: Expression) -> Type {
    let type = self.type(of: key)
    switch type {
    case .double, .null, .list, .map, .record, .bytes, .timestamp, .duration, .type, .optional:
      report(.mapLiteralKey(type, at: key.range))
      return .unknown
    case .dynamic, .bool, .int, .uint, .string, .parameter, .named, .wrapper, .unknown: return type
    }
  }

  /// What `?x` puts into a list is what the optional holds.
  private mutating func elementType(_ element: Expression, isOptional: Bool) -> Type {
    let type = self.type(of: element)
    guard isOptional else { return type }
    if case .optional(let inner) = type { return inner }
    if !type.isOpen { report(.notOptional(type, at: element.range)) }
    return .dynamic
  }
}

extension Checker {
  private mutating func checkMacro(
    _ expression: Expression, _ macro: Expression.Macro
  ) -> Expression {
    var macro = macro
    macro.operand = check(macro.operand)
    let operandType = type(of: macro.operand)
    let depth = locals.count
    let isRead = isRead(macro.operand)
    switch macro.name {
    case .bind: locals.append(Local(name: macro.variables[0], type: operandType, isRead: isRead))
    case .optMap, .optFlatMap:
      var inner = Type.dynamic
      if case .optional(let type) = operandType { inner = type }
      locals.append(Local(name: macro.variables[0], type: inner, isRead: isRead))
    default: declareVariables(of: macro, over: operandType)
    }
    for index in macro.arguments.indices {
      let isPredicate =
        macro.name.takesPredicate || macro.arguments.count == 2 && index == 0
      macro.arguments[index] =
        isPredicate
        ? checkTruth(macro.arguments[index], of: macro.name.rawValue)
        : check(macro.arguments[index])
    }
    locals.removeLast(locals.count - depth)
    return expression.checked(.macro(macro), as: resultType(of: macro, over: operandType))
  }

  private mutating func declareVariables(of macro: Expression.Macro, over range: Type) {
    var key = Type.dynamic
    var value = Type.dynamic
    var isMap = false
    let isRead = isRead(macro.operand)
    switch range {
    case .list(let element): (key, value) = (.int, element)
    case .map(let mapKey, let mapValue): (key, value, isMap) = (mapKey, mapValue, true)
    case .record(let record): (key, value, isMap) = (.string, record.commonType, true)
    case .dynamic, .parameter, .unknown, .named: break
    default: report(.notIterable(range, macro: macro.name.rawValue, at: macro.operand.range))
    }
    if macro.variables.count == 2 {
      locals.append(Local(name: macro.variables[0], type: key, isRead: isRead))
      locals.append(Local(name: macro.variables[1], type: value, isRead: isRead))
    } else {
      locals.append(
        Local(name: macro.variables[0], type: isMap ? key : value, isRead: isRead))
    }
  }

  private func resultType(of macro: Expression.Macro, over range: Type) -> Type {
    let body = macro.arguments.last.map { type(of: $0) } ?? .dynamic
    switch macro.name {
    case .all, .exists, .existsOne: return .bool
    case .map, .transformList: return .list(body)
    case .filter:
      switch range {
      case .list: return range
      case .map(let key, _): return .list(key)
      case .record: return .list(.string)
      default: return .list(.dynamic)
      }
    case .transformMap:
      switch range {
      case .map(let key, _): return .map(key, body)
      case .record: return .map(.string, body)
      case .list: return .map(.int, body)
      default: return .map(.dynamic, body)
      }
    case .transformMapEntry: return body
    case .bind, .optFlatMap: return body
    case .optMap: return .optional(body)
    }
  }
}

extension Expression.Macro.Name {
  /// Whether its last argument is a condition.
  var takesPredicate: Bool {
    switch self {
    case .all, .exists, .existsOne, .filter: true
    case .map, .transformList, .transformMap, .transformMapEntry, .bind, .optMap, .optFlatMap:
      false
    }
  }
}

extension Expression {
  /// The node with what checking found.
  func checked(_ kind: Kind, as type: Type) -> Expression {
    Expression(kind, range, nameRange: nameRange, type: type)
  }

  func checked(as type: Type) -> Expression { checked(kind, as: type) }
}

extension Type {
  /// The type of a constant.
  init(of literal: Literal) {
    self =
      switch literal {
      case .null: .null
      case .bool: .bool
      case .int: .int
      case .uint: .uint
      case .double: .double
      case .string: .string
      case .bytes: .bytes
      case .list(let elements): .list(Type.common(elements))
      case .map(let entries):
        .map(Type.common(entries.map(\.key)), Type.common(entries.map(\.value)))
      case .timestamp: .timestamp
      case .duration: .duration
      case .type(let name): .type(Type(name) ?? .dynamic)
      case .optional(let value): .optional(value.map { Type(of: $0) } ?? .dynamic)
      }
  }

  private static func common(_ elements: [Literal]) -> Type {
    // Each is looked at once: constants nest.
    let types = elements.map { Type(of: $0) }
    guard let first = types.first else { return .dynamic }
    return types.allSatisfy { $0 == first } ? first : .dynamic
  }
}

extension Issue {
  fileprivate static func listIndex(_ type: Type, at range: Range<Int>) -> Issue {
    Issue(.wrongType, "the index of a list is a number", at: range, label: type.noun)
  }

  fileprivate static func mapKey(_ type: Type, wanted: Type, at range: Range<Int>) -> Issue {
    Issue(.wrongType, "the keys of this map are \(wanted.noun) each", at: range, label: type.noun)
  }

  fileprivate static func notIndexable(_ type: Type, at range: Range<Int>) -> Issue {
    Issue(
      .wrongType, "only lists and maps have items", at: range, label: type.noun,
      help: type == .string ? "use `charAt` or `substring`" : nil)
  }

  fileprivate static func mapLiteralKey(_ type: Type, at range: Range<Int>) -> Issue {
    Issue(
      .wrongType, "a key is a text, a whole number, true or false", at: range, label: type.noun)
  }

  fileprivate static func notOptional(_ type: Type, at range: Range<Int>) -> Issue {
    Issue(
      .wrongType, "`?` before an item needs an optional", at: range, label: type.noun,
      help: "write the item without `?`")
  }

  fileprivate static func notIterable(
    _ type: Type, macro: String, at range: Range<Int>
  ) -> Issue {
    Issue(.wrongType, "`\(macro)` goes over a list or a map", at: range, label: type.noun)
  }
}
