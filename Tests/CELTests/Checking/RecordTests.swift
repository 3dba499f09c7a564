import CEL
import Testing

@Suite("Schemas")
struct RecordTests {
  @Test(
    "a misspelt field is found where it stands, with the one that is meant",
    arguments: [
      ("event.order.«stauts» == \"paid\"", "status"), ("event.«ordr».status == \"paid\"", "order"),
      ("event.?client.?«adress».?city.orValue(\"\") == \"Recife\"", "address"),
      ("event.?client.«nmae» == optional.none()", "name"),
      ("has(event.order.«cupon»)", "coupon"), ("has( event . «clint» )", "client"),
      ("event.order[«\"stauts\"»] == \"paid\"", "\"status\""),
      ("event[?«\"clinet\"»].hasValue()", "\"client\""), ("«\"cliente\"» in event", "\"client\""),
      ("event.order.items.exists(i, i.«pirce» > 5.0)", "price"),
      ("event.order.items[0].«quantiy» > 5", "quantity"),
      ("event.order.items.filter(i, i.price > 5.0).map(i, i.«nane»)[0] == \"x\"", "name"),
      ("event.order.items.map(i, i.tags).exists(t, t.exists(x, x == event.«kin»))", "kind"),
      ("event.order.items.exists(k, v, v.«prince» > 5.0 && k > 1)", "price"),
      ("cel.bind(o, event.order, o.«totl» > 5.0 && o.total < 9.0)", "total"),
      ("event.?client.optMap(c, c.«pone»).hasValue()", "phone"),
      ("(event.note == 1 ? event.order : event.order).«satus» == \"paid\"", "status"),
      ("event.order.«`order-ids`» == \"\"", "`order-id`"),
      ("event.order.«orderid» == \"\"", "`order-id`"),
      ("city == \"Recife\" && event.client.«nam» == \"\"", "name"),
    ])
  func misspelt(source: String, meant: String) throws {
    let (text, range) = marked(source)
    let issues = ShopSchema.issues(of: text)
    let issue = try #require(issues.first)
    #expect(issue.kind == .unknownField && issue.range == range && issues.count == 1, "\(issues)")
    #expect(issue.replacement == meant)
  }

  @Test("far from every field, the choices are listed if they are few")
  func choices() throws {
    let issue = try #require(ShopSchema.issues(of: "event.xyzzy == 1").first)
    #expect(
      issue.help
        == "fields are `client`, `created_at`, `id`, `kind`, `note`, `order`")
    #expect(issue.replacement == nil && issue.label == "not a field of `event`")
  }

  @Test(
    "what the fields' types rule out is found through every way to reach them",
    arguments: [
      ("«event.order.total == \"x\"»", "a number is never equal to a text"),
      ("event.order.items.exists(i, i.quantity == «\"2\"»)", "never equal"),
      ("cel.bind(o, event.order, «o.status == 1»)", "a text is never equal to a number"),
      ("event.?order.?status.orValue(«1») == \"x\"", "argument 1 of `orValue`"),
      ("«event.order == event.order.items»", "a map is never equal to a list"),
      ("«event.order == {\"id\": 1}»", "never equal"), ("«event.client == event.order»", "never"),
      ("«event.order.status > 5»", "`>` compares two numbers"), ("event.order && «event.id»", ""),
      ("event.order.items.exists(i, «i.quantity» in paid_states)", "never in a list"),
      ("event.order.items.all(i, «i.name»)", "needs true or false"),
      ("event[«1»] == \"\"", "a text each"), ("«1» in event", "a text each"),
      ("event.«order.total».matches(\"a\")", ""), ("«event.order + 1» == 2", "`+` adds"),
      ("size(event.order.items) == «\"1\"»", ""), ("phone(event.client.phone, «2»)", "argument 2"),
    ].filter { !$0.1.isEmpty })
  func impossible(source: String, message: String) throws {
    let (text, range) = marked(source)
    let issues = ShopSchema.issues(of: text)
    let issue = try #require(issues.first)
    #expect(issue.message.contains(message) && issues.count == 1, "\(issues)")
    #expect(issue.range == range)
  }

  @Test(
    "what a schema allows is left alone",
    arguments: [
      "event.client.address.street == \"x\"", "has(event.client.address.street)",
      "has(event.client.name)", "has(event.order.coupon) && event.order.coupon == \"VIP\"",
      "event.note.a.b > 3", "event.order.total == 5", "event.client == null",
      "event.order.items.map(i, i.price * double(i.quantity))[0] > 5.0", "size(event.order) > 3",
      "event.order == {\"id\": \"A\", \"status\": \"paid\", \"total\": 1.0, \"items\": []}",
      "event.all(k, k != \"test\")", "event.order.exists(k, v, k == \"id\" && v == \"A\")",
      "event.order.transformMap(k, v, string(v)).id == \"A\"", "event[event.kind] == 1",
      "dyn(event.order).anything == 1", "event.order.items[0].quantity / 2 > 1.5",
    ])
  func allowed(source: String) { #expect(ShopSchema.issues(of: source).map(\.message) == []) }

  @Test("a number of a schema divides exactly, as all data of the host", arguments: ["7", "7.0"])
  func division(number: String) {
    var environment = Environment(profile: .regra)
    environment.declare("event", as: .record(RecordType([.always("n", .int)])))
    let value: Literal = .map([(.string("n"), number == "7" ? .int(7) : .double(7))])
    let bindings = Bindings(["event": value])
    #expect(outcome(bindings.evaluate("event.n / 2", in: environment).outcome) == "3.5")
  }

  @Test("types of fields flow into the types of expressions")
  func types() throws {
    let cases = [
      (
        "event.order.items",
        "list({name: string, price: double, quantity: int, tags?: list(string)})"
      ),
      ("event.?client.?phone", "optional_type(string)"), ("event.order.items[0].price", "double"),
      ("event.order.items.map(i, i.quantity)", "list(int)"), ("event.client.address.x", "dyn"),
      ("event.order.items[0].quantity / 2", "double"), ("event.filter(k, true || k == \"\")", ""),
    ].filter { !$0.1.isEmpty }
    for (source, type) in cases {
      let tree = try #require(Expression.parse(source).expression)
      #expect(tree.check(in: ShopSchema.environment).expression.type.description == type)
    }
  }

  @Test("presence of a field that is always there is a constant condition")
  func alwaysThere() throws {
    let (text, range) = marked("«has(event.order.status)» && event.kind == \"x\"")
    let issues = ShopSchema.issues(of: text)
    #expect(issues.map(\.kind) == [.constantCondition] && issues.first?.range == range)
  }
}
