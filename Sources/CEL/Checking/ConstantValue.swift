/// What an expression comes to that reads nothing from outside.
struct ConstantValue {
  var literal: Literal

  /// Absent for an expression that reads something, calls a function of the host, or has no value.
  init?(of expression: Expression, in environment: Environment) {
    if case .literal(let literal) = expression.kind {
      self.literal = literal
      return
    }
    guard expression.isClosed(in: environment, locals: []) else { return nil }
    var program = Program()
    var layout = SlotLayout()
    let entry = program.add(expression, in: environment, layout: &layout)
    var scratch = Scratch(costLimit: ConstantValue.costLimit)
    var slot = Value.missing
    let value = program.evaluate(entry, slots: &slot, scratch: &scratch)
    guard let literal = scratch.literal(of: value) else { return nil }
    self.literal = literal
  }

  private static let costLimit = 10_000
}

extension Expression {
  /// Whether it is made of constants, functions of the standard library and its own variables.
  fileprivate func isClosed(in environment: Environment, locals: [String]) -> Bool {
    switch kind {
    case .literal: true
    case .reference(.local(let name)): locals.contains(name)
    case .identifier, .reference, .message: false
    case .macro(let macro):
      macro.operand.isClosed(in: environment, locals: locals)
        && macro.arguments.allSatisfy {
          $0.isClosed(in: environment, locals: locals + macro.variables)
        }
    case .call(let name, let target, let arguments):
      !hasChild { !$0.isClosed(in: environment, locals: locals) }
        && environment.functions[name] == nil
        && StandardLibrary.builtin(
          name, isMember: target != nil, argumentCount: arguments.count + (target == nil ? 0 : 1))
          != nil
    case .select, .optionalSelect, .presence, .index, .optionalIndex, .unary, .binary,
      .conditional, .list, .map:
      !hasChild { !$0.isClosed(in: environment, locals: locals) }
    }
  }
}
