import CEL
import Foundation
import Testing

/// `REGRA_LAW_CASES` random cases, from the seed `REGRA_LAW_SEED`.
private let caseCount = number("REGRA_LAW_CASES") ?? 2_000
private let firstSeed = UInt64(number("REGRA_LAW_SEED") ?? 1)

private func number(_ name: String) -> Int? {
  ProcessInfo.processInfo.environment[name].flatMap(Int.init)
}

@Suite("Law of the profiles")
struct ProfileLawTests {
  @Test("what has a value in strict CEL keeps it in Regra's profile, bound or on the tape")
  func values() throws {
    var environments: [CEL.Environment.Profile: CEL.Environment] = [:]
    for profile in [CEL.Environment.Profile.standard, .regra] {
      environments[profile] = Environment(profile: profile)
      environments[profile]?.declare("event", as: .dynamic)
    }
    let standard = try #require(environments[.standard])
    let regra = try #require(environments[.regra])
    var valueCount = 0
    for seed in firstSeed..<firstSeed + UInt64(caseCount) {
      var writer = BroadExpression(seed: seed &* 2_654_435_761)
      let json = writer.event()
      let source = writer.any(1 + Int(seed % 5))
      let tree = try #require(Expression.parse(source).expression, "seed \(seed): \(source)")
      let event = EventDocument(json)
      let wanted = event.evaluate(tree, in: standard)
      guard !wanted.hasPrefix("unknown") else { continue }
      valueCount += 1
      let found = event.evaluate(tree, in: regra)
      #expect(found == wanted, "seed \(seed): \(source) over \(json)")
      let bound = try Bindings(["event": literal(json)]).evaluate(
        tree.check(in: regra).expression, in: regra)
      #expect(outcome(bound) == wanted, "seed \(seed): \(source) bound to \(json)")
    }
    // A writer of expressions that fail, or never fail, would prove nothing.
    #expect(valueCount > caseCount / 4 && valueCount < caseCount * 9 / 10, "\(valueCount) values")
  }

  @Test(
    "the exception is `/` with an operand that was read, and nothing beside it",
    arguments: [
      ("7 / 2", "3", "3"), ("event.n / 2", "3", "3.5"), ("7 / event.two", "3", "3.5"),
      ("event.d / 2.0", "3.5", "3.5"), ("event.l.map(x, x / 2)", "[3, 2]", "[3.5, 2.0]"),
      ("event.l.filter(x, x > 4)[0] / 2", "3", "3.5"),
      ("size(event.l) / 3", "0", "0"), ("int(event.n) / 2", "3", "3"),
      ("event.n * 2 / 4", "3", "3.5"), ("event.n / 2 * 2", "6", "7.0"),
      ("-event.n / 2", "-3", "-3.5"),
      ("event.n % 2", "1", "1"), ("event.n + 1", "8", "8"), ("event.n * event.two", "14", "14"),
    ])
  func division(source: String, strict: String, regra: String) {
    let event = EventDocument(#"{"n": 7, "two": 2, "d": 7.0, "l": [7, 4]}"#)
    for (profile, wanted) in [(CEL.Environment.Profile.standard, strict), (.regra, regra)] {
      var environment = Environment(profile: profile)
      environment.declare("event", as: .dynamic)
      let found = Expression.parse(source).expression.map { event.evaluate($0, in: environment) }
      #expect(found == wanted)
    }
  }

  /// The same values as CEL reads them; JSON's whole numbers beyond Int64 are doubles.
  private func literal(_ json: String) throws -> Literal {
    let source = json.replacing("18446744073709551615", with: "18446744073709551615.0")
    guard case .value(let value)? = Bindings().evaluate(source, in: Environment()).outcome else {
      throw NoEvent()
    }
    return value
  }

  private struct NoEvent: Error {}
}

extension EventDocument {
  /// Evaluates one expression over the event.
  fileprivate func evaluate(_ tree: CEL.Expression, in environment: CEL.Environment) -> String {
    var program = Program()
    var layout = SlotLayout()
    let entry = program.add(
      tree.check(in: environment).expression, in: environment, layout: &layout)
    return evaluate(program, entry, layout)
  }
}
