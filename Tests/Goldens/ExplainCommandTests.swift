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

  @Test("a code is explained as before, and a file without --event is told of it")
  func codes() throws {
    #expect(try Command(["explain", "e0201"]).output.hasPrefix("# E0201: "))
    let missing = try explain([])
    #expect(missing.status == 64)
    #expect(missing.errors.contains("name it with --event"))
  }
}
