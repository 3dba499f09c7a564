/// Values for the variables of an expression, to evaluate it once.
///
/// For the same expression over many values, add it to a ``Program`` instead and fill its slots.
public struct Bindings: Sendable {
  /// What an evaluation comes to.
  public enum Outcome: Sendable {
    case value(Literal)
    /// The expression has no value; why, and where that arose.
    case unknown(Value.Reason, Site)
  }

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
    var program = Program()
    var layout = SlotLayout()
    let entry = program.add(expression, in: environment, layout: &layout)
    var scratch = Scratch(costLimit: costLimit)
    var slots = layout.paths.map { slotValue(of: $0, in: environment, &scratch) }
    slots.append(.missing)
    let value = slots.withUnsafeMutableBufferPointer { slots in
      slots.baseAddress.map { program.evaluate(entry, slots: $0, scratch: &scratch) }
        ?? .unknown(.unbound)
    }
    if let literal = scratch.literal(of: value) { return .value(literal) }
    let (unknown, found) = firstUnknown(in: value, scratch)
    let reason = Value.Reason(rawValue: unknown.reason) ?? .missing
    return .unknown(reason, found ? program.sites[Int(unknown.site)] : program.sites[0])
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

  private func slotValue(
    of path: [String], in environment: Environment, _ scratch: inout Scratch
  ) -> Value {
    guard let root = path.first, let bound = values[root] else {
      let isComputed = path.first.map { environment.computed[$0] != nil } ?? false
      return isComputed ? .missing : .unknown(.unbound)
    }
    var value = scratch.makeValue(bound)
    for field in path.dropFirst() {
      if value.tag == .missing { return value }
      guard value.tag == .map else { return .unknown(.wrongType, found: value.tag) }
      let key = scratch.makeText(field)
      value = scratch.value(of: key, in: value) ?? .missing
    }
    return value
  }

  /// An unknown may lie within a list or a map.
  private func firstUnknown(in value: Value, _ scratch: borrowing Scratch) -> (Value, Bool) {
    switch value.tag {
    case .unknown: return (value, true)
    case .list:
      for element in scratch.elements(of: value) {
        let (unknown, found) = firstUnknown(in: element, scratch)
        if found { return (unknown, true) }
      }
    case .map:
      for entry in scratch.entries(of: value) {
        let (unknown, found) = firstUnknown(in: entry.value, scratch)
        if found { return (unknown, true) }
      }
    default: break
    }
    return (value, false)
  }
}
