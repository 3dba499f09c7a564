import CEL
import Samples
import Testing

@Suite("Schemas of samples")
struct SchemaTests {
  @Test("a path has its rate, its types and its values")
  func facts() throws {
    let schema = learn([
      #"{"type": "a", "order": {"status": "paid", "total": 10}}"#,
      #"{"type": "a", "order": {"status": "paid", "total": 2.5}}"#,
      #"{"type": "a", "order": {"status": "open", "total": null}}"#,
      #"{"type": "b"}"#,
    ])
    let order = try #require(schema.type("a")?.root.child(.key("order")))
    let status = try #require(order.child(.key("status"))?.facts)
    #expect(status.events == 3)
    #expect(status.topValues(3) == "paid 2, open 1")
    let total = try #require(order.child(.key("total"))?.facts)
    #expect((total.events, total.ints, total.doubles, total.nulls) == (2, 1, 1, 1))
    #expect(total.range?.low == 2.5)
    #expect(schema.type("b")?.root.children.count == 1)
  }

  @Test("items of a list are one place")
  func lists() throws {
    let schema = learn([
      #"{"type": "a", "items": [{"sku": 1}, {"sku": 2}]}"#, #"{"type": "a", "items": []}"#,
    ])
    let items = try #require(schema.type("a")?.root.child(.key("items")))
    #expect((items.facts.lists, items.facts.fewestItems, items.facts.mostItems) == (2, 0, 2))
    #expect(items.node(at: [.item, .key("sku")])?.facts.ints == 2)
    #expect(items.node(at: [.item, .key("sku")])?.facts.events == 1)
  }

  @Test(
    "the type is where events usually have it",
    arguments: [
      (#"{"type": "x"}"#, "event.type"), (#"{"topic": "x", "event": {}}"#, "event.topic"),
      (#"{"event_type": "x", "type": 3}"#, "event.event_type"), (#"{"tipo": "x"}"#, "event.tipo"),
    ])
  func usual(event: String, typing: String) {
    let types = learn([event]).types
    #expect(types.map(\.typing) == [typing])
    #expect(types.map(\.type) == ["x"])
  }

  @Test("a type may be computed")
  func computed() throws {
    let schema = learn(
      [#"{"a": "x", "b": "y"}"#], [try typing(#"event.a + "/" + event.b"#)])
    #expect(schema.types.map(\.type) == ["x/y"])
  }

  @Test("any order and any split of events give the same schema", arguments: 1...40)
  func mergeable(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let events = (0..<Int.random(in: 1...400, using: &random)).map { _ in
      RandomEvent.make(&random)
    }
    let whole = learn(events)
    var merged = SampleSchema()
    var rest = events.shuffled(using: &random)[...]
    while !rest.isEmpty {
      let part = rest.prefix(Int.random(in: 1...rest.count, using: &random))
      rest = rest.dropFirst(part.count)
      merged.merge(learn(Array(part)))
    }
    #expect(merged == whole, "seed \(seed)")
    #expect(merged.text(.masked) == whole.text(.masked), "seed \(seed)")
  }

  @Test("events of more paths than there is room for give the same schema in any order")
  func surplus() {
    let events = (0..<60).map { number in
      let keys = (0..<400).map { "\"k\(letters($0 * 61 + number))\": {\"a\": 1, \"b\": [2]}" }
      return #"{"type": "t", "x": {"# + keys.joined(separator: ",") + "}}"
    }
    let whole = learn(events)
    #expect(whole.types[0].root.child(.key("x"))?.isComplete == false)
    var merged = learn(Array(events[30...].reversed()))
    merged.merge(learn(Array(events[..<30])))
    #expect(merged == whole)
  }

  @Test("a saved schema is read back, but for what is masked")
  func saved() throws {
    var random = SeededRandom(seed: 7)
    let whole = learn((0..<300).map { _ in RandomEvent.make(&random) })
    let read = try SchemaReader.read(Array(whole.json(.revealed).utf8))
    #expect(read == whole)
    let masked = try SchemaReader.read(Array(whole.json(.masked).utf8))
    #expect(
      masked.json(.masked).replacing("unshown", with: "many")
        == whole.json(.masked)
        .replacing("masked", with: "many").replacing("unshown", with: "many"))
  }

  @Test("what is nested deep, or wrong, costs only itself")
  func hostile() {
    let deep = String(repeating: #"{"a":"#, count: 900) + "1" + String(repeating: "}", count: 900)
    let schema = learn([
      deep, "[1]", "{", "", "nonsense", String(repeating: "[", count: 5_000), #"{"type": "a"}"#,
      #"{"type": "a", "n": 1e999}"#,
    ])
    #expect(schema.eventCount == 3)
    #expect(schema.problemCount == 5)
    #expect(schema.types.count == 2)
  }

  @Test("keys that are data are one place")
  func keysOfData() throws {
    let schema = learn([
      #"{"type": "a", "by": {"5582999330001": {"n": 1}, "ana@exemplo.com": {"n": 2}}}"#
    ])
    let by = try #require(schema.type("a")?.root.child(.key("by")))
    #expect(by.children.count == 1)
    #expect(by.node(at: [.key("5582999330002"), .key("n")])?.facts.ints == 2)
  }
}

/// Letters that stand for a number: no key that looks like data.
private func letters(_ number: Int) -> String {
  var text = ""
  var rest = number
  repeat {
    text.unicodeScalars.append(UnicodeScalar(UInt8(97 + rest % 26)))
    rest /= 26
  } while rest > 0
  return text
}
