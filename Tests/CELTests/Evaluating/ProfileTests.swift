import CEL
import Testing

@Suite("Regra's profile")
struct ProfileTests {
  private let event = """
    {"n": 7, "d": 7.0, "u": 2u, "text": "x", "none": null, "list": [1, 2],
     "order": {"total": 10.5}, "items": [{"price": 3}, {"price": 4}]}
    """

  @Test(
    "numbers of different types compute as doubles, and what was read divides exactly",
    arguments: [
      ("1 + 1.5", "2.5"), ("2 * 1.5", "3.0"), ("1u + 1", "2.0"), ("event.n * 2.5", "17.5"),
      ("7 / 2", "3"), ("event.n / 2", "3.5"), ("event.d / 2", "3.5"), ("7 / event.u", "3.5"),
      ("(event.n + 1) / 3 * 3", "8.0"), ("-event.n / 2", "-3.5"), ("half / 2", "1.75"),
      ("fixed / 2", "3"), ("size(event.list) / 4", "0"),
      ("event.items.map(i, i.price / 2)", "[1.5, 2.0]"),
      ("cel.bind(x, event.n, x / 2)", "3.5"), ("event.?n.orValue(1) / 2", "3.5"),
      ("known(event.n) / 2", "3.5"), ("event.n / 0", "unknown(divisionByZero)"),
      ("event.d / 0.0", "unknown(divisionByZero)"), ("event.n % 2", "1"),
      ("event.d % 2", "unknown(wrongType)"),
      ("event.n / 2u", "3.5"), ("event.text / 2", "unknown(wrongType)"), ("int(event.n) / 2", "3"),
    ] as Outcomes)
  func numbers(text: String, wanted: String) { #expect(outcome(of: text) == wanted) }

  @Test(
    "`present` and `known` give absence a meaning",
    arguments: [
      ("present(event.n)", "true"), ("present(event.none)", "false"),
      ("present(event.gone)", "false"),
      ("present(event.gone.deeper)", "false"), ("present(event.text.deeper)", "false"),
      ("present(event.list[5])", "false"), ("present(event[event.text])", "false"),
      ("present(event.text < 1)", "unknown(wrongType)"),
      ("present(1 / 0)", "unknown(divisionByZero)"),
      ("known(event.n)", "7"), ("known(event.none)", "unknown(missing)"),
      ("known(event.gone)", "unknown(missing)"),
      ("present(event.gone) && event.gone > 1", "false"), ("event.gone > 1", "unknown(missing)"),
      ("event.none == null", "true"), ("has(event.gone)", "false"),
      ("has(event.gone.deeper)", "unknown(missing)"),
      ("has(event.order.total)", "true"), ("has(event.text.x)", "unknown(wrongType)"),
      ("event.?gone.?deeper.orValue(\"-\")", "\"-\""), ("event.?order.total", "optional.of(10.5)"),
      ("event.gone.?deeper", "unknown(missing)"), ("event.order.?gone", "optional.none()"),
      ("event.?text.?deeper", "unknown(wrongType)"), ("present(half)", "true"),
    ] as Outcomes)
  func absence(text: String, wanted: String) { #expect(outcome(of: text) == wanted) }

  @Test("the standard profile knows neither function", arguments: ["present(1)", "known(1)"])
  func standard(text: String) { #expect(evaluate(text) == "unknown(unbound)") }

  private func outcome(of text: String) -> String {
    guard case .value(let value)? = Bindings().evaluate(event, in: Environment()).outcome else {
      return "no event"
    }
    var environment = Environment(profile: .regra)
    environment.declare("event", as: .dynamic)
    for (name, source) in [("half", "event.n / 2"), ("fixed", "3 + 4")] {
      guard let parsed = Expression.parse(source).expression else { continue }
      environment.define(name, as: parsed.check(in: environment).expression)
    }
    return CELTests.outcome(Bindings(["event": value]).evaluate(text, in: environment).outcome)
  }
}
