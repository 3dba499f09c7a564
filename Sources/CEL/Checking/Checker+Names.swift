internal import Diagnostics

extension Checker {
  /// A name, or a chain of names whose longest declared prefix is a variable.
  mutating func checkName(_ expression: Expression) -> Expression {
    guard case .select(let operand, let field) = expression.kind else {
      return declared(expression) ?? reportUnknownName(expression)
    }
    if isNamespace(operand) {
      if let declared = declared(expression) { return declared }
      return checkField(field, of: check(operand), in: expression)
    }
    if let lastPath, locals.isEmpty, lastPath.written.isSameSelection(as: expression) {
      return lastPath.checked
    }
    let count = issues.count
    let checked = checkFields(expression)
    if locals.isEmpty, issues.count == count { lastPath = (expression, checked) }
    return checked
  }

  /// Selections of which none is a name with dots.
  private mutating func checkFields(_ expression: Expression) -> Expression {
    guard case .select(let operand, let field) = expression.kind else { return check(expression) }
    return checkField(field, of: checkFields(operand), in: expression)
  }

  private mutating func checkField(
    _ field: String, of operand: Expression, in expression: Expression
  ) -> Expression {
    expression.checked(
      .select(operand, field: field), as: fieldType(of: operand, field, of: expression))
  }

  /// Whether some name with dots is declared that begins as an expression does.
  func isNamespace(_ expression: Expression) -> Bool {
    guard let root = expression.rootName else { return false }
    return !environment.container.isEmpty || root.utf8.contains(UInt8(ascii: "."))
      || environment.namespaces.contains(root) || Checker.namespaces.contains(root)
  }

  /// What a dotted name stands for, if it is declared as a whole.
  private func declared(_ expression: Expression) -> Expression? {
    guard let name = expression.dottedName else { return nil }
    let root = name.namespace ?? name
    if !name.hasPrefix("."), let local = local(root) {
      guard root == name else { return nil }
      return expression.checked(.reference(.local(name)), as: local.type)
    }
    for candidate in candidates(for: name) {
      if let type = environment.variables[candidate] {
        return expression.checked(.reference(.variable(candidate)), as: type)
      }
      if let constant = environment.constants[candidate] {
        return expression.checked(.literal(constant), as: Type(of: constant))
      }
      if let computed = environment.computed[candidate] {
        return expression.checked(.reference(.computed(candidate)), as: computed.type)
      }
      if let constant = Checker.namedConstants[candidate] {
        return expression.checked(.literal(constant), as: Type(of: constant))
      }
    }
    return nil
  }

  func local(_ name: String) -> Local? { locals.last { $0.name == name } }

  /// The full names that a name may stand for, in order: the container's first.
  func candidates(for name: String) -> [String] {
    if name.hasPrefix(".") { return [String(name.dropFirst())] }
    if environment.container.isEmpty { return [name] }
    var parts = environment.container.split(separator: ".").map(String.init)
    var candidates: [String] = []
    while !parts.isEmpty {
      candidates.append((parts + [name]).joined(separator: "."))
      parts.removeLast()
    }
    return candidates + [name]
  }

  /// Type names are constants.
  static let namedConstants: [String: Literal] = {
    var constants: [String: Literal] = ["google.protobuf.NullValue.NULL_VALUE": .null]
    for name in TypeNames.all where name != "dyn" { constants[name] = .type(name) }
    return constants
  }()

  /// The first words of the names with dots that are always there.
  private static let namespaces = Set(
    (Array(namedConstants.keys) + StandardLibrary.declarations.keys).compactMap(\.namespace))

  /// The type of a field that an expression selects, an optional's if the operand is one.
  mutating func fieldType(
    of operand: Expression, _ field: String, of expression: Expression
  ) -> Type {
    let range = expression.range
    switch type(of: operand) {
    case .map(let key, let value):
      if !substitution.accept(key, .string) {
        report(.noTextKeys(key, at: range))
        return .unknown
      }
      return value
    case .optional(let inner):
      var unwrapped = operand
      unwrapped.type = inner
      let type = fieldType(of: unwrapped, field, of: expression)
      if case .unknown = type { return type }
      return .optional(type)
    case .record(let record):
      let place = expression.nameRange ?? range
      return fieldType(field, of: record, in: operand, at: place, asText: false)
    case .dynamic, .parameter, .named: return .dynamic
    case .unknown: return .unknown
    case let type:
      report(.noFields(type, field: field, at: range))
      return .unknown
    }
  }

  /// Every name that may stand here.
  var knownNames: [String] {
    Array(environment.variables.keys) + environment.constants.keys + environment.computed.keys
      + locals.map(\.name)
  }

  mutating func reportUnknownName(
    _ expression: Expression, alsoKnown: [String] = []
  ) -> Expression {
    let name = expression.dottedName ?? ""
    if !name.hasPrefix("@"), !isFull {
      report(
        .unknownName(name, at: expression.range, known: knownNames, alsoKnown: alsoKnown))
    }
    return expression.checked(.reference(.unbound(name)), as: .unknown)
  }
}

extension Expression {
  /// Whether both were written at one place, as the same selections from one name.
  fileprivate func isSameSelection(as other: Expression) -> Bool {
    guard range == other.range, nameRange == other.nameRange else { return false }
    switch (kind, other.kind) {
    case (.identifier(let name), .identifier(let otherName)): return name == otherName
    case (.select(let operand, let field), .select(let otherOperand, let otherField)):
      return field == otherField && operand.isSameSelection(as: otherOperand)
    default: return false
    }
  }
}

/// The names of types that are values.
enum TypeNames {
  static let all = [
    "dyn", "null_type", "bool", "int", "uint", "double", "string", "bytes", "list", "map",
    "google.protobuf.Timestamp", "google.protobuf.Duration", "type", "optional_type", "net.IP",
    "net.CIDR",
  ]
}

extension Issue {
  fileprivate static func unknownName(
    _ name: String, at range: Range<Int>, known: [String], alsoKnown: [String]
  ) -> Issue {
    let near = closestMatch(to: name, in: (known + alsoKnown).sorted())
    let choices = known.sorted().map { "`\($0)`" }.joined(separator: ", ")
    return Issue(
      .unknownName, "unknown name `\(name)`", at: range,
      help: near.map { "did you mean `\($0)`?" }
        ?? (known.isEmpty || known.count > 8
          ? "a text stands in quotes: `\"\(name)\"`"
          : "names are \(choices); a text stands in quotes: `\"\(name)\"`"),
      replacement: near)
  }

  fileprivate static func noFields(
    _ type: Type, field: String, at range: Range<Int>
  ) -> Issue {
    let help: String? =
      if case .list = type { "take an item with `[0]`, or ask all with `exists`" } else { nil }
    return Issue(
      .wrongType, "only maps have fields such as `\(field)`", at: range, label: type.noun,
      help: help)
  }

  fileprivate static func noTextKeys(_ key: Type, at range: Range<Int>) -> Issue {
    Issue(
      .wrongType, "the keys of this map are no texts", at: range, label: key.noun,
      help: "write the key in brackets")
  }
}
