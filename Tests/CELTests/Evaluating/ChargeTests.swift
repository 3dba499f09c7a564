import CEL
import Testing

@Suite("Charges")
struct ChargeTests {
  private static func text(_ count: Int) -> Literal {
    .string(String(repeating: "a", count: count))
  }

  private static func numbers(_ count: Int) -> Literal {
    .list((0..<count).map { .int(Int64($0)) })
  }

  private static func map(_ count: Int) -> Literal {
    .map((0..<count).map { (.int(Int64($0)), .int(1)) })
  }

  @Test(
    "work on texts costs at least a unit for each byte touched",
    arguments: [
      "t == u", "t < u", "t in [u]", "[t] == [u]", "{t: 1}[u] == 1", "t + u != ''",
      "t.contains('b')", "t.replace('a', 'b') != ''", "t.split('') != []", "t.matches('b')",
      "[t, u].join() != ''", "'%s'.format([t]) != ''", "base64.encode(bytes(t)) != ''",
      "t.lastIndexOf('b') < 0", "t.reverse() != ''", "strings.quote(t) != ''", "size(t) > 0",
      "[1].exists(x, t == u)",
    ])
  func texts(source: String) {
    let cost = Evaluated.cost(of: source, ["t": Self.text(5_000), "u": Self.text(5_000)])
    #expect((5_000...40_000).contains(cost), "\(cost)")
  }

  @Test(
    "work on lists and maps costs at least a unit for each element touched",
    arguments: [
      "l == m", "-1 in l", "l + m != []", "l.map(x, x) != []", "l.all(x, x >= 0)", "k == j",
      "math.greatest(l) > 0", "'%s'.format([l]) != ''", "size(l.filter(x, x > 5)) > 0",
      "l.transformMap(i, x, x) != {}", "k.all(x, x >= 0)",
    ])
  func elements(source: String) {
    let values = [
      "l": Self.numbers(1_000), "m": Self.numbers(1_000), "k": Self.map(1_000),
      "j": Self.map(1_000),
    ]
    let cost = Evaluated.cost(of: source, values)
    #expect((1_000...2_000_000).contains(cost), "\(cost)")
  }

  @Test(
    "what is quadratic is paid for as that, and stops",
    arguments: ["k == j", "l.all(x, x in m)", "l.transformMapEntry(i, x, {x: i}) != {}"])
  func quadratic(source: String) {
    let values = [
      "l": Self.numbers(20_000), "m": Self.numbers(20_000), "k": Self.map(20_000),
      "j": Self.map(20_000),
    ]
    #expect(Evaluated(source, values).outcome == "unknown(cost)")
  }

  @Test("an element of the event's list costs the way to it")
  func tape() throws {
    let event = EventDocument("{\"l\": [\((0..<3_000).map(String.init).joined(separator: ","))]}")
    var environment = Environment(profile: .regra)
    environment.declare("event", as: .dynamic)
    let tree = try #require(Expression.parse("event.l.all(i, event.l[i] == i)").expression)
    var program = Program()
    var layout = SlotLayout()
    let entry = program.add(
      tree.check(in: environment).expression, in: environment, layout: &layout)
    #expect(event.evaluate(program, entry, layout).hasPrefix("unknown(cost)"))
  }

  @Test("a larger pattern makes each byte dearer, as RE2 may go through all its states")
  func patterns() {
    let values = ["t": Self.text(2_000)]
    let small = Evaluated.cost(of: "t.matches('b')", values)
    let large = Evaluated.cost(of: "t.matches('[ab]{900}c')", values)
    #expect(small == 2_000 && large > 2 * small, "\(small) and \(large)")
  }

  @Test("a function of the host pays for its arguments and for its result")
  func hostFunctions() throws {
    var environment = Environment(profile: .regra)
    environment.declare("t", as: .dynamic)
    environment.add([
      Function("same", [Function.Overload(id: "same", [.dynamic], .dynamic)]) { arguments, _ in
        arguments[0]
      }
    ])
    let tree = try #require(Expression.parse("same(t) == 'a'").expression)
    let checked = tree.check(in: environment).expression
    func outcome(_ limit: Int) -> String {
      CELTests.outcome(
        Bindings(["t": Self.text(5_000)], costLimit: limit).evaluate(checked, in: environment))
    }
    #expect(outcome(9_999) == "unknown(cost)" && outcome(10_100) == "false")
  }
}
