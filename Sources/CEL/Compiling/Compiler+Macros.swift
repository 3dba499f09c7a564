extension Compiler {
  mutating func compileMacro(_ expression: Expression, _ macro: Expression.Macro) {
    switch macro.name {
    case .all: compileLoop(macro, as: .all, expression)
    case .exists: compileLoop(macro, as: .exists, expression)
    case .existsOne: compileLoop(macro, as: .existsOne, expression)
    case .filter: compileLoop(macro, as: .filter, expression)
    case .map, .transformList: compileLoop(macro, as: .map, expression)
    case .transformMap: compileLoop(macro, as: .transformMap, expression)
    case .transformMapEntry: compileLoop(macro, as: .transformMapEntry, expression)
    case .bind: compileBind(macro)
    case .optMap, .optFlatMap: compileOptional(macro, expression)
    }
  }

  mutating func compileLoop(
    _ macro: Expression.Macro, as kind: LoopKind, _ expression: Expression
  ) {
    let isPair = macro.variables.count == 2
    let detail = kind.rawValue | (isPair ? Machine.twoVariables : 0)
    let elementSite = site(macro.operand, path: macro.operand.path ?? [])
    compile(macro.operand)
    let place = routine.depth - 1
    let start = position
    emit(.iterate, detail: detail, site: elementSite, depth: LoopFrame.size - 1)
    let isRead = isRead(macro.operand)
    declare(macro.variables[0], at: place + LoopFrame.firstVariable, isRead: isRead)
    if isPair {
      declare(macro.variables[1], at: place + LoopFrame.secondVariable, isRead: isRead)
    }
    let again = position
    emit(.advance, detail: detail, site: elementSite, depth: 0)
    var leave: Int?
    if macro.arguments.count == 2 {
      compile(macro.arguments[0])
      emit(.filter, detail: detail, site: site(macro.arguments[0]), argument: again, depth: -1)
      leave = position
      emit(.jump, depth: 0)
    }
    if let body = macro.arguments.last {
      compile(body)
      emit(.collect, detail: detail, site: site(body), argument: again, depth: -1)
    }
    land(again)
    if let leave { land(leave) }
    emit(.finish, detail: detail, depth: 1 - LoopFrame.size)
    land(start)
    routine.locals.removeLast(macro.variables.count)
  }

  private mutating func declare(_ name: String, at place: Int, isRead: Bool) {
    routine.locals.append(Local(name: name, place: place, isRead: isRead))
  }

  /// The value is an ordinary value, also if it is unknown: that harms only where it is used.
  private mutating func compileBind(_ macro: Expression.Macro) {
    compile(macro.operand)
    declare(macro.variables[0], at: routine.depth - 1, isRead: isRead(macro.operand))
    compile(macro.arguments[0])
    routine.locals.removeLast()
    emit(.slide, depth: -1)
  }

  private mutating func compileOptional(_ macro: Expression.Macro, _ expression: Expression) {
    compile(macro.operand)
    let jump = position
    emit(.enterOptional, site: site(expression), depth: 0)
    declare(macro.variables[0], at: routine.depth - 1, isRead: isRead(macro.operand))
    compile(macro.arguments[0])
    routine.locals.removeLast()
    if macro.name == .optMap { emit(.wrapOptional, depth: 0) }
    emit(.slide, depth: -1)
    land(jump)
  }
}
