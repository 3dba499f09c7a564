import CEL
import Testing

@Suite("Landing page")
struct LandingPageTests {
  @Test("its example does what it says")
  func example() {
    let bindings = Bindings(["name": .string("Maria"), "tags": .list([.string("vip")])])
    let (outcome, issues) = bindings.evaluate(
      "name.startsWith('M') && tags.exists(t, t == 'vip')", in: Environment())
    #expect(CELTests.outcome(outcome) == "true" && issues.isEmpty)
  }
}
