import Diagnostics
import RuleTests
import Rulesets
import Testing

@Suite("Reading tests of rules")
struct ReadingTests {
  private static let event = "{type: order, id: e1, status: paid, total: 12, phone: '82999330001'}"

  /// A mistake is pointed out by exactly its characters.
  @Test(
    "a mistake is told with its code and its place",
    arguments: [
      (Code.unknownKey, "- {name: a, «exspect»: {}, events: [], expect: {fired: []}}"),
      (.missingKey, "- {«name»: a, events: []}"),
      (.noSuchRule, "- {name: a, events: [], expect: {fired: [«payd»]}}"),
      (.noSuchRule, "- {name: a, events: [], expect: {not_fired: {«payd»: false}}}"),
      (.unknownWord, "- {name: a, events: [], expect: {not_fired: {paid: «no»}}}"),
      (.noSuchContact, "- {name: a, events: [], expect: {contacts: {«anna»: absent}}}"),
      (
        .writtenByNobody, "- {name: a, events: [], expect: {contacts: {ana: {groups: [«Client»]}}}}"
      ),
      (
        .writtenByNobody,
        "- {name: a, events: [], expect: {contacts: {ana: {fields: {«totl»: 1}}}}}"
      ),
      (
        .badEach,
        "- {name: a, each: {x: [1]}, events: [{n: «\"${each.y} ${each.x}\"»}], expect: {fired: []}}"
      ),
      (.unusedValue, "- {name: a, each: {«x»: [1]}, events: [], expect: {fired: []}}"),
      (.notATime, "- {name: a, now: «yesterday», events: [], expect: {fired: []}}"),
      (.notATime, "- {name: a, events: [{after: «soon», type: t}], expect: {fired: []}}"),
      (.badExpectation, "- {name: a, events: [], expect: {calls: «few»}}"),
      (.badExpectation, "- {name: a, events: [], expect: {calls: «{at_least: 3, at_most: 2}»}}"),
      (.nothingExpected, "- {name: a, events: [], expect: «{}»}"),
      (
        .contradiction,
        "- {name: a, events: [], expect: {fired: [paid], not_fired: {«paid»: false}}}"
      ),
      (.badAnswer, "- {name: a, events: [], server: [{answer: «7»}], expect: {fired: []}}"),
      (
        .refusedContact,
        "- {name: a, contacts: {b: {urns: [«whatsapp:x»]}}, events: [], expect: {fired: []}}"
      ),
      (.mergeKey, "- {name: a, events: [{«<<»: 1}], expect: {fired: []}}"),
    ])
  func mistake(_ code: Code, _ marked: String) throws {
    let parts = marked.split(omittingEmptySubsequences: false) { $0 == "«" || $0 == "»" }
    let scene = try TestScene(parts.joined())
    let found = try #require(scene.diagnostics.first)
    #expect(scene.diagnostics.map(\.code) == [code])
    let range = found.location.range
    #expect(
      String(decoding: scene.file.source.utf8[range.start..<range.end], as: UTF8.self) == parts[1])
  }

  @Test("a near miss is suggested")
  func suggestion() throws {
    let scene = try TestScene("- {name: a, events: [], expect: {fired: [payd]}}")
    #expect(scene.diagnostics.map(\.help) == ["did you mean `paid`?"])
    #expect(scene.diagnostics.first?.fix?.edits.map(\.replacement) == ["paid"])
  }

  @Test("a scalar of an event is what JSON would read, and else a text")
  func scalars() throws {
    let scene = try TestScene(
      """
      - name: a
        events: [{a: 1, b: 1.50, c: 01310100, d: NO, e: true, f: null, g: "7", h: ~, i: [1, {j: x}]}]
        expect: {fired: []}
      """)
    guard case .list(let events) = try #require(scene.file.tests.first).events else { return }
    #expect(
      String(decoding: try #require(events.first).json, as: UTF8.self)
        == #"{"a":1,"b":1.50,"c":"01310100","d":"NO","e":true,"f":null,"g":"7","h":"~","i":[1,{"j":"x"}]}"#
    )
  }

  @Test("a value of `each` keeps its type where it stands alone, and is text within text")
  func each() throws {
    let scene = try TestScene(
      """
      - name: a
        each: {n: [1, "1"], list: [[x]]}
        events: [{a: "${each.n}", b: "n${each.n}", c: "${each.list}"}]
        expect: {fired: []}
      """)
    let events = scene.file.tests.flatMap { test -> [String] in
      guard case .list(let events) = test.events else { return [] }
      return events.map { String(decoding: $0.json, as: UTF8.self) }
    }
    #expect(
      events == [#"{"a":1,"b":"n1","c":["x"]}"#, #"{"a":"1","b":"n1","c":["x"]}"#])
  }

  @Test("each repetition has the name of its values, unless the test's name has them")
  func names() throws {
    let scene = try TestScene(
      """
      - {name: a, each: {n: [1, 2], m: [x]}, events: [{a: "${each.n}${each.m}"}], expect: {fired: []}}
      - {name: "b ${each.n}", each: [{n: 1}, {n: 2}], events: [], expect: {fired: []}}
      """)
    #expect(scene.file.tests.map(\.title) == ["a [1, x]", "a [2, x]", "b 1", "b 2"])
  }

  @Test("a test may give contacts anew, and hide them from the planner")
  func contacts() throws {
    let scene = try TestScene(
      """
      - {name: a, contacts: {blind: true}, events: [], expect: {fired: []}}
      - {name: b, contacts: {ana: {urns: ["tel:+5582999330009"]}}, events: [], expect: {fired: []}}
      - {name: c, contacts: {bob: {blind: true}}, events: [], expect: {fired: []}}
      """)
    let contacts = scene.file.tests.map(\.contacts)
    #expect(contacts[0].map(\.isHidden) == [true])
    #expect(contacts[1].flatMap(\.urns).map(\.text) == ["tel:+5582999330009"])
    #expect(contacts[2].map(\.isHidden) == [false, true])
  }

  @Test("`each` makes at most a thousand tests")
  func many() throws {
    let values = (0..<40).map(String.init).joined(separator: ", ")
    let scene = try TestScene(
      """
      - name: a
        each: {x: [\(values)], y: [\(values)]}
        events: [{a: "${each.x}", b: "${each.y}"}]
        expect: {fired: []}
      """)
    #expect(scene.diagnostics.map(\.code) == [.badEach])
  }
}
