extension Compiler {
  mutating func compileCall(
    _ expression: Expression, _ name: String, _ target: Expression?, _ arguments: [Expression]
  ) {
    let all = (target.map { [$0] } ?? []) + arguments
    let key = CompiledNames.FunctionKey(
      name: name, isMember: target != nil, argumentCount: all.count)
    if let external = external(key) {
      for argument in all { compile(argument) }
      emit(
        .callExternal, detail: UInt8(clamping: all.count), site: site(expression),
        argument: external, depth: 1 - all.count)
      return
    }
    guard let builtin = builtin(key) else {
      compileUnbound(function: name, expression)
      return
    }
    switch builtin {
    case .core(let function): compileCore(function, expression, all)
    case .text(let function):
      if function == .matches, compileMatch(expression, all) { return }
      compileArguments(all, .callText, function.rawValue, expression)
    case .time(let function): compileArguments(all, .callTime, function.rawValue, expression)
    case .math(let function): compileArguments(all, .callMath, function.rawValue, expression)
    case .network(let function):
      compileArguments(all, .callNetwork, function.rawValue, expression)
    }
  }

  private func builtin(_ key: CompiledNames.FunctionKey) -> Builtin? {
    if environment.profile == .standard, ["present", "known"].contains(key.name) { return nil }
    return StandardLibrary.builtin(
      key.name, isMember: key.isMember, argumentCount: key.argumentCount)
  }

  private mutating func compileUnbound(function name: String, _ expression: Expression) {
    let isKnown = StandardLibrary.declarations[name] != nil || environment.functions[name] != nil
    let isHidden = environment.profile == .standard && ["present", "known"].contains(name)
    let reason: Value.Reason = isKnown && !isHidden ? .wrongType : .unbound
    emit(.unknown, site: site(expression), argument: Int(reason.rawValue), depth: 1)
  }

  /// The number of a function from outside, if this call is one; overloads of the standard
  /// library come first unless they differ in form.
  private mutating func external(_ key: CompiledNames.FunctionKey) -> Int? {
    if let known = parts.names.functions[key] { return known }
    guard builtin(key) == nil,
      let function = environment.functions[key.name]?.first(where: { function in
        function.overloads.contains {
          $0.isMember == key.isMember && $0.parameters.count == key.argumentCount
        }
      })
    else { return nil }
    parts.functions.append(
      ExternalFunction(function, isMember: key.isMember, argumentCount: key.argumentCount))
    parts.names.functions[key] = parts.functions.count - 1
    return parts.functions.count - 1
  }

  private mutating func compileArguments(
    _ arguments: [Expression], _ operation: Instruction.Operation, _ function: UInt8,
    _ expression: Expression
  ) {
    for argument in arguments { compile(argument) }
    emit(
      operation, detail: function, site: site(expression), argument: arguments.count,
      depth: 1 - arguments.count)
  }

  private mutating func compileCore(
    _ function: CoreFunction, _ expression: Expression, _ arguments: [Expression]
  ) {
    switch function {
    case .or, .orValue:
      compile(arguments[0])
      let jump = position
      emit(function == .or ? .lazyOr : .lazyOrValue, site: site(expression), depth: -1)
      compile(arguments[1])
      land(jump)
    case .present, .known:
      compile(arguments[0])
      emit(function == .present ? .present : .known, site: site(arguments[0]), depth: 0)
    case .dyn: compile(arguments[0])
    case .size:
      if case .macro(let macro) = arguments[0].kind, macro.name == .filter {
        compileLoop(macro, as: .count, arguments[0])
      } else {
        compileArguments(arguments, .callCore, function.rawValue, expression)
      }
    case .type, .toBool, .toBytes, .toDouble, .toDuration, .toInt, .toString, .toTimestamp,
      .toUint, .base64Encode, .base64Decode, .optionalOf, .optionalNone,
      .optionalOfNonZeroValue, .hasValue, .value, .toSingle, .toInt32, .toUint32:
      compileArguments(arguments, .callCore, function.rawValue, expression)
    }
  }

  /// A constant pattern is compiled once; whether this was one.
  private mutating func compileMatch(_ expression: Expression, _ arguments: [Expression]) -> Bool {
    guard arguments.count == 2, case .literal(.string(let text)) = arguments[1].kind else {
      return false
    }
    let bytes = Array(text.utf8)
    var number = parts.names.patterns[bytes]
    if number == nil, case .success(let pattern) = Regex.compile(bytes) {
      parts.regexes.append(pattern)
      header.pointee.patterns.append(pattern.handle)
      number = header.pointee.patterns.count - 1
      parts.names.patterns[bytes] = number
    }
    guard let number else { return false }
    compile(arguments[0])
    emit(.matchPattern, site: site(expression), argument: number, depth: 0)
    return true
  }
}
