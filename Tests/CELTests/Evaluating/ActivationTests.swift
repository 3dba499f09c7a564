import CEL
import Testing

@Suite("Compiling once, evaluating many")
struct ActivationTests {
  private let event = #"{"order": {"total": 129.95, "id": "A1"}, "tags": ["vip"], "n": 7}"#

  private func environment() -> CEL.Environment {
    var environment = CEL.Environment()
    for name in ["event", "contact", "limit"] { environment.declare(name, as: .dynamic) }
    return environment
  }

  private func compile(_ text: String) throws -> CompiledExpression {
    try CompiledExpression(text, in: environment())
  }

  @Test("a result outlives its expression, whose constants it may be")
  func resultOfTemporary() throws {
    var activation = Activation()
    var writer = JSONWriter()
    let text = String(repeating: "a", count: 1_000)
    for _ in 0..<20 {
      let value = activation.evaluate(try CompiledExpression("['\(text)']", in: Environment()))
      writer.bytes.removeAll()
      activation.write(value, to: &writer)
      #expect(String(decoding: writer.bytes, as: UTF8.self) == "[\"\(text)\"]")
    }
  }

  @Test(
    "paths lead into a bound document",
    arguments: [
      ("event.order.total", "129.95"), ("event.order.id == 'A1' && event.n > 6", "true"),
      ("event['order']['id']", "\"A1\""), ("'vip' in event.tags", "true"),
      ("has(event.order.id)", "true"), ("has(event.order.gone)", "false"),
      ("event.?gone.?deeper.orValue(1)", "1"), ("event.order.?id", "optional.of(\"A1\")"),
      ("event.gone", "unknown(missing) event.gone"),
      ("event.gone.deeper", "unknown(missing) event.gone.deeper"),
      ("event.n.deeper", "unknown(wrongType) event.n.deeper"),
      ("event.order", "{\"total\": 129.95, \"id\": \"A1\"}"), ("limit", "unknown(unbound) limit"),
    ])
  func paths(text: String, wanted: String) throws {
    var activation = Activation()
    try activation.bind("event", toJSON: event)
    let found = activation.outcome(of: try compile(text))
    #expect(described(found) == wanted)
  }

  @Test("one activation serves document after document, and the last of equal keys counts")
  func rebinding() throws {
    let doubled = try compile("event.a * 2")
    var activation = Activation()
    for number in 0..<100 {
      try activation.bind("event", toJSON: #"{"a": 0, "b": [1], "a": \#(number)}"#)
      #expect(described(activation.outcome(of: doubled)) == "\(number * 2)")
    }
  }

  @Test("several variables, JSON and literals, are read together")
  func severalVariables() throws {
    let condition = try compile(
      "contact.fields.score + limit == event.n && size(contact.groups) == 2")
    var activation = Activation()
    activation.bind("limit", to: .int(3))
    try activation.bind("contact", toJSON: #"{"fields": {"score": 4}, "groups": ["a", "b"]}"#)
    try activation.bind("event", toJSON: event)
    #expect(activation.truth(of: condition) == true)
    activation.bind("limit", to: .int(4))
    #expect(activation.truth(of: condition) == false)
    activation.unbind()
    #expect(activation.truth(of: condition) == nil)
  }

  @Test("a text that is no JSON is refused and leaves the variable without a value")
  func badJSON() throws {
    let read = try compile("event.n")
    var activation = Activation()
    try activation.bind("event", toJSON: event)
    #expect(throws: JSONParser.Failure.self) { try activation.bind("event", toJSON: "{\"n\": ") }
    #expect(described(activation.outcome(of: read)) == "unknown(unbound) event.n")
  }

  @Test("computed names are evaluated for each evaluation anew")
  func computedNames() throws {
    var environment = environment()
    let half = try #require(Expression.parse("event.n - 1").expression).check(in: environment)
    environment.define("less", as: half.expression)
    let compiled = try CompiledExpression("less * less", in: environment)
    var activation = Activation()
    for n in 1...3 {
      try activation.bind("event", toJSON: #"{"n": \#(n)}"#)
      #expect(described(activation.outcome(of: compiled)) == "\((n - 1) * (n - 1))")
    }
  }

  @Test("text with mistakes is refused with all of them")
  func refusal() {
    #expect {
      try compile("evnt.a == 1 && sizee(event.b) > 2")
    } throws: { error in
      (error as? CompiledExpression.Refusal)?.issues.map(\.kind) == [
        .unknownName, .unknownFunction,
      ]
    }
  }

  @Test("an expression is shared by activations of several threads")
  func threads() async throws {
    let condition = try compile("event.n % 2 == 0")
    let results = await withTaskGroup(of: Int.self) { group in
      for start in 0..<4 {
        group.addTask {
          var activation = Activation()
          return (0..<500).count { number in
            try? activation.bind("event", toJSON: #"{"n": \#(start * 500 + number)}"#)
            return activation.truth(of: condition) == true
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results == [250, 250, 250, 250])
  }

  private func described(_ outcome: Outcome) -> String {
    switch outcome {
    case .value(let literal): "\(literal)"
    case .unknown(let reason, let site): "unknown(\(reason)) \(site.path.joined(separator: "."))"
    }
  }
}
