extension Checker {
  /// What arithmetic does with numbers that its author rather did not mean: whole numbers lose
  /// the fraction of a quotient, constants of two types become a third thing.
  mutating func checkNumbers(
    _ binary: Expression.BinaryOperator, _ left: Expression, _ right: Expression,
    as result: Type, at range: Range<Int>
  ) {
    guard type(of: left).isNumeric, type(of: right).isNumeric else { return }
    let constants = (
      ConstantValue(of: left, in: environment), ConstantValue(of: right, in: environment)
    )
    if let first = constants.0?.literal, let second = constants.1?.literal,
      first.isNumber, second.isNumber, Type(of: first) != Type(of: second)
    {
      report(.mixedConstants(first, second, at: range))
      return
    }
    guard binary == .divide, result == .int || result == .uint else { return }
    guard let divisor = constants.1?.literal.wholeNumber else {
      report(.droppedFraction(left, right, at: range))
      return
    }
    if divisor == 0 || divisor == 1 || divisor == -1 { return }
    if let dividend = constants.0?.literal.wholeNumber, dividend % divisor == 0 { return }
    report(.droppedFraction(left, right, at: range))
  }
}

extension Literal {
  fileprivate var isNumber: Bool {
    switch self {
    case .int, .uint, .double: true
    default: false
    }
  }

  /// An int or a uint, as far as both have it.
  fileprivate var wholeNumber: Int64? {
    switch self {
    case .int(let value): value
    case .uint(let value): Int64(exactly: value)
    default: nil
    }
  }
}

extension Issue {
  fileprivate static func droppedFraction(
    _ left: Expression, _ right: Expression, at range: Range<Int>
  ) -> Issue {
    let help: String
    if case .literal(.int(let number)) = right.kind {
      help = "write `\(number).0` to keep the fraction"
    } else if case .literal(.int(let number)) = left.kind {
      help = "write `\(number).0` to keep the fraction"
    } else {
      help = "make a double of one side with `double(…)` to keep the fraction"
    }
    return Issue(
      .droppedFraction, "`/` between whole numbers drops the fraction", at: range,
      label: "a whole number", help: help)
  }

  fileprivate static func mixedConstants(
    _ first: Literal, _ second: Literal, at range: Range<Int>
  ) -> Issue {
    let whole = first.wholeNumber ?? second.wholeNumber
    return Issue(
      .mixedConstants, "constants of two types are calculated as doubles", at: range,
      label: "`\(Type(of: first))` and `\(Type(of: second))`",
      help: whole.map { "write `\($0).0`" })
  }
}
