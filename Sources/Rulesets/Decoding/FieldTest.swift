package import CEL

/// A test of one path, as written under `if`: sugar for CEL.
///
/// With `p` for the path, `z` for the file's zone (left out where there is none), and `v`, `w`
/// for values, which are literals or the expression of a `${…}` hole:
///
/// | written | means |
/// | --- | --- |
/// | `v` | `present(p) && p == v` |
/// | `present`, `absent` | `present(p)`, `!present(p)` |
/// | `empty` | `!present(p) \|\| (type(p) == string ? p.trim() == "" : (type(p) == list \|\| type(p) == map) && size(p) == 0)` |
/// | `{in: …}` | `present(p) && p in […]` |
/// | `{not_in: …}` | `!(known(p) in […])` |
/// | `{is_not: v}` | `known(p) != v` |
/// | `{at_least: v}`, `at_most`, `above`, `below` | `present(p) && p >= v`, `<=`, `>`, `<` |
/// | `{between: [v, w]}` | `present(p) && p >= v && p <= w` |
/// | `{starts_with: v}`, `ends_with`, `matches` | `present(p) && p.startsWith(v)`, `endsWith`, `matches` |
/// | `{contains: v}`, `v` a text or a hole | `present(p) && (type(p) == list ? v in p : p.contains(v))` |
/// | `{contains: v}`, `v` another literal | `present(p) && v in p` |
/// | `{before: t}`, `{after: t}` | `present(p) && date(p, z) < t`, `> t` |
/// | `{within: d}` | `present(p) && date(p, z) >= now - d && date(p, z) <= now` |
/// | `{any_item: test}`, `all_items` | `present(p) && p.exists(@item, …)`, `p.all(@item, …)` |
///
/// A constant `t` is a timestamp literal, a hole as `t` is `date(hole, z)`; `d` is a duration literal. A path of `match` with the
/// key `k` is `present(m) && string(m) == k`, its `otherwise` `present(m) && !(string(m) in [k…])`.
package indirect enum FieldTest: Sendable {
  /// What a path is held against.
  package struct Operand: Sendable {
    package var expression: Expression

    package init(_ literal: Literal, at range: Range<Int>) {
      expression = Expression(.literal(literal), range)
    }

    package init(_ expression: Expression) { self.expression = expression }
  }

  /// `>=`, `<=`, `>`, `<` by their words.
  package enum Order: String, Sendable, CaseIterable {
    case atLeast = "at_least"
    case atMost = "at_most"
    case above, below

    var sign: Expression.BinaryOperator {
      switch self {
      case .atLeast: .greaterOrEqual
      case .atMost: .lessOrEqual
      case .above: .greater
      case .below: .less
      }
    }
  }

  /// Tests of text by their words.
  package enum TextTest: String, Sendable, CaseIterable {
    case startsWith = "starts_with"
    case endsWith = "ends_with"
    case matches

    var function: String {
      switch self {
      case .startsWith: "startsWith"
      case .endsWith: "endsWith"
      case .matches: "matches"
      }
    }
  }

  case equals(Operand)
  case isNot(Operand)
  case present
  case absent
  case empty
  case oneOf(Operand)
  case notOneOf(Operand)
  case order(Order, Operand)
  case between(Operand, Operand)
  case text(TextTest, Operand)
  case contains(Operand)
  case before(Operand)
  case after(Operand)
  case within(Operand)
  /// All of these hold for some item.
  case anyItem([FieldTest])
  /// All of these hold for every item.
  case allItems([FieldTest])

  /// The same test of other values.
  func mapOperands(_ change: (Expression) -> Expression) -> FieldTest {
    func operand(_ operand: Operand) -> Operand { Operand(change(operand.expression)) }
    return switch self {
    case .equals(let value): .equals(operand(value))
    case .isNot(let value): .isNot(operand(value))
    case .present, .absent, .empty: self
    case .oneOf(let list): .oneOf(operand(list))
    case .notOneOf(let list): .notOneOf(operand(list))
    case .order(let order, let value): .order(order, operand(value))
    case .between(let low, let high): .between(operand(low), operand(high))
    case .text(let test, let value): .text(test, operand(value))
    case .contains(let value): .contains(operand(value))
    case .before(let time): .before(operand(time))
    case .after(let time): .after(operand(time))
    case .within(let span): .within(operand(span))
    case .anyItem(let tests): .anyItem(tests.map { $0.mapOperands(change) })
    case .allItems(let tests): .allItems(tests.map { $0.mapOperands(change) })
    }
  }

  /// Equality with a case of `match`.
  package static func matchCase(
    _ subject: Expression, key: String, at range: Range<Int>
  )
    -> Expression
  {
    let text = Expression(.call("string", target: nil, arguments: [subject]), subject.range)
    let key = Expression(.literal(.string(key)), range)
    return subject.whenPresent(Expression(.binary(.equal, text, key), subject.range))
  }

  /// Known, and none of the cases.
  package static func matchOtherwise(_ subject: Expression, keys: [String]) -> Expression {
    let text = Expression(.call("string", target: nil, arguments: [subject]), subject.range)
    let keys = Expression(.literal(.list(keys.map { .string($0) })), subject.range)
    let isCase = Expression(.binary(.isIn, text, keys), subject.range)
    return subject.whenPresent(Expression(.unary(.not, isCase), subject.range))
  }

  /// The CEL that the test stands for.
  package func expression(on path: Expression, zone: String?) -> Expression {
    switch self {
    case .equals(let value): path.whenPresent(path.compared(.equal, to: value.expression))
    case .isNot(let value): path.called("known").compared(.notEqual, to: value.expression)
    case .present: path.called("present")
    case .absent: path.called("present").negated
    case .empty: path.isEmptyTest
    case .oneOf(let list): path.whenPresent(path.compared(.isIn, to: list.expression))
    case .notOneOf(let list):
      path.called("known").compared(.isIn, to: list.expression).negated
    case .order(let order, let value):
      path.whenPresent(path.compared(order.sign, to: value.expression))
    case .between(let low, let high):
      path.whenPresent(path.compared(.greaterOrEqual, to: low.expression))
        .and(path.compared(.lessOrEqual, to: high.expression))
    case .text(let test, let value):
      path.whenPresent(path.calledOn(test.function, value.expression))
    case .contains(let value): path.whenPresent(path.containsTest(value.expression))
    case .before(let time):
      path.whenPresent(path.dated(zone).compared(.less, to: time.expression))
    case .after(let time):
      path.whenPresent(path.dated(zone).compared(.greater, to: time.expression))
    case .within(let span): path.withinTest(span.expression, zone: zone)
    case .anyItem(let tests): path.whenPresent(path.itemTest(.exists, tests, zone: zone))
    case .allItems(let tests): path.whenPresent(path.itemTest(.all, tests, zone: zone))
    }
  }
}

extension Expression {
  fileprivate func called(_ function: String) -> Expression {
    Expression(.call(function, target: nil, arguments: [self]), range)
  }

  fileprivate func calledOn(_ function: String, _ argument: Expression) -> Expression {
    Expression(.call(function, target: self, arguments: [argument]), range)
  }

  fileprivate func compared(_ sign: BinaryOperator, to other: Expression) -> Expression {
    Expression(.binary(sign, self, other), range)
  }

  fileprivate func and(_ other: Expression) -> Expression { compared(.and, to: other) }

  fileprivate var negated: Expression { Expression(.unary(.not, self), range) }

  fileprivate func whenPresent(_ test: Expression) -> Expression { called("present").and(test) }

  /// `type(self) == name`.
  private func isOfType(_ name: String) -> Expression {
    called("type").compared(.equal, to: Expression(.identifier(name), range))
  }

  fileprivate var isEmptyTest: Expression {
    let blank = Expression(.call("trim", target: self, arguments: []), range)
      .compared(.equal, to: Expression(.literal(.string("")), range))
    let hasNothing = called("size").compared(.equal, to: Expression(.literal(.int(0)), range))
    let isContainer = isOfType("list").compared(.or, to: isOfType("map"))
    let value = Expression(
      .conditional(isOfType("string"), blank, isContainer.and(hasNothing)), range)
    return called("present").negated.compared(.or, to: value)
  }

  fileprivate func containsTest(_ value: Expression) -> Expression {
    let isItem = value.compared(.isIn, to: self).placed(at: range)
    if case .literal(let literal) = value.kind {
      guard case .string = literal else { return isItem }
    }
    return Expression(
      .conditional(isOfType("list"), isItem, calledOn("contains", value)), range)
  }

  private func placed(at range: Range<Int>) -> Expression {
    var copy = self
    copy.range = range
    return copy
  }

  /// `date(self, zone)`.
  fileprivate func dated(_ zone: String?) -> Expression {
    let zone = zone.map { [Expression(.literal(.string($0)), range)] } ?? []
    return Expression(.call("date", target: nil, arguments: [self] + zone), range)
  }

  fileprivate func withinTest(_ span: Expression, zone: String?) -> Expression {
    let now = Expression(.identifier("now"), span.range)
    let start = Expression(.binary(.subtract, now, span), span.range)
    return whenPresent(dated(zone).compared(.greaterOrEqual, to: start))
      .and(dated(zone).compared(.lessOrEqual, to: now))
  }

  fileprivate func itemTest(_ macro: Macro.Name, _ tests: [FieldTest], zone: String?) -> Expression
  {
    let item = Expression(.identifier("@item"), range)
    let parts = tests.map { $0.expression(on: item, zone: zone) }
    let all = parts.dropFirst().reduce(parts.first ?? item.called("present")) { $0.and($1) }
    return Expression(
      .macro(Macro(macro, operand: self, variables: ["@item"], arguments: [all])), range)
  }
}
