import Playground
import RuleTests
import Testing

@Suite("Running tests of rules")
struct ExpectationTests {
  private static let order =
    "{type: order, id: e1, order: A1, status: paid, total: 12, phone: '82999330001'}"

  @Test(
    "a test passes where all is as it expects",
    arguments: [
      "fired: [paid]", "fired: [paid], calls: 1", "calls: {at_least: 1, at_most: 2}",
      "not_fired: {quiet: unknown, off: skipped, late: skipped}", "not_fired: [late]",
      "contacts: {ana: {fields: {last_order: A1, total: 12.0}, groups: [Late, clients]}}",
      "contacts: {ana: {groups: {has: [Clients]}, name: Ana, status: active}}",
      "contacts: {whatsapp:5582999330001: {fields: {total: present}, language: absent}}",
      "contacts: {ana: {urns: ['whatsapp:5582999330001']}}",
      "calls: [{method: POST, path: contacts.json, body: {fields: {total: 12}, groups: [Late, Clients]}}]",
      "calls: {has: [{body: {fields: {last_order: A1}}}], has_not: [{method: DELETE}]}",
      "set_aside: none, problems: none",
    ])
  func passing(_ expectation: String) async throws {
    let scene = try TestScene(
      "- {name: a, events: [\(Self.order)], expect: {\(expectation)}}")
    #expect(try await scene.messages() == [[]])
  }

  @Test(
    "a test says what is not as it expects",
    arguments: [
      ("fired: []", ["`paid` fired, and is not listed"]),
      ("fired: [paid, paid]", ["`paid` fired once, not twice"]),
      ("fired: [paid, late]", ["`late` did not fire"]),
      ("not_fired: {quiet: false}", ["`quiet` did not fire because something is unknown"]),
      ("not_fired: {paid: false}", ["`paid` fired"]),
      ("not_fired: {late: false}", ["`late` was not asked: no event is of its type"]),
      ("not_fired: {off: false}", ["`off` is switched off"]),
      ("contacts: {ana: absent}", ["contact `ana` is there"]),
      (
        "contacts: {whatsapp:5511988887777: {name: x}}",
        ["there is no contact whatsapp:5511988887777"]
      ),
      (
        "contacts: {ana: {fields: {last_order: A2}}}",
        ["contact `ana`: `last_order` is not \"A2\""]
      ),
      (
        "contacts: {ana: {fields: {last_order: absent}}}",
        ["contact `ana`: `last_order` has a value"]
      ),
      ("contacts: {ana: {language: present}}", ["contact `ana`: `language` has no value"]),
      ("contacts: {ana: {groups: [Clients]}}", ["contact `ana`: `groups` are others"]),
      (
        "contacts: {ana: {groups: {has_not: [Late, Clients]}}}",
        ["contact `ana` has `Late`", "contact `ana` has `Clients`"]
      ),
      ("contacts: {ana: {status: blocked}}", ["contact `ana`: `status` is not `blocked`"]),
      ("calls: none", ["1 call, not 0"]),
      ("calls: [{body: {fields: {total: 13}}}]", ["call 1: `body.fields.total` is another"]),
      ("calls: []", ["1 calls, not 0"]),
      ("calls: {has: [{method: DELETE}]}", ["no call is like this"]),
      ("set_aside: 2", ["0 set aside, not 2"]),
      ("problems: [no JSON]", ["other problems than expected"]),
    ])
  func failing(_ expectation: String, _ messages: [String]) async throws {
    let scene = try TestScene(
      "- {name: a, events: [\(Self.order)], expect: {\(expectation)}}")
    #expect(try await scene.messages() == [messages])
  }

  @Test("a failure shows the conditions of the rules it suspects, with values")
  func trace() async throws {
    let scene = try TestScene(
      """
      - name: a
        events: [{type: order, status: paid, total: 9, phone: "82999330001"}]
        expect: {contacts: {ana: {groups: {has: [Clients]}}}}
      """)
    let result = try #require(try await scene.report().results[0].first)
    let suspect = try #require(result.mismatches.first?.suspects.first)
    let trace = try #require(result.traces[suspect])
    #expect(trace.verdict == .isFalse)
    #expect(trace.lines.map(\.outcome) == [.isTrue, .isFalse])
  }

  @Test("a rule is skipped where it writes nothing, or to nobody")
  func skipped() async throws {
    let scene = try TestScene(
      """
      - name: nobody
        events: [{type: order, status: paid, total: 12, phone: "?"}]
        expect: {not_fired: {paid: skipped}, set_aside: 1}
      - name: again
        events: [\(Self.order), \(Self.order)]
        expect: {fired: [paid]}
      """)
    #expect(try await scene.messages() == [[], []])
  }

  @Test("a pause moves the clock, and ends the window")
  func pause() async throws {
    let scene = try TestScene(
      """
      - name: within the hour
        events: [{type: reminder, phone: "82999330001"}, {after: 59m, type: reminder, phone: "82999330001"}]
        expect: {not_fired: {late: false}}
      - name: behind it
        contacts: {bob: {urns: ["whatsapp:5582999330002"]}}
        events:
          - {type: order, status: paid, total: 12, order: B1, phone: "82999330002"}
          - after: 1h1s
          - {type: reminder, phone: "82999330002"}
        expect: {fired: [paid, late], calls: 2, contacts: {bob: {groups: [Clients, Late]}}}
      - name: an event's own key
        events: [{"after": 1h, type: reminder, phone: "82999330001"}]
        expect: {fired: []}
      """)
    #expect(try await scene.messages() == [[], [], []])
  }

  @Test("contacts that are hidden from the planner are found on the server")
  func hidden() async throws {
    let scene = try TestScene(
      """
      - name: hidden
        contacts: {blind: true}
        events: [\(Self.order)]
        expect: {calls: 2, contacts: {ana: {fields: {last_order: A1}, groups: [Late, Clients]}}}
      """)
    #expect(try await scene.messages() == [[]])
  }

  @Test("the server answers as the test says, and calls are tried again")
  func server() async throws {
    let scene = try TestScene(
      """
      - name: for a while
        events: [\(Self.order)]
        server: [{on: {path: contacts.json, contact: ana}, answer: "${each.answer}", times: 2}]
        each: {answer: [429, 500, reset]}
        expect: {contacts: {ana: {fields: {last_order: A1}}}, calls: 1}
      - name: for ever
        events: [\(Self.order)]
        server: [{answer: 500}]
        expect: {contacts: {ana: {fields: {last_order: A0}}}, problems: [answers 500]}
      - name: refused
        events: [\(Self.order)]
        server: [{on: {method: POST}, answer: 400, body: {fields: {total: [no]}}, times: 1}]
        expect: {contacts: {ana: {fields: {last_order: A1, total: absent}}}, set_aside: 1}
      - name: another contact
        events: [\(Self.order)]
        server: [{on: {contact: "whatsapp:5511"}, answer: 500}]
        expect: {contacts: {ana: {fields: {last_order: A1}}}}
      """)
    #expect(try await scene.messages() == [[], [], [], [], [], []])
  }

  @Test("a guard that counts stops a window, and the test must name it")
  func guards() async throws {
    let scene = try TestScene(
      """
      - name: one
        events: [{type: erase, phone: "82999330001"}]
        expect: {contacts: {ana: absent}, fired: [erase]}
      - name: two
        contacts: {bob: {urns: ["whatsapp:5582999330002"]}}
        events: [{type: erase, phone: "82999330001"}, {type: erase, phone: "82999330002"}]
        expect: {calls: none, problems: [max_deletes], contacts: {ana: {name: Ana}}}
      - name: unnamed
        contacts: {bob: {urns: ["whatsapp:5582999330002"]}}
        events: [{type: erase, phone: "82999330001"}, {type: erase, phone: "82999330002"}]
        expect: {calls: none}
      """)
    #expect(
      try await scene.messages() == [[], [], ["a problem that the test does not name"]])
  }

  @Test("events may come from a file, whose bad lines are problems")
  func eventFile() async throws {
    let scene = try TestScene(
      "- {name: a, events: {file: day.ndjson}, expect: {fired: [paid], problems: [no JSON]}}")
    #expect(try await scene.messages() == [[]])
  }

  @Test("a snapshot holds what the events came to")
  func snapshot() async throws {
    let text = "- {name: a, events: [\(Self.order)], expect: {snapshot: a.txt}}"
    let first = try #require(try await TestScene(text).report().results[0].first)
    #expect(first.mismatches.map(\.message.plain) == ["there is no snapshot yet"])
    let snapshot = try #require(first.snapshot)
    #expect(
      snapshot == """
        # a
        fired
          event 1  paid
        contacts
          ~ ana
            last_order  "A0" → "A1"
            total  none → "12"
            groups  + Clients
        calls
          POST contacts.json {"urn":"whatsapp:5582999330001"} {"fields":{"last_order":"A1","total":"12"},"groups":["Late","Clients"]}

        """)
    #expect(try await TestScene(text, snapshots: ["a.txt": snapshot]).messages() == [[]])
    let other = snapshot.replacing("A1", with: "A2")
    #expect(
      try await TestScene(text, snapshots: ["a.txt": other]).messages()
        == [["the snapshot differs"]])
  }

  @Test("any number of workers gives the same results")
  func workers() async throws {
    let tests = (0..<100).map { number in
      """
      - name: t\(number)
        events: [{type: order, status: paid, total: \(number), phone: "82999330001"}]
        expect: {fired: [paid]}
      """
    }
    let scene = try TestScene(tests.joined(separator: "\n"))
    let expected = (0..<100).map { $0 < 10 ? ["`paid` did not fire"] : [] }
    for workers in [1, 2, 7] {
      let report = await scene.session.run(workers: workers)
      #expect(report.results[0].map { $0.mismatches.map(\.message.plain) } == expected)
    }
  }
}
