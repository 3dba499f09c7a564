import CEL
import Testing

@Suite("Laws of evaluation")
struct LawTests {
  private static let json = """
    {"n": 2, "d": 2.0, "t": "xé", "none": null, "l": [1, 2.5, "x", [2], {"z": 1}],
     "m": {"yes": true, "t": "x", "k": {"z": 3}}}
    """

  /// The same values for the judge.
  private func literal() throws -> Literal {
    guard case .value(let value)? = Bindings().evaluate(Self.json, in: Environment()).outcome else {
      throw TestFailure.noEvent
    }
    return value
  }

  private enum TestFailure: Error { case noEvent }

  @Test(
    "compiled code comes to what the tree means: slots, and paths looked up on tape and in memory",
    arguments: [Environment.Profile.standard, .regra], 0..<4 as Range<UInt64>)
  func compiledIsReference(profile: CEL.Environment.Profile, part: UInt64) throws {
    let event = EventDocument(Self.json)
    let value = try literal()
    let judge = ReferenceEvaluator(profile: profile, names: ["event": value])
    var environment = CEL.Environment(profile: profile)
    environment.declare("event", as: .dynamic)
    var valueCount = 0
    for number in 0..<400 as Range<UInt64> {
      let seed = part * 1_000_003 + number
      var writer = RandomExpression(seed: seed, divides: profile == .standard)
      let source = writer.truth(Int(seed % 5))
      let tree = try #require(Expression.parse(source).expression, "seed \(seed): \(source)")
      let wanted = judge.evaluate(tree).map { "\($0)" } ?? "unknown"
      if wanted != "unknown" { valueCount += 1 }
      let checked = tree.check(in: environment).expression
      var program = Program()
      var layout = SlotLayout()
      let entry = program.add(checked, in: environment, layout: &layout)
      let onTape = event.evaluate(program, entry, layout)
      let compiled = CompiledExpression(checked, in: environment)
      var onDocument = Activation()
      try onDocument.bind("event", toJSON: Self.json)
      let outcomes = [
        onTape, outcome(onDocument.outcome(of: compiled)),
        outcome(Bindings(["event": value]).evaluate(checked, in: environment)),
      ]
      for outcome in outcomes {
        #expect(
          outcome.hasPrefix("unknown") ? wanted == "unknown" : outcome == wanted,
          "seed \(seed): \(source)")
      }
    }
    #expect((80...320).contains(valueCount), "most cases are one-sided: \(valueCount) values")
  }

  @Test("random trees are printed as source that parses to the same tree")
  func printing() throws {
    for seed in 0..<1_500 as Range<UInt64> {
      var writer = RandomExpression(seed: seed &* 77, divides: true)
      let tree = try #require(Expression.parse(writer.truth(4)).expression)
      let printed = tree.description
      let again = try #require(Expression.parse(printed).expression, "seed \(seed): \(printed)")
      #expect(shape(again) == shape(tree), "seed \(seed): \(printed)")
    }
  }

  /// The tree without its places.
  private func shape(_ expression: Expression) -> String {
    let kind: String
    switch expression.kind {
    case .binary(let binary, _, _): kind = binary.rawValue
    case .unary(let unary, _): kind = unary.rawValue
    case .literal(let literal): kind = "\(literal)"
    case .select(_, let field), .presence(_, let field, _): kind = ".\(field)"
    case .macro(let macro): kind = "\(macro.name) \(macro.variables)"
    case .call(let name, _, _), .identifier(let name): kind = name
    default: kind = "other"
    }
    return "(\(kind) \(expression.children.map(shape).joined(separator: " ")))"
  }
}
