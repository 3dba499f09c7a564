import CEL
import Contacts
import Testing

@testable import Execution

private let two = #"""
  {"contacts": [
    {"uuid": "11111111-1111-4111-8111-111111111111", "urns": ["ext:1", "ext:2"]},
    {"uuid": "22222222-2222-4222-8222-222222222222", "urns": ["ext:3"]}]}
  """#

@Suite("Lists of URNs")
struct URNListTests {
  @Test(
    "an edit is first, the rest, then what is added",
    arguments: [
      (["a", "b"], ["c"], [], [], ["a", "b", "c"]),
      (["a", "b"], ["a"], [], [], ["a", "b"]),
      (["a", "b"], [], ["b"], [], ["b", "a"]),
      (["a", "b"], ["a"], [], ["a"], ["b", "a"]),
      (["a", "b"], [], ["c"], ["a", "b"], ["c"]),
      (["a#x", "b"], ["a"], [], [], ["a#x", "b"]),
      (["a"], ["b", "b"], ["c", "c"], [], ["c", "a", "b"]),
    ] as [([String], [String], [String], [String], [String])])
  func edit(_ old: [String], add: [String], first: [String], remove: [String], new: [String]) {
    #expect(old.edited(add: add, first: first, remove: remove) == new)
  }

  private static let edit = [
    #"POST contacts "query":{"urn":"ext:1"},"body":{}"#,
    #"""
    POST contacts "query":{"uuid":{"answer":1}},\#
    "body":{"urns":{"answer":1,"add":["ext:3","ext:4"],"first":[],"remove":["ext:2"]}},"after":[1]
    """#,
  ]

  @Test("a URN of another contact is set aside with both named", arguments: Dialect.allCases)
  func owned(_ dialect: Dialect) async throws {
    let rehearsal = try Rehearsal(dialect, two)
    let report = try await rehearsal.run(Self.edit)
    #expect(
      report.items == [
        #"2 urn("ext:3"): ext:3 of contact 11111111-1111-4111-8111-111111111111 belongs to "#
          + "contact 22222222-2222-4222-8222-222222222222"
      ])
    #expect(try await rehearsal.contact("ext:1")?.urns == ["ext:1", "ext:4"])
    #expect(try await rehearsal.contact("ext:3")?.urns == ["ext:3"])
  }

  @Test("it moves where moves are allowed, and nobody is looked up")
  func moved() async throws {
    let rehearsal = try Rehearsal(.weni, two)
    let report = try await rehearsal.run(Self.edit, moves: .allowed)
    #expect(report.items == [])
    #expect(report.requestCount == 2)
    #expect(try await rehearsal.contact("ext:3")?.urns == ["ext:1", "ext:3", "ext:4"])
  }

  @Test("a list that replaces all keeps what the contact has without a look-up")
  func replaced() async throws {
    let rehearsal = try Rehearsal(.weni, two)
    let report = try await rehearsal.run([
      #"""
      POST contacts "query":{"uuid":"11111111-1111-4111-8111-111111111111"},\#
      "body":{"urns":["ext:2","ext:3","ext:1"]}
      """#
    ])
    #expect(report.setAside.map(\.item) == [.urn("ext:3")])
    #expect(report.requestCount == 3)
    #expect(try await rehearsal.contact("ext:1")?.urns == ["ext:2", "ext:1"])
  }

  @Test("an edit that changes nothing is not sent, and has the answer of the call it edits")
  func unchanged() async throws {
    let rehearsal = try Rehearsal(.weni, two)
    let report = try await rehearsal.run([
      #"GET contacts "query":{"urn":"ext:1"},"missing":"skip""#,
      #"""
      POST contacts "query":{"uuid":{"answer":1}},\#
      "body":{"urns":{"answer":1,"add":["ext:2"],"first":[],"remove":["ext:9"]}},"after":[1]
      """#,
      #"POST contacts "query":{"uuid":{"answer":2}},"body":{"name":"Ana"},"after":[2]"#,
    ])
    #expect(report.requestCount == 2)
    #expect(try await rehearsal.contact("ext:1")?["name"]?.text == "Ana")
  }

  @Test("who is found by the other spelling keeps their own")
  func spelling() async throws {
    let rehearsal = try Rehearsal(
      .weni, #"{"contacts": [{"urns": ["whatsapp:558299330001"]}]}"#)
    try await rehearsal.run([
      #"POST contacts "query":{"urn":"whatsapp:5582999330001"},"body":{}"#,
      #"""
      POST contacts "query":{"uuid":{"answer":1}},\#
      "body":{"urns":{"answer":1,"add":["ext:1"],"first":[],"remove":[]}},"after":[1]
      """#,
    ])
    #expect(try await rehearsal.contact("ext:1")?.urns == ["whatsapp:558299330001", "ext:1"])
  }

  @Test("a new contact without URNs is not made", arguments: Dialect.allCases)
  func nameless(_ dialect: Dialect) async throws {
    let report = try await Rehearsal(dialect, two).run([#"POST contacts "body":{"name":"Bia"}"#])
    #expect(report.setAside.map(\.item) == [.call])
    #expect(report.requestCount == 0)
  }

  @Test(
    "a new contact whose first URN somebody has by now adds what it has to theirs",
    arguments: Dialect.allCases)
  func metMeanwhile(_ dialect: Dialect) async throws {
    let rehearsal = try Rehearsal(
      dialect,
      #"""
      {"contacts": [{"urns": ["ext:1", "ext:2"], "name": "Ana", "groups": ["Vip"]},
                    {"urns": ["ext:3"], "name": "Cid"}],
       "groups": [{"name": "Vip"}, {"name": "Novos"}], "fields": [{"key": "plan", "label": "Plan"}]}
      """#)
    let report = try await rehearsal.run([
      #"""
      POST contacts "body":{"name":"Bia","fields":{"plan":"gold"},"groups":["Novos"],\#
      "urns":["ext:1","ext:3","ext:4"]}
      """#
    ])
    #expect(report.setAside.map(\.item) == [.urn("ext:3")])
    let contact = try await rehearsal.contact("ext:1")
    #expect(contact?.urns == ["ext:1", "ext:2", "ext:4"])
    #expect(contact?["name"]?.text == "Bia")
    #expect(contact?["fields"]?["plan"]?.text == "gold")
    let groups = contact?["groups"]?.items?.compactMap { $0["name"]?.text }
    #expect(groups.map(Set.init) == ["Vip", "Novos"])
    #expect(try await rehearsal.contact("ext:3")?["name"]?.text == "Cid")
  }
}
