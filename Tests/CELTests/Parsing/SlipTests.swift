import CEL
import Testing

/// Where a slip stands, what it is called, and what it should have been.
struct Slip: CustomTestStringConvertible, Sendable {
  var source: String
  var kind: CEL.Issue.Kind
  /// The whole text after the repair.
  var repaired: String

  init(_ source: String, _ kind: CEL.Issue.Kind, _ repaired: String) {
    self.source = source
    self.kind = kind
    self.repaired = repaired
  }

  var testDescription: String { source }
}

@Suite("Slips of analysts")
struct SlipTests {
  private var environment: Environment {
    var environment = Environment(profile: .regra)
    environment.declare("event", as: .dynamic)
    environment.define("paid_states", as: .list([.string("paid")]))
    return environment
  }

  private func issues(_ text: String) -> [CEL.Issue] {
    let parsed = Expression.parse(text)
    return parsed.issues + (parsed.expression?.check(in: environment).issues ?? [])
  }

  @Test(
    "a slip is named where it stands, and its repair makes the text right",
    arguments: [
      Slip("event.a «=» 1", .assignment, "event.a == 1"),
      Slip("event.a == 1 «and» event.b == 2", .wordOperator, "event.a == 1 && event.b == 2"),
      Slip("event.a == 1 «E» event.b == 2", .wordOperator, "event.a == 1 && event.b == 2"),
      Slip("event.a «ou» event.b", .wordOperator, "event.a || event.b"),
      Slip("event.a «or» (event.b)", .wordOperator, "event.a || (event.b)"),
      Slip("«not» event.a", .wordOperator, "! event.a"),
      Slip("«não» event.a", .wordOperator, "! event.a"),
      Slip("«not»(event.a)", .wordOperator, "!(event.a)"),
      Slip("event.a == «“paid”»", .curlyQuotes, "event.a == \"paid\""),
      Slip("event.a == «‘paid’»", .curlyQuotes, "event.a == \"paid\""),
      Slip("event.a «<>» 1", .syntax, "event.a != 1"),
      Slip("event.a «===» 1", .syntax, "event.a == 1"),
      Slip("event.a «=>» 1", .syntax, "event.a >= 1"),
      Slip("event.a «&» event.b", .syntax, "event.a && event.b"),
      Slip("event«.preço» > 1", .syntax, "event[\"preço\"] > 1"),
      Slip("event.a «≠» 1", .syntax, "event.a != 1"),
      Slip("«event.order-id» == 1", .minusInName, "event[\"order-id\"] == 1"),
      Slip("«event.a.order-item-id» == 1", .minusInName, "event.a[\"order-item-id\"] == 1"),
      Slip("«event.order-id.x» == 1", .minusInName, "event[\"order-id\"].x == 1"),
      Slip("«evnt».a", .unknownName, "event.a"),
      Slip("event.a in «paid_state»", .unknownName, "event.a in paid_states"),
      Slip("event.a.«startWith»(\"x\")", .unknownFunction, "event.a.startsWith(\"x\")"),
      Slip("size(event.a) > «\"3\"»", .wrongType, "size(event.a) > 3"),
      Slip("size(event.a) == «\"3\"»", .constantCondition, "size(event.a) == 3"),
    ])
  func repairs(slip: Slip) throws {
    let (text, range) = marked(slip.source)
    let found = issues(text)
    let issue = try #require(found.first)
    #expect(found.count == 1 && issue.kind == slip.kind && issue.range == range)
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(issue.range, with: try #require(issue.replacement).utf8)
    let repaired = String(decoding: bytes, as: UTF8.self)
    #expect(repaired == slip.repaired && issues(repaired).isEmpty)
  }

  @Test("names that could be slips are names where they are declared")
  func declaredNames() {
    var environment = environment
    environment.declare("e", as: .dynamic)
    environment.declare("id", as: .int)
    environment.declare("ou", as: .dynamic)
    for text in ["e.a == ou", "event.order-id > 0", "ou", "event.a-id"] {
      let parsed = Expression.parse(text)
      #expect(parsed.issues.isEmpty)
      #expect(parsed.expression?.check(in: environment).issues.isEmpty == true)
    }
  }

  @Test("a text that is not closed ends with its line")
  func unclosedText() throws {
    let (text, range) = marked("event.tag == «\"a #vip»")
    let issue = try #require(issues(text).first)
    #expect(issue.kind == .unclosedText && issue.range == range)
  }
}
