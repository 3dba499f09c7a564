/// What type parameters stand for, found out as calls are checked.
struct Substitution {
  private var types: [String: Type] = [:]
  /// The parameters bound so far with what each stood for before, so that a trial that fails is
  /// undone without a copy of the table.
  private var changes: [(name: String, before: Type?)] = []

  /// The type with parameters replaced by what is known of them.
  func apply(to type: Type) -> Type {
    types.isEmpty ? type : apply(to: type, unbound: { .parameter($0) })
  }

  /// The type without parameters: those that stand for anything are dynamic.
  func resolve(_ type: Type) -> Type { apply(to: type, unbound: { _ in .dynamic }) }

  private func apply(to type: Type, unbound: (String) -> Type) -> Type {
    switch type {
    case .parameter(let name):
      types[name].map { apply(to: $0, unbound: unbound) } ?? unbound(name)
    case .list(let element): .list(apply(to: element, unbound: unbound))
    case .map(let key, let value):
      .map(apply(to: key, unbound: unbound), apply(to: value, unbound: unbound))
    case .type(let inner): .type(apply(to: inner, unbound: unbound))
    case .optional(let inner): .optional(apply(to: inner, unbound: unbound))
    case .named(let name, let parameters):
      .named(name, parameters.map { apply(to: $0, unbound: unbound) })
    case .record, .wrapper, .dynamic, .null, .bool, .int, .uint, .double, .string, .bytes,
      .timestamp, .duration, .unknown:
      type
    }
  }

  /// Whether a value of the second type goes where the first is wanted; if so, remembers what
  /// parameters must stand for.
  mutating func accept(_ wanted: Type, _ given: Type) -> Bool {
    attempt { $0.unify(wanted, given) }
  }

  /// The same for a whole list of arguments.
  mutating func accept(_ wanted: [Type], _ given: [Type]) -> Bool {
    wanted.count == given.count
      && attempt { trial in zip(wanted, given).allSatisfy { trial.unify($0, $1) } }
  }

  private mutating func attempt(_ trial: (inout Self) -> Bool) -> Bool {
    let start = changes.count
    if trial(&self) { return true }
    while changes.count > start, let change = changes.popLast() {
      types[change.name] = change.before
    }
    return false
  }

  private mutating func set(_ name: String, to type: Type) {
    changes.append((name, types[name]))
    types[name] = type
  }

  /// The type of a place where values of both types stand.
  mutating func join(_ first: Type, _ second: Type) -> Type {
    guard accept(first, second) else { return .dynamic }
    return Substitution.moreGeneral(first, second)
  }

  private mutating func unify(_ first: Type, _ second: Type) -> Bool {
    if case .parameter(let name) = second {
      let (isValid, isBound) = bind(name, to: first)
      if isValid { return true }
      if isBound { return false }
    }
    if case .parameter(let name) = first { return bind(name, to: second).isValid }
    return unifyConcrete(first, second)
  }

  private mutating func unifyConcrete(_ first: Type, _ second: Type) -> Bool {
    switch (first, second) {
    case (.dynamic, _), (_, .dynamic), (.unknown, _), (_, .unknown): true
    case (.null, let other), (let other, .null): other.isNullable
    case (.wrapper(let inner), .wrapper(let other)): inner == other
    case (.wrapper(let inner), let other), (let other, .wrapper(let inner)): inner == other
    case (.list(let element), .list(let other)): unify(element, other)
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      unify(key, otherKey) && unify(value, otherValue)
    case (.map(let key, let value), .record(let record)),
      (.record(let record), .map(let key, let value)):
      unify(key, .string) && unify(value, record.commonType)
    case (.optional(let inner), .optional(let other)): unify(inner, other)
    case (.type, .type): true
    case (.named(let name, let parameters), .named(let otherName, let others)):
      name == otherName && parameters.count == others.count
        && zip(parameters, others).allSatisfy { unify($0, $1) }
    default: first == second
    }
  }

  /// Lets a parameter stand for a type, or a more general one if it stands for another already.
  private mutating func bind(_ name: String, to type: Type) -> (isValid: Bool, isBound: Bool) {
    if type == .parameter(name) { return (true, true) }
    guard let bound = types[name] else {
      guard !mentions(name, in: type) else { return (false, false) }
      set(name, to: type)
      return (true, false)
    }
    if bound == type { return (true, true) }
    guard unify(type, bound) else { return (false, true) }
    let general = Substitution.moreGeneral(type, bound)
    if !mentions(name, in: general) { set(name, to: general) }
    return (true, true)
  }

  private func mentions(_ name: String, in type: Type) -> Bool {
    switch type {
    case .parameter(let other):
      other == name || (types[other].map { mentions(name, in: $0) } ?? false)
    case .list(let inner), .type(let inner), .optional(let inner), .wrapper(let inner):
      mentions(name, in: inner)
    case .map(let key, let value): mentions(name, in: key) || mentions(name, in: value)
    case .named(_, let parameters): parameters.contains { mentions(name, in: $0) }
    case .record, .dynamic, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp,
      .duration, .unknown:
      false
    }
  }

  private static func moreGeneral(_ first: Type, _ second: Type) -> Type {
    isAtLeastAsGeneral(first, second) ? first : second
  }

  private static func isAtLeastAsGeneral(_ first: Type, _ second: Type) -> Bool {
    switch (first, second) {
    case (.dynamic, _), (.parameter, _), (.unknown, _): true
    case (_, .dynamic), (_, .parameter), (_, .unknown): false
    case (_, .null): true
    case (.list(let element), .list(let other)): isAtLeastAsGeneral(element, other)
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      isAtLeastAsGeneral(key, otherKey) && isAtLeastAsGeneral(value, otherValue)
    case (.optional(let inner), .optional(let other)): isAtLeastAsGeneral(inner, other)
    case (.named(_, let parameters), .named(_, let others)):
      zip(parameters, others).allSatisfy { isAtLeastAsGeneral($0, $1) }
    case (.wrapper, _): true
    default: first == second
    }
  }
}

extension Type {
  /// Whether null may stand in its place.
  fileprivate var isNullable: Bool {
    switch self {
    case .null, .wrapper, .named, .optional, .timestamp, .duration: true
    case .dynamic, .unknown, .parameter: true
    case .bool, .int, .uint, .double, .string, .bytes, .list, .map, .record, .type: false
    }
  }

  /// Whether something in it may still be any type.
  var hasParameters: Bool {
    switch self {
    case .parameter: true
    case .list(let inner), .type(let inner), .optional(let inner): inner.hasParameters
    case .map(let key, let value): key.hasParameters || value.hasParameters
    case .named(_, let parameters): parameters.contains(where: \.hasParameters)
    case .record, .wrapper, .dynamic, .null, .bool, .int, .uint, .double, .string, .bytes,
      .timestamp, .duration, .unknown:
      false
    }
  }

  /// Whether it is a number, or may be one.
  var isNumeric: Bool {
    switch self {
    case .int, .uint, .double: true
    case .wrapper(let inner): inner.isNumeric
    default: false
    }
  }

  /// Whether nothing is known of it.
  var isOpen: Bool {
    switch self {
    case .dynamic, .unknown, .parameter: true
    default: false
    }
  }
}
