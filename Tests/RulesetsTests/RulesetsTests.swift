import Contacts
import Diagnostics
import Rulesets
import Testing

@Suite("Rulesets")
struct RulesetsTests {
  @Test("the language's own example is clean and becomes a ruleset")
  func example() throws {
    let checked = check(shopOrders)
    #expect(checked.diagnostics.map(\.summary) == [])
    let ruleset = try #require(checked.ruleset)
    #expect(
      ruleset.rules.map(\.id) == [
        "order-paid", "stage-to-group/novo", "stage-to-group/proposta", "stage-to-group/perdido",
        "stage-to-group/otherwise", "erasure",
      ])
    #expect(ruleset.ensure.fields.map(\.key) == ["last_order", "last_paid_at"])
    #expect(ruleset.guards.maxChanged == .percent(20))
    #expect(ruleset.files[0].zone == "America/Sao_Paulo")
  }
}
