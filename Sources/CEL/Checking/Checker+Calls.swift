internal import Diagnostics

extension Checker {
  mutating func checkCall(
    _ expression: Expression, _ name: String, _ target: Expression?, _ arguments: [Expression]
  ) -> Expression {
    let written = name
    let (name, receiver) = resolveFunction(name, target)
    if overloads(of: name).isEmpty {
      return checkUnknownCall(expression, written, target, arguments)
    }
    let checkedTarget = receiver.map { check($0) }
    let checked = arguments.map { check($0) }
    let call = Call(
      name: name, isMember: receiver != nil,
      arguments: checkedTarget.map { [$0] + checked } ?? checked, range: expression.range,
      nameRange: expression.nameRange ?? expression.range)
    let type = checkOverloads(call)
    checkPattern(call)
    checkConstant(call)
    return expression.checked(
      .call(name, target: checkedTarget, arguments: checked), as: type)
  }

  /// A call with its receiver as the first argument.
  struct Call {
    var name: String
    var isMember: Bool
    var arguments: [Expression]
    var range: Range<Int>
    var nameRange: Range<Int>

    /// Whether a signature is of as many arguments, and of a method if this is one.
    func hasForm(of overload: Function.Overload) -> Bool {
      overload.isMember == isMember && overload.parameters.count == arguments.count
    }
  }

  /// Whether `a.b.f(x)` calls a function `a.b.f` or the method `f` of `a.b`.
  private func resolveFunction(
    _ name: String, _ target: Expression?
  ) -> (name: String, receiver: Expression?) {
    if let target {
      guard isNamespace(target), let namespace = target.dottedName else {
        return (name, target)
      }
      let root = namespace.namespace ?? namespace
      if local(root) == nil || namespace.hasPrefix(".") {
        for candidate in candidates(for: namespace + "." + name) where isFunction(candidate) {
          return (candidate, nil)
        }
      }
      return (name, target)
    }
    let known = candidates(for: name).first(where: isFunction)
    return (known ?? name, nil)
  }

  private func isFunction(_ name: String) -> Bool {
    StandardLibrary.declarations[name] != nil || environment.functions[name] != nil
  }

  /// All signatures of a function.
  func overloads(of name: String) -> [Function.Overload] {
    let isHidden = environment.profile == .standard && (name == "present" || name == "known")
    let builtin = isHidden ? [] : StandardLibrary.overloads[name] ?? []
    guard let added = environment.functions[name] else { return builtin }
    return builtin + added.flatMap(\.overloads)
  }

  private mutating func checkOverloads(_ call: Call) -> Type {
    if call.name == "math.greatest" || call.name == "math.least" { return checkExtremum(call) }
    let all = overloads(of: call.name)
    if all.contains(where: call.hasForm) { return select(among: all, for: call) }
    let form = all.filter { $0.isMember == call.isMember }
    report(form.isEmpty ? .wrongForm(call, all) : .wrongArgumentCount(call, form))
    return .unknown
  }

  /// The result of the overloads that fit; dynamic if they disagree.
  private mutating func select(among overloads: [Function.Overload], for call: Call) -> Type {
    let given = call.arguments.map { type(of: $0) }
    var result: Type?
    for index in overloads.indices where call.hasForm(of: overloads[index]) {
      guard let type = self.result(of: overloads[index], for: given) else { continue }
      result = result == nil || result == type ? type : .dynamic
      // A second overload fits only where a type is open.
      if !given.contains(where: \.isOpen) { break }
    }
    if let result { return result }
    if !given.contains(.unknown) {
      report(.wrongArguments(call, given, overloads.filter(call.hasForm)))
    }
    return .unknown
  }

  /// The type that an overload gives for arguments of some types; absent where it does not take them.
  private mutating func result(of overload: Function.Overload, for given: [Type]) -> Type? {
    if overload.takesAnything, !given[0].hasParameters {
      countParameter()
      return overload.result
    }
    let (parameters, result) = instantiate(overload)
    return substitution.accept(parameters, given) ? substitution.apply(to: result) : nil
  }

  /// The signature with type parameters of its own.
  mutating func instantiate(_ overload: Function.Overload) -> ([Type], Type) {
    guard overload.result.hasParameters || overload.parameters.contains(where: \.hasParameters)
    else { return (overload.parameters, overload.result) }
    var fresh: [String: Type] = [:]
    let parameters = overload.parameters.map { renamed($0, &fresh) }
    return (parameters, renamed(overload.result, &fresh))
  }

  private mutating func renamed(_ type: Type, _ fresh: inout [String: Type]) -> Type {
    switch type {
    case .parameter(let name):
      if let known = fresh[name] { return known }
      let parameter = freshParameter()
      fresh[name] = parameter
      return parameter
    case .list(let inner): return .list(renamed(inner, &fresh))
    case .map(let key, let value): return .map(renamed(key, &fresh), renamed(value, &fresh))
    case .type(let inner): return .type(renamed(inner, &fresh))
    case .optional(let inner): return .optional(renamed(inner, &fresh))
    case .named(let name, let parameters):
      return .named(name, parameters.map { renamed($0, &fresh) })
    case .record, .wrapper, .dynamic, .null, .bool, .int, .uint, .double, .string, .bytes,
      .timestamp, .duration, .unknown:
      return type
    }
  }

  /// `math.greatest` and `math.least` take any numbers, or one list of them.
  private mutating func checkExtremum(_ call: Call) -> Type {
    guard !call.arguments.isEmpty else {
      report(.wrongArgumentCount(call, overloads(of: call.name)))
      return .unknown
    }
    var types = call.arguments.map { type(of: $0) }
    if types.count == 1, case .list(let element) = types[0] { types = [element] }
    if let wrong = zip(types, call.arguments).first(where: { !$0.0.isOpen && !$0.0.isNumeric }) {
      report(.wrongNumber(call.name, wrong.0, at: wrong.1.range))
      return .unknown
    }
    return types.allSatisfy { $0 == types[0] } ? types[0] : .dynamic
  }

  /// A constant pattern that RE2 refuses is found here.
  private mutating func checkPattern(_ call: Call) {
    guard call.name == "matches", call.arguments.count == 2,
      case .literal(.string(let pattern)) = call.arguments[1].kind,
      case .failure(let refusal) = Regex.compile(Array(pattern.utf8))
    else { return }
    report(.badPattern(refusal.message, at: call.arguments[1].range))
  }
}

extension Function.Overload {
  /// Whether its one parameter is of any type, which nothing else in it is about.
  fileprivate var takesAnything: Bool {
    guard parameters.count == 1, case .parameter = parameters[0] else { return false }
    return !result.hasParameters
  }
}

extension Issue {
  fileprivate static func wrongForm(_ call: Checker.Call, _ all: [Function.Overload]) -> Issue {
    let help = call.isMember ? "`\(call.name)(x)`" : "`x.\(call.name)(…)`"
    return Issue(
      .unknownFunction,
      call.isMember
        ? "`\(call.name)` is a function, not a method" : "`\(call.name)` is called on a value",
      at: call.nameRange, help: "write it as \(help)")
  }

  fileprivate static func wrongArgumentCount(
    _ call: Checker.Call, _ overloads: [Function.Overload]
  ) -> Issue {
    let receiver = call.isMember ? 1 : 0
    let counts = Set(overloads.map { $0.parameters.count - receiver }).sorted()
    let wanted = counts.map(String.init).joined(separator: " or ")
    let noun = counts == [1] ? "argument" : "arguments"
    return Issue(
      .wrongArgumentCount, "`\(call.name)` takes \(wanted) \(noun)", at: call.range,
      label: "\(call.arguments.count - receiver) given")
  }

  fileprivate static func wrongArguments(
    _ call: Checker.Call, _ given: [Type], _ overloads: [Function.Overload]
  ) -> Issue {
    let receiver = call.isMember ? 1 : 0
    for index in given.indices {
      let wanted = wantedTypes(at: index, given, overloads)
      var nouns: [String] = []
      for type in wanted {
        // Numbers have one noun but several types.
        let noun = type.noun == given[index].noun ? "`\(type)`" : type.noun
        if !nouns.contains(noun) { nouns.append(noun) }
      }
      if nouns.isEmpty { continue }
      let place =
        index < receiver
        ? "`\(call.name)` is a method of"
        : "argument \(index + 1 - receiver) of `\(call.name)` must be"
      return Issue(
        .wrongType, "\(place) \(nouns.joined(separator: " or "))", at: call.arguments[index].range,
        label: nouns.contains { $0.hasPrefix("`") } ? "`\(given[index])`" : given[index].noun)
    }
    return Issue(
      .wrongType, "`\(call.name)` does not take these types together", at: call.range,
      label: given.map(\.description).joined(separator: ", "))
  }

  /// What the overloads that take the arguments before it want of one; none if some takes it.
  private static func wantedTypes(
    at index: Int, _ given: [Type], _ overloads: [Function.Overload]
  ) -> [Type] {
    var wanted: [Type] = []
    for overload in overloads {
      var substitution = Substitution()
      guard substitution.accept(Array(overload.parameters[..<index]), Array(given[..<index])) else {
        continue
      }
      let type = substitution.apply(to: overload.parameters[index])
      if substitution.accept(type, given[index]) { return [] }
      wanted.append(type)
    }
    return wanted
  }

  fileprivate static func wrongNumber(_ name: String, _ type: Type, at range: Range<Int>) -> Issue {
    Issue(.wrongType, "`\(name)` takes numbers, or one list of them", at: range, label: type.noun)
  }

  fileprivate static func badPattern(_ message: String, at range: Range<Int>) -> Issue {
    Issue(
      .badPattern, "the pattern is refused: \(message)", at: range,
      help: "patterns follow RE2: no lookaround, no backreferences")
  }
}
