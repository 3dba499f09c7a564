import CEL
import Testing

@Suite("Budget")
struct CostTests {
  private func evaluate(_ source: String, limit: Int, _ list: Int = 300) -> String {
    let numbers = Literal.list((0..<list).map { .int(Int64($0)) })
    let text = Literal.string(String(repeating: "a", count: 1_000))
    let bindings = Bindings(["list": numbers, "text": text], costLimit: limit)
    return outcome(bindings.evaluate(source, in: Environment()).outcome)
  }

  @Test(
    "an expression over budget is unknown, also where a side could be absorbed",
    arguments: [
      "list.all(a, list.all(b, list.all(c, a + b + c >= 0)))",
      "list.all(a, list.all(b, list.all(c, a + b + c >= 0))) || true",
      "list.map(a, list.map(b, list.map(c, c)))",
      "[1].exists(x, list.map(a, list) == list.map(a, list))",
      "list.map(a, text + text + text + text)", "list.map(a, text.matches(\"a*b\"))",
      "list.map(a, list + list)", "list.exists(a, list.exists(b, -1 in list))",
    ])
  func overBudget(source: String) {
    #expect(evaluate(source, limit: 50_000) == "unknown(cost)")
  }

  @Test("what is within budget is not", arguments: ["list.all(a, a >= 0)", "size(text) == 1000"])
  func withinBudget(source: String) { #expect(evaluate(source, limit: 50_000) == "true") }

  @Test("a computed name has a budget of its own, so the order of readers changes nothing")
  func computedBudget() throws {
    var environment = Environment()
    environment.declare("list", as: .dynamic)
    let dear = try #require(Expression.parse("list.all(x, x >= 0)").expression)
    environment.define("dear", as: dear.check(in: environment).expression)
    let numbers = Literal.list((0..<300).map { .int(Int64($0)) })
    let bindings = Bindings(["list": numbers], costLimit: 400)
    let source = "dear && dear && list.all(y, y >= 0)"
    #expect(outcome(bindings.evaluate(source, in: environment).outcome) == "true")
  }

  @Test("memory is kept between events, but not for ever")
  func reset() {
    var scratch = Scratch()
    let first = scratch.makeText(capacity: 100) { _ in 3 }
    scratch.reset()
    let second = scratch.makeText(capacity: 100) { _ in 5 }
    #expect(first.bits == second.bits && second.length == 5)
    for _ in 0..<100 { _ = scratch.makeText(capacity: 1 << 20) { $0.count } }
    scratch.reset()
    let third = scratch.makeText(capacity: 10) { _ in 1 }
    #expect(third.bits == first.bits)
  }
}
