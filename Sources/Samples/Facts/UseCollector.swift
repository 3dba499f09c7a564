internal import CEL
internal import Diagnostics
internal import Functions
internal import Rulesets

/// Finds every path that rules read, with the events that meet it.
struct UseCollector {
  private let ruleset: Ruleset
  private let sources: [SourceText]
  private let lets: [[String: Expression]]
  /// What a name under `let` was looked into for, so that names on names take no more than their number.
  private var visits: Set<Visit> = []
  private(set) var uses: [String: FieldUse] = [:]
  private(set) var comparisons: [String: Comparison] = [:]

  /// Functions whose arguments are no lists and no objects; of several arguments, the list comes last.
  private static let scalarFunctions = Set(
    RegraFunctions.all.map(\.name).filter { $0 != "one_of" } + ["double", "int", "timestamp"])

  private struct Visit: Hashable {
    var name: String
    var context: UseContext
  }

  /// What stands around an expression.
  private struct Scope {
    var context: UseContext
    var locals: [String: FieldPath] = [:]
    /// Names of `let` that are being looked into.
    var open: Set<String> = []

    var optional: Scope {
      var copy = self
      copy.context.isNeeded = false
      return copy
    }

    var negative: Scope {
      var copy = optional
      copy.context.isPositive = false
      return copy
    }
  }

  init(_ ruleset: Ruleset, _ sources: [SourceText]) {
    self.ruleset = ruleset
    self.sources = sources
    lets = ruleset.files.map { file in
      Dictionary(file.lets.map { ($0.name, $0.expression) }, uniquingKeysWith: { $1 })
    }
  }

  /// Collects what a rule reads; `types` are those it listens to.
  mutating func collect(_ number: Int, types: Set<Int>) {
    let rule = ruleset.rules[number]
    let context = UseContext(file: rule.file, types: types)
    for (leaf, line) in rule.predicates.flatMap(\.leaves).enumerated() {
      guard case .expression(let expression) = line.predicate.kind else { continue }
      var scope = Scope(context: context)
      scope.context.lines = [LineID(rule: number, leaf: leaf)]
      switch line.role {
      case .needed: break
      case .alternative: scope = scope.optional
      case .excluded: scope = scope.negative
      }
      walk(expression, scope)
    }
    for template in rule.actions.flatMap(\.templates) { walk(template, Scope(context: context)) }
    if let contact = rule.contact { collect(contact, context) }
  }

  /// Collects what a file reads of every event its rules meet.
  mutating func collect(file: Int, types: Set<Int>) {
    let context = UseContext(file: file, types: types)
    for expression in [ruleset.files[file].eventID, ruleset.files[file].eventTime] {
      if let expression { walk(expression, Scope(context: context)) }
    }
  }

  private mutating func collect(_ contact: ContactReference, _ context: UseContext) {
    var context = context
    context.isNeeded = contact.identifiers.count == 1
    context.isPositive = context.isNeeded
    for identifier in contact.identifiers {
      switch identifier {
      case .urn(let template), .uuid(let template): walk(template, Scope(context: context))
      }
    }
  }

  private mutating func walk(_ template: Template, _ scope: Scope) {
    for part in template.parts {
      guard case .hole(let hole) = part else { continue }
      var scope = scope
      scope.context.needsScalar = true
      walk(hole, scope)
    }
  }
}

extension UseCollector {
  private mutating func walk(_ expression: Expression, _ outer: Scope) {
    if expression.isStep, let path = path(expression, outer) {
      return note(FieldUse(path: path, context: outer.context))
    }
    // What a whole hole must be, its parts need not be.
    var scope = outer
    scope.context.needsScalar = false
    switch expression.kind {
    case .reference(.computed(let name)): walk(named: name, outer)
    case .unary(.not, let operand): walk(operand, scope.negative)
    case .binary(let sign, let left, let right):
      compare(sign, left, right, expression.range, scope)
      let inner = sign == .or ? scope.optional : scope
      walk(left, inner)
      walk(right, inner)
    case .conditional(let condition, let first, let second):
      if let subject = condition.typedSubject {
        walk(subject, scope)
        return compareParts(first, second, expression.range, scope)
      }
      walk(condition, scope)
      walk(first, outer.optional)
      walk(second, outer.optional)
    case .call(let name, let target, let arguments):
      let isOptional = name == "orValue" || name == "or"
      if let target, let kind = Comparison.Kind(function: name), let argument = arguments.first {
        compare(target, kind, argument, expression.range, scope)
      }
      if let target { walk(target, isOptional ? scope.optional : scope) }
      if target == nil, Self.scalarFunctions.contains(name) { scope.context.needsScalar = true }
      for argument in arguments { walk(argument, scope) }
    case .macro(let macro): walk(macro, scope)
    case .literal, .identifier, .reference, .select, .optionalSelect, .presence, .index,
      .optionalIndex, .unary, .list, .map, .message:
      for child in expression.children { walk(child, scope) }
    }
  }

  private mutating func walk(named name: String, _ scope: Scope) {
    guard !scope.open.contains(name), let expression = lets[scope.context.file][name] else {
      return
    }
    guard visits.insert(Visit(name: name, context: scope.context)).inserted else { return }
    var inner = scope
    inner.open.insert(name)
    inner.locals = [:]
    walk(expression, inner)
  }

  private mutating func walk(_ macro: Expression.Macro, _ scope: Scope) {
    walk(macro.operand, scope)
    var inner = scope
    let operand = path(macro.operand, scope)
    for name in macro.variables { inner.locals[name] = nil }
    if let name = macro.variables.last {
      switch macro.name {
      case .bind, .optMap, .optFlatMap: inner.locals[name] = operand
      case .all, .exists, .existsOne, .map, .filter, .transformList, .transformMap,
        .transformMapEntry:
        inner.locals[name] = operand.map { $0.appending(.item, at: 0..<0, of: $0.range) }
      }
    }
    for argument in macro.arguments { walk(argument, inner) }
  }

  private mutating func note(_ use: FieldUse) {
    guard !use.path.steps.isEmpty else { return }
    var use = use
    if use.path.isOptional { use.context.isNeeded = false }
    let key = "\(use.context.file) \(use.path.range) \(use.path.steps.count)"
    if uses[key] == nil { uses[key] = use } else { uses[key]?.context.merge(use.context) }
  }

  /// The path that an expression is, also behind a name or `known`.
  private func path(_ expression: Expression, _ scope: Scope) -> FieldPath? {
    switch expression.kind {
    case .identifier("event"), .reference(.variable("event")): FieldPath(range: expression.range)
    case .reference(.local(let name)): scope.locals[name]
    case .reference(.computed(let name)): path(named: name, scope)
    case .select(let operand, let field), .presence(let operand, let field, _):
      path(operand, scope)?.appending(
        .key(field), at: expression.nameRange ?? expression.range, of: expression.range)
    case .optionalSelect(let operand, let field):
      optional(
        path(operand, scope)?.appending(
          .key(field), at: expression.nameRange ?? expression.range, of: expression.range))
    case .index(let operand, let index):
      index.step.flatMap {
        path(operand, scope)?.appending($0, at: index.range, of: expression.range)
      }
    case .optionalIndex(let operand, let index):
      index.step.flatMap {
        optional(path(operand, scope)?.appending($0, at: index.range, of: expression.range))
      }
    case .call("known", nil, let arguments), .call("dyn", nil, let arguments):
      arguments.first.flatMap { path($0, scope) }
    case .call("orValue", let target?, _), .call("value", let target?, _): path(target, scope)
    case .macro(let macro) where macro.name == .filter: path(macro.operand, scope)
    default: nil
    }
  }

  private func optional(_ path: FieldPath?) -> FieldPath? {
    var path = path
    path?.isOptional = true
    return path
  }

  private func path(named name: String, _ scope: Scope) -> FieldPath? {
    guard !scope.open.contains(name), let expression = lets[scope.context.file][name] else {
      return nil
    }
    var inner = scope
    inner.open.insert(name)
    inner.locals = [:]
    return path(expression, inner)
  }
}

extension UseCollector {
  private mutating func compare(
    _ sign: Expression.BinaryOperator, _ left: Expression, _ right: Expression,
    _ range: Range<Int>, _ scope: Scope
  ) {
    switch sign {
    case .or, .and, .add: return
    case .isIn:
      compare(left, .membership, right, range, scope)
      compare(right, .part, left, range, scope)
    case .equal, .notEqual:
      compare(left, .equality, right, range, scope)
      compare(right, .equality, left, range, scope)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      compare(left, .order, right, range, scope)
      compare(right, .order, left, range, scope)
    case .subtract, .multiply, .divide, .modulo:
      compare(left, .arithmetic, right, range, scope)
      compare(right, .arithmetic, left, range, scope)
    }
  }

  /// What `contains` asks of a list and of a text is one question.
  private mutating func compareParts(
    _ first: Expression, _ second: Expression, _ range: Range<Int>, _ scope: Scope
  ) {
    guard case .binary(.isIn, let item, let list) = first.kind else { return }
    compare(list, .part, item, range, scope)
  }

  private mutating func compare(
    _ subject: Expression, _ kind: Comparison.Kind, _ other: Expression, _ range: Range<Int>,
    _ scope: Scope
  ) {
    var subject = subject
    var kind = kind
    if case .call("string", nil, let arguments) = subject.kind, let inner = arguments.first {
      // The keys of `otherwise` are those of the cases, which are looked at each.
      guard kind == .equality, subject.range == inner.range else { return }
      subject = inner
      kind = .matchCase
    }
    guard let path = path(subject, scope), !path.steps.isEmpty else { return }
    let operands = constants(other, in: scope.context.file)
    let comparison = Comparison(
      path: path, kind: kind, operands: operands ?? [],
      otherType: operands == nil ? other.type : nil, range: range, context: scope.context)
    let place = operands?.first?.range ?? other.range
    let key = "\(scope.context.file) \(place) \(path.range) \(kind)"
    if comparisons[key] == nil {
      comparisons[key] = comparison
    } else {
      comparisons[key]?.context.merge(scope.context)
    }
  }

  /// The constants that an expression stands for, each where it is written.
  private func constants(
    _ expression: Expression, in file: Int
  ) -> [(literal: Literal, range: Range<Int>)]? {
    switch expression.kind {
    case .literal(.list(let items)):
      if let list = list(at: expression.range, in: file) { return list.items }
      return items.map { ($0, expression.range) }
    case .literal(let literal): return [(literal, expression.range)]
    case .list(let elements):
      var items: [(literal: Literal, range: Range<Int>)] = []
      for element in elements {
        guard case .literal(let literal) = element.value.kind else { return nil }
        items.append((literal, element.value.range))
      }
      return items
    default: return nil
    }
  }

  /// The list that is written in a place, or named there.
  private func list(at range: Range<Int>, in file: Int) -> ConstantList? {
    let lists = ruleset.files[file].constantLists
    if let list = lists.first(where: { $0.range == range }) { return list }
    let name = String(decoding: sources[file].utf8[range], as: UTF8.self)
    return lists.first { $0.name == name }
  }
}

extension Comparison.Kind {
  fileprivate init?(function: String) {
    switch function {
    case "startsWith": self = .start
    case "endsWith": self = .end
    case "contains": self = .part
    default: return nil
    }
  }
}

extension Expression {
  /// Whether the node is a step of a path.
  fileprivate var isStep: Bool {
    switch kind {
    case .select, .optionalSelect, .presence, .index, .optionalIndex: true
    case .literal, .identifier, .reference, .call, .unary, .binary, .conditional, .list, .map,
      .message, .macro:
      false
    }
  }

  /// Where an index leads to.
  fileprivate var step: PathStep? {
    switch kind {
    case .literal(.string(let key)): .key(key)
    case .literal(.int): .item
    default: nil
    }
  }

  /// `x` of `type(x) == list` and its like.
  fileprivate var typedSubject: Expression? {
    guard case .binary(.equal, let typed, _) = kind,
      case .call("type", nil, let arguments) = typed.kind
    else { return nil }
    return arguments.first
  }
}
