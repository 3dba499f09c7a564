internal import Diagnostics

extension Checker {
  /// A call of a function that does not exist: says which is meant, and nothing more about what
  /// follows from it.
  mutating func checkUnknownCall(
    _ expression: Expression, _ name: String, _ target: Expression?, _ arguments: [Expression]
  ) -> Expression {
    let place = expression.nameRange ?? expression.range
    guard let target else {
      if Parser.macroForms.contains(where: { $0.name == name }), let range = arguments.first {
        report(.macroWithoutRange(name, at: place))
        let checked = [check(range)] + checkAsMacro(Array(arguments.dropFirst()))
        return expression.checked(.call(name, target: nil, arguments: checked), as: .unknown)
      }
      let checked = arguments.map { check($0) }
      reportUnknownFunction(name, of: checked.count, at: place)
      return expression.checked(.call(name, target: nil, arguments: checked), as: .unknown)
    }
    if let namespace = target.dottedName,
      !isDeclared(rootOf: namespace)
        || Checker.namedConstants[namespace] != nil && !namespaces(with: name).isEmpty
    {
      reportUnknownMember(name, of: namespace, target, at: place)
      let checked = checkAsMacro(arguments, variableCount: name == "bind" ? 1 : nil)
      return expression.checked(
        .call(
          name, target: Expression(.reference(.unbound(namespace)), target.range),
          arguments: checked),
        as: .unknown)
    }
    let receiver = check(target)
    let near = nearestMethod(to: name, on: type(of: receiver), arguments.count)
    if Parser.macroForms.contains(where: { $0.name == name }) {
      report(.wrongMacroForm(name, given: arguments.count, at: expression.range))
      let checked = checkWithOwnNames(arguments)
      return expression.checked(.call(name, target: receiver, arguments: checked), as: .unknown)
    }
    report(.unknownMethod(name, near: near, at: place))
    let form = Parser.macroForms.first { $0.matches(near ?? name, arguments.count) }
    let checked = checkAsMacro(arguments, variableCount: form?.variableCount)
    return expression.checked(.call(name, target: receiver, arguments: checked), as: .unknown)
  }

  /// Arguments of what may be a misspelt macro: names among the first are its variables.
  private mutating func checkAsMacro(
    _ arguments: [Expression], variableCount: Int? = nil
  ) -> [Expression] {
    let depth = locals.count
    var names = 0
    for argument in arguments.prefix(variableCount ?? max(0, min(2, arguments.count - 1))) {
      guard case .identifier(let name) = argument.kind, !name.hasPrefix(".") else { break }
      if variableCount == nil, isDeclared(rootOf: name) { break }
      locals.append(Local(name: name, type: .dynamic, isRead: true))
      names += 1
    }
    let checked = arguments.map { check($0) }
    locals.removeLast(locals.count - depth)
    return checked
  }

  /// Arguments of a macro without the right number of them: whatever nobody declares may be its
  /// variable.
  private mutating func checkWithOwnNames(_ arguments: [Expression]) -> [Expression] {
    let depth = locals.count
    for argument in arguments { declareUnknownNames(in: argument) }
    let checked = arguments.map { check($0) }
    locals.removeLast(locals.count - depth)
    return checked
  }

  private mutating func declareUnknownNames(in expression: Expression) {
    if case .identifier(let name) = expression.kind, !isDeclared(rootOf: name) {
      locals.append(Local(name: name, type: .dynamic, isRead: true))
    }
    for child in expression.children { declareUnknownNames(in: child) }
  }

  /// Whether the first step of a dotted name is a name.
  private func isDeclared(rootOf name: String) -> Bool {
    let root = name.split(separator: ".").first.map(String.init) ?? name
    return local(root) != nil
      || candidates(for: root).contains { candidate in
        environment.variables[candidate] != nil || environment.constants[candidate] != nil
          || environment.computed[candidate] != nil || Checker.namedConstants[candidate] != nil
      }
      || environment.variables.keys.contains { $0.hasPrefix(root + ".") }
  }
}

extension Checker {
  private var functionNames: [String] {
    let isHidden = environment.profile == .standard
    return StandardLibrary.declarations.keys.filter {
      !isHidden || !["present", "known"].contains($0)
    }
      + environment.functions.keys + ["cel.bind", "cel.block"]
  }

  private mutating func reportUnknownFunction(_ name: String, of count: Int, at range: Range<Int>) {
    if Parser.negations.contains(name.lowercased()) {
      report(.wordOperator(name, meant: "!", at: range))
      return
    }
    if isFull { return }
    let names = functionNames
    if let meant = wordsOfOthers[name.lowercased()], names.contains(meant) {
      report(.unknownFunction(name, near: meant, at: range))
      return
    }
    let suffix = "." + name
    let namespaced = names.filter { $0.hasSuffix(suffix) }
    let plain = names.filter { name in overloads(of: name).contains { !$0.isMember } } + ["has"]
    let fitting = { (candidate: String) in
      candidate == "has"
        ? count == 1
        : self.overloads(of: candidate).contains { !$0.isMember && $0.parameters.count == count }
    }
    let near =
      namespaced.count == 1
      ? namespaced[0]
      : nearest(to: name, in: plain.filter { !$0.contains(".") }, preferring: fitting)
    report(.unknownFunction(name, near: near, at: range))
  }

  /// `math.gretest(1)` and `mth.greatest(1)`: the part that is misspelt.
  private mutating func reportUnknownMember(
    _ name: String, of namespace: String, _ target: Expression, at range: Range<Int>
  ) {
    if isFull { return }
    let prefix = namespace + "."
    let members = functionNames.filter { $0.hasPrefix(prefix) }
      .map { String($0.dropFirst(prefix.count)) }
    guard members.isEmpty else {
      let near = nearest(to: name, in: members) { _ in true }
      report(.unknownMember(name, of: namespace, near: near, members: members.sorted(), at: range))
      return
    }
    var root = target
    while case .select(let operand, _) = root.kind { root = operand }
    _ = reportUnknownName(root, alsoKnown: namespaces(with: name))
  }

  /// The namespaces that have a function of this name.
  private func namespaces(with name: String) -> [String] {
    let suffix = "." + name
    return functionNames.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) }
  }

  /// The method or macro that is most likely meant.
  private mutating func nearestMethod(
    to name: String, on receiver: Type, _ count: Int
  ) -> String? {
    if isFull { return nil }
    let names = functionNames
    if let meant = wordsOfOthers[name.lowercased()], names.contains(meant) { return meant }
    var fitting: Set<String> = []
    var methods: [String] = []
    for candidate in names {
      for overload in overloads(of: candidate) where overload.isMember {
        methods.append(candidate)
        guard overload.parameters.count == count + 1 else { continue }
        let (parameters, _) = instantiate(overload)
        var trial = substitution
        if trial.accept(parameters[0], receiver) { fitting.insert(candidate) }
      }
    }
    for form in Parser.macroForms {
      methods.append(form.name)
      if form.matches(form.name, count) { fitting.insert(form.name) }
    }
    return nearest(to: name, in: methods) { fitting.contains($0) }
  }

  /// The nearest of some names; among equally near ones one that fits.
  private func nearest(
    to word: String, in names: [String], preferring fits: (String) -> Bool
  ) -> String? {
    let misses = nearMisses(of: word, in: names)
    guard let best = misses.map(\.distance).min() else { return nil }
    let nearest = misses.filter { $0.distance == best }.map(\.candidate).sorted()
    return nearest.first(where: fits) ?? nearest.first
  }
}

/// What functions of other languages are called here.
private let wordsOfOthers = [
  "lowercase": "lower", "tolowercase": "lower", "tolower": "lower", "lcase": "lower",
  "minusculas": "lower", "uppercase": "upper", "touppercase": "upper", "toupper": "upper",
  "ucase": "upper", "maiusculas": "upper", "length": "size", "len": "size", "count": "size",
  "tamanho": "size", "includes": "contains", "contem": "contains", "substr": "substring",
  "strip": "trim", "tostring": "string", "str": "string", "text": "string", "toint": "int",
  "parseint": "int", "integer": "int", "float": "double", "number": "double",
  "parsefloat": "double", "todate": "date", "unaccent": "plain", "titlecase": "title",
]

/// Those among them that are called on a value.
private let methods: Set = ["size", "contains", "substring", "trim"]

extension Issue {
  fileprivate static func unknownFunction(
    _ name: String, near: String?, at range: Range<Int>
  ) -> Issue {
    Issue(
      .unknownFunction, "unknown function `\(name)`", at: range,
      help: near.map { "did you mean `\($0)`?" }, replacement: near)
  }

  fileprivate static func unknownMethod(
    _ name: String, near: String?, at range: Range<Int>
  ) -> Issue {
    if let near, near == wordsOfOthers[name.lowercased()], !methods.contains(near) {
      return Issue(
        .unknownFunction, "unknown function `\(name)`", at: range, help: "write it as `\(near)(x)`")
    }
    return unknownFunction(name, near: near, at: range)
  }

  fileprivate static func unknownMember(
    _ name: String, of namespace: String, near: String?, members: [String], at range: Range<Int>
  ) -> Issue {
    let choices = members.map { "`\($0)`" }.joined(separator: ", ")
    return Issue(
      .unknownFunction, "unknown function `\(namespace).\(name)`", at: range,
      help: near.map { "did you mean `\(namespace).\($0)`?" }
        ?? (members.count > 8 ? nil : "functions of `\(namespace)` are \(choices)"),
      replacement: near)
  }

  fileprivate static func macroWithoutRange(_ name: String, at range: Range<Int>) -> Issue {
    Issue(
      .unknownFunction, "`\(name)` is called on a value", at: range,
      help: "write it as `items.\(name)(item, item == \"x\")`")
  }

  fileprivate static func wrongMacroForm(
    _ name: String, given: Int, at range: Range<Int>
  ) -> Issue {
    let counts = Set(
      Parser.macroForms.filter { $0.name == name }.flatMap { form in
        form.argumentCounts.map { $0 + form.variableCount }
      }
    ).sorted()
    return Issue(
      .wrongArgumentCount,
      "`\(name)` takes \(counts.map(String.init).joined(separator: " or ")) arguments", at: range,
      label: "\(given) given", help: "write it as `items.\(name)(item, item == \"x\")`")
  }
}
