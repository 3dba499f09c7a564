/// Values for the variables of an expression, to evaluate it once.
///
/// For the same expression over many values, add it to a ``Program`` instead and fill its slots.
public struct Bindings: Sendable {
  /// What an evaluation comes to.
  public typealias Outcome = CEL.Outcome

  /// The values by the names of their variables, which may have dots.
  public var values: [String: Literal]
  /// Work allowed, in elements and bytes touched.
  public var costLimit: Int

  /// Values by the names of their variables.
  public init(_ values: [String: Literal] = [:], costLimit: Int = 1_000_000) {
    self.values = values
    self.costLimit = costLimit
  }

  /// Evaluates a checked expression.
  public func evaluate(_ expression: Expression, in environment: Environment) -> Outcome {
    var activation = Activation(costLimit: costLimit)
    for (name, value) in values { activation.bind(name, to: value) }
    return activation.outcome(of: CompiledExpression(expression, in: environment))
  }

  /// Parses, checks and evaluates source text.
  ///
  /// Variables that are not declared are declared with any type. Mistakes that leave a tree do
  /// not stop it: such parts fail when evaluated.
  ///
  /// - Returns: the outcome, absent if the text is no expression, and what is wrong with it.
  public func evaluate(
    _ text: String, in environment: Environment
  ) -> (outcome: Outcome?, issues: [Issue]) {
    let parsed = Expression.parse(text)
    guard let expression = parsed.expression else { return (nil, parsed.issues) }
    var environment = environment
    for (name, value) in values where environment.variables[name] == nil {
      if case .optional = value {
        environment.declare(name, as: .optional(.dynamic))
      } else {
        environment.declare(name, as: .dynamic)
      }
    }
    let checked = expression.check(in: environment)
    let outcome = evaluate(checked.expression, in: environment)
    return (outcome, parsed.issues + checked.issues)
  }
}
