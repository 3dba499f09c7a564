import CEL
import Testing

@Suite("Reasons of unknowns")
struct ReasonTests {
  private let event = EventDocument(
    #"{"n": 1, "t": "x", "none": null, "l": [1], "m": {"k": 2}, "huge": 1e999, "yes": true}"#)

  /// What an unknown tells: why, where, along which path, and what is there instead.
  private func told(_ source: String) throws -> String {
    var environment = Environment(profile: .regra)
    environment.declare("event", as: .dynamic)
    var program = Program()
    var layout = SlotLayout()
    let tree = try #require(Expression.parse(source).expression)
    let entry = program.add(
      tree.check(in: environment).expression, in: environment, layout: &layout)
    let value = event.value(program, entry, layout)
    guard value.isUnknown, let reason = Value.Reason(rawValue: value.reason),
      let found = Value.Tag(rawValue: UInt8(truncatingIfNeeded: value.bits))
    else { return "known" }
    let site = program.sites[Int(value.site)]
    let place = source.utf8.dropFirst(site.range.lowerBound).prefix(site.range.count)
    return "\(reason) at \(String(place) ?? "") of \(site.path.joined(separator: ".")): \(found)"
  }

  @Test(
    "an unknown names its path, and what is there instead",
    arguments: [
      ("event.gone > 1", "missing at event.gone of event.gone: missing"),
      ("event.m.gone", "missing at event.m.gone of event.m.gone: missing"),
      ("event.gone.deep == 1", "missing at event.gone.deep of event.gone.deep: missing"),
      ("event[\"gone\"]", "missing at event[\"gone\"] of event.gone: missing"),
      ("event.t.deep", "wrongType at event.t.deep of event.t.deep: text"),
      ("event.none.deep", "wrongType at event.none.deep of event.none.deep: null"),
      ("event.l.deep", "wrongType at event.l.deep of event.l.deep: list"),
      ("has(event.n.deep)", "wrongType at has(event.n.deep) of event.n.deep: int"),
      ("event.?t.?deep", "wrongType at event.?t.?deep of event.t.deep: text"),
      ("event.huge + 1", "unrepresentable at event.huge of event.huge: missing"),
      ("event.n.all(x, x)", "wrongType at event.n of event.n: int"),
      ("[1].map(x, event.m.gone + x)", "missing at event.m.gone of event.m.gone: missing"),
    ])
  func paths(source: String, wanted: String) throws { #expect(try told(source) == wanted) }

  @Test(
    "a failure of an operator or a function names the value that it cannot take",
    arguments: [
      ("event.t < 1", "wrongType at event.t < 1 of : text"),
      ("1 < event.t", "wrongType at 1 < event.t of : text"),
      ("event.n < event.t", "wrongType at event.n < event.t of : text"),
      ("event.t + 1", "wrongType at event.t + 1 of : text"),
      ("event.none * 2.5", "wrongType at event.none * 2.5 of : null"),
      ("1 + event.t", "wrongType at 1 + event.t of : text"),
      ("event.none > 1", "wrongType at event.none > 1 of : null"),
      ("-event.t", "wrongType at -event.t of : text"),
      ("!event.n", "wrongType at !event.n of : int"),
      ("event.n && true", "wrongType at true of : int"),
      ("event.n ? 1 : 2", "wrongType at event.n of : int"),
      ("event.n in event.t", "wrongType at event.n in event.t of : text"),
      ("event.n.startsWith(\"x\")", "wrongType at event.n.startsWith(\"x\") of : int"),
      ("event.l[event.t]", "wrongType at event.l[event.t] of : text"),
      ("event.l[5]", "outOfRange at event.l[5] of : missing"),
      ("event.n / 0", "divisionByZero at event.n / 0 of : missing"),
      ("int(event.t)", "malformed at int(event.t) of : missing"),
      ("event.l.filter(x, event.t)", "wrongType at event.t of : text"),
    ])
  func operators(source: String, wanted: String) throws { #expect(try told(source) == wanted) }
}
