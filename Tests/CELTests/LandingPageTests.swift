import CEL
import Testing

@Suite("Landing page")
struct LandingPageTests {
  @Test("a text is evaluated once, as its first example says")
  func example() {
    let bindings = Bindings(["name": .string("Maria"), "tags": .list([.string("vip")])])
    let (outcome, issues) = bindings.evaluate(
      "name.startsWith('M') && tags.exists(t, t == 'vip')", in: Environment())
    #expect(CELTests.outcome(outcome) == "true" && issues.isEmpty)
  }

  @Test("what is compiled once is evaluated over bound JSON")
  func compiled() throws {
    var environment = CEL.Environment()
    environment.declare("event", as: .dynamic)
    let isLarge = try CompiledExpression("event.order.total > 100.0", in: environment)
    var activation = Activation()
    try activation.bind("event", toJSON: #"{"order": {"id": "A1", "total": 129.95}}"#)
    #expect(activation.truth(of: isLarge) == true)
  }

  @Test("its schema finds what it says")
  func schema() {
    var environment = Environment()
    environment.declare("order", as: .record(RecordType([.always("status", .string)])))
    let tree = Expression.parse("order.stauts == 'paid'").expression
    let issues = tree?.check(in: environment).issues ?? []
    #expect(issues.map(\.message) == ["unknown field `stauts`"])
    #expect(issues.first?.replacement == "status")
  }
}
