import CEL
import Testing

@Suite("Slots")
struct SlotTests {
  private let event = EventDocument(
    """
    {"n": 1, "big": 18446744073709551615, "huge": 1e999, "d": 1.0, "none": null, "t": "x", "t": "y",
     "order": {"id": "A1", "items": [{"p": 1}, {"p": 2.5, "p": 3}], "order-id": 7},
     "mixed": [1, "a", null, 1e999, {"k": []}]}
    """)

  private func environment() -> CEL.Environment {
    var environment = Environment(profile: .regra)
    environment.declare("event", as: .dynamic)
    return environment
  }

  private func compile(
    _ sources: [String], in environment: CEL.Environment
  ) throws -> (Program, SlotLayout) {
    var program = Program()
    var layout = SlotLayout()
    for source in sources {
      let checked = try #require(Expression.parse(source).expression).check(in: environment)
      #expect(checked.issues.allSatisfy { $0.kind.isWarning })
      _ = program.add(checked.expression, in: environment, layout: &layout)
    }
    return (program, layout)
  }

  @Test(
    "an event's values are read through slots and from the tape alike",
    arguments: [
      ("event.n + 1", "2"), ("event[\"n\"] == event.d", "true"), ("type(event.d)", "double"),
      ("event.big > 1.0e19", "true"), ("event.huge", "unknown(unrepresentable) event.huge 0..<10"),
      ("event.t", "\"y\""), ("event.order.items[1].p", "3"), ("event.order[\"order-id\"]", "7"),
      ("event.gone", "unknown(missing) event.gone 0..<10"),
      ("1 + event.order.gone", "unknown(missing) event.order.gone 4..<20"),
      ("event.t.deep", "unknown(wrongType) event.t.deep 0..<12"),
      ("event.order.items.map(i, i.p)", "[1, 3]"), ("event.order.items.exists(i, i.p > 2)", "true"),
      ("event.mixed.exists(x, x == null)", "true"), ("\"a\" in event.mixed", "true"),
      ("event.mixed.map(x, x)[0]", "unknown(unrepresentable) event.mixed 0..<11"),
      ("event.mixed.all(x, x != \"a\")", "false"), ("size(event.mixed)", "5"),
      ("event.order.items == [{\"p\": 1}, {\"p\": 3}]", "false"),
      ("event.mixed[4] == {\"k\": []}", "true"),
      ("event.order.map(k, k)", "[\"id\", \"items\", \"order-id\"]"),
      ("event.order[event.t]", "unknown(missing)  0..<20"), ("has(event.order.id)", "true"),
      ("has(event.order.gone)", "false"),
      ("has(event.gone.deep)", "unknown(missing) event.gone.deep 0..<20"),
      ("has(event.huge)", "true"), ("has(event.none)", "true"),
      ("event.?order.?id", "optional.of(\"A1\")"),
    ] as Outcomes)
  func reading(source: String, wanted: String) throws {
    let (program, layout) = try compile([source], in: environment())
    #expect(event.evaluate(program, 0, layout) == wanted)
  }

  @Test("equal paths of all entries share a slot, and an entry knows its own")
  func sharing() throws {
    let sources = ["event.a.b > 1 && event.c", "event.c || has(event.a.b)", "1 == 1.5 + 1"]
    let (program, layout) = try compile(sources, in: environment())
    #expect(layout.paths == [["event", "a", "b"], ["event", "c"], ["event", "a"]])
    #expect(program.slots(of: 0) == [0, 1])
    #expect(program.slots(of: 1) == [0, 1, 2])
    #expect(program.slots(of: 2).isEmpty)
    #expect(program.reads("event", in: 0) && !program.reads("event", in: 2))
  }

  @Test("a computed name is evaluated at most once, and its slots belong to its readers")
  func computedNames() throws {
    var environment = environment()
    environment.add([
      Function("count", [Function.Overload(id: "count", [.dynamic], .dynamic)]) {
        arguments, scratch in
        scratch.makeText(capacity: 1) {
          $0[0] = 0x41; return 1
        }
      }
    ])
    for (name, source) in [("inner", "count(event.n)"), ("outer", "inner + inner")] {
      let parsed = try #require(Expression.parse(source).expression)
      environment.define(name, as: parsed.check(in: environment).expression)
    }
    let (program, layout) = try compile(["outer + inner == \"AAA\""], in: environment)
    #expect(Set(layout.paths) == [["event", "n"], ["inner"], ["outer"]])
    #expect(program.slots(of: 0) == [0, 1, 2])
    #expect(program.reads("event", in: 0))
    #expect(event.evaluate(program, 0, layout) == "true")
  }

  @Test("computed names of two environments do not mix")
  func equalNames() throws {
    var program = Program()
    var layout = SlotLayout()
    for value in ["event.n", "event.n + 1", "event.n"] {
      var environment = environment()
      let definition = try #require(Expression.parse(value).expression)
      environment.define("x", as: definition.check(in: environment).expression)
      let use = try #require(Expression.parse("x").expression).check(in: environment)
      _ = program.add(use.expression, in: environment, layout: &layout)
    }
    #expect((0..<3).map { event.evaluate(program, $0, layout) } == ["1", "2", "1"])
    #expect(layout.paths.filter { $0[0] == "x" }.count == 2)
  }

  @Test("a name that stands on itself is unknown, not endless")
  func cycle() throws {
    var environment = environment()
    environment.define("a", as: Expression(.reference(.computed("b")), 0..<1))
    environment.define("b", as: Expression(.reference(.computed("a")), 0..<1))
    let (program, layout) = try compile(["a"], in: environment)
    #expect(event.evaluate(program, 0, layout).hasPrefix("unknown(unbound)"))
  }

  @Test("a copy of a program keeps its constants when either grows")
  func copies() throws {
    var (program, layout) = try compile(["event.t + \"-one\""], in: environment())
    let copy = program
    for number in 0..<200 {
      let source = "event.t + \"-\(number)-\(String(repeating: "x", count: 500))\""
      let checked = try #require(Expression.parse(source).expression).check(in: environment())
      _ = program.add(checked.expression, in: environment(), layout: &layout)
    }
    #expect(event.evaluate(copy, 0, layout) == "\"y-one\"")
    #expect(event.evaluate(program, 0, layout) == "\"y-one\"")
    #expect(event.evaluate(program, 57, layout).hasPrefix("\"y-56-xxx"))
  }

  @Test("a function from outside sees only values that its overloads take")
  func externalFunctions() throws {
    var environment = environment()
    environment.add([
      Function(
        "shout", [Function.Overload(id: "shout", [.string], .string, isMember: true)]
      ) { arguments, scratch in
        arguments[0].bytes.count == 0 ? .unknown(.refused) : arguments[0]
      }
    ])
    let sources = ["event.t.shout()", "event.n.shout()", "\"\".shout()", "event.gone.shout()"]
    let (program, layout) = try compile(sources, in: environment)
    #expect(
      sources.indices.map { event.evaluate(program, $0, layout) } == [
        "\"y\"", "unknown(wrongType)  0..<15", "unknown(refused)  0..<10",
        "unknown(missing) event.gone 0..<10",
      ])
  }
}
