import Foundation
import Testing

@Suite("What explain shows of an event")
struct ExplainCommandTests {
  private static let rules = """
    version: 1
    contact: {urn: "ext:${event.who}"}
    let: {big: event.total * 2 > 100}
    rules:
      - id: paid
        when: order
        if:
          - event.status: paid
          - any: [big, "event.tags.exists(t, t == 'vip')"]
          - event.points: {at_least: 3}
        do:
          - add_to_group: Clientes
      - id: seen
        when: order
        do:
          - set_fields: {total: "${event.total}", city: "${event.city}"}
      - id: cart
        when: cart
        do: [{note: cart}]

    """

  private func explain(_ arguments: [String], input: String = "") throws -> Command {
    let scratch = try Scratch()
    let rules = try scratch.write(Self.rules, to: "rules.yaml")
    return try Command(["explain", rules.path] + arguments, input: input)
  }

  @Test("every line stands there with its values, and what was written")
  func tree() throws {
    let explained = try explain(
      ["--event", "-"],
      input: #"{"type":"order","who":"a","status":"open","total":20,"tags":["x"],"points":"5"}"#)
    #expect(
      explained.output == """
        1  order

        ✗ paid                                                              rules.yaml:5
            ✗ event.status: paid                           "open"
            ✗ any
                ✗ big
                    false · event.total * 2 = 40 · event.total = 20
                ✗ "event.tags.exists(t, t == 'vip')"       event.tags = ["x"]
            ? event.points: {at_least: 3}
                `event.points: {at_least: 3}` does not work with a text
                event.points = "5"
        ✓ seen                                                             rules.yaml:13
            → p:\(Self.pseudonym)
              total "20"
              – city: skipped, `event.city` is missing
        · others listen to other types: cart

        """)
    #expect(explained.status == 0)
  }

  private static let pseudonym = "b6a3"

  @Test("a program gets the same")
  func json() throws {
    let explained = try explain(
      ["--event", "-", "--format", "json"], input: #"{"type":"order","status":"paid"}"#)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(explained.output.utf8)) as? [String: Any])
    let rules = try #require(object["rules"] as? [[String: Any]])
    #expect(rules.map { $0["verdict"] as? String } == ["false", "nobody"])
    #expect(object["other_type"] as? Int == 1)
  }

  @Test(
    "of several events one is chosen",
    arguments: [
      (["--line", "2"], "2  cart"), (["--rule", "cart", "--line", "1"], "· cart"),
    ])
  func choice(_ arguments: [String], words: String) throws {
    let events = #"{"type":"order"}"# + "\n" + #"{"type":"cart"}"# + "\n"
    let explained = try explain(["--event", "-"] + arguments, input: events)
    #expect(explained.output.contains(words), "\(explained.errors)")
    let asked = try explain(["--event", "-"], input: events)
    #expect(asked.status == 64)
    #expect(asked.errors.contains("choose one with --line or --id"))
  }

  private static let open =
    #"{"type":"order","who":"a","status":"open","total":20,"tags":["x"],"points":"5"}"#

  @Test("what stops a rule is named, with the fewest fields whose change would fire it")
  func whyNot() throws {
    let explained = try explain(["--event", "-", "--why-not", "paid"], input: Self.open)
    #expect(
      explained.output == """
        1  order

        ✗ paid                                                              rules.yaml:5
            ✗ event.status: paid                           "open"

          it would fire with these 3 fields changed, and with no fewer:
            event.status  "open" → "paid"
            event.points  "5" → 3
            event.total   20 → 100

        """)
    #expect(explained.status == 0)
  }

  @Test("samples say which values to take, and how often they have them")
  func samples() throws {
    let scratch = try Scratch()
    let samples = try scratch.write(
      [7, 60, 70, 70].map { "{\"type\":\"order\",\"total\":\($0)}\n" }.joined(), to: "s.ndjson")
    let explained = try explain(
      ["--event", "-", "--why-not", "paid", "--samples", samples.path], input: Self.open)
    #expect(
      explained.output.contains(
        "    event.total   20 → 70                                      in 2 of 4 samples\n"))
    let program = try explain(
      ["--event", "-", "--why-not", "paid", "--samples", samples.path, "--format", "json"],
      input: Self.open)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(program.output.utf8)) as? [String: Any])
    let change = try #require(object["change"] as? [String: Any])
    let fields = try #require(change["fields"] as? [[String: Any]])
    #expect(
      fields.map { $0["path"] as? String } == ["event.status", "event.points", "event.total"])
    #expect(fields.last?["to"] as? Int == 70)
    #expect(fields.last?["samples"] as? Int == 2)
    #expect(object["stopped_by"] as? Int == 8)
  }

  @Test(
    "where no change is told, the reason is",
    arguments: [
      ("cart", #"{"type":"order"}"#, "it listens to `cart`, and this event is `order`"),
      ("seen", #"{"type":"order","who":"a"}"#, "✓ seen"),
      ("seen", #"{"type":"order"}"#, "! nobody to write to"),
      ("paid", "{", "! this is no event: no JSON: the text ends too early"),
    ])
  func noChange(_ rule: String, event: String, words: String) throws {
    let explained = try explain(["--event", "-", "--why-not", rule], input: event)
    #expect(explained.output.contains(words), "\(explained.output)\(explained.errors)")
    #expect(explained.status == 0)
  }

  @Test(
    "flags that do not go together are refused",
    arguments: [
      (["--why-not", "paid"], "name the event with --event"),
      (["--event", "-", "--why-not", "payd"], "did you mean paid?"),
      (["--event", "-", "--samples", "x"], "--samples goes with --why-not"),
      (["--event", "-", "--rule", "a", "--why-not", "a"], "exclude each other"),
    ])
  func misuse(_ arguments: [String], words: String) throws {
    let explained = try explain(arguments, input: Self.open)
    #expect(explained.status == 64)
    #expect(explained.errors.contains(words), "\(explained.errors)")
  }

  @Test("a code is explained as before, and a file without --event is told of it")
  func codes() throws {
    #expect(try Command(["explain", "e0201"]).output.hasPrefix("# E0201: "))
    let missing = try explain([])
    #expect(missing.status == 64)
    #expect(missing.errors.contains("name it with --event"))
  }
}
