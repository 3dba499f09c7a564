import CEL
import Contacts
import Testing

@testable import Execution

private let ana = "tel:+5582999330001"
private let state = #"""
  {"fields": [{"key": "f", "label": "F", "type": "text"}],
   "groups": [{"name": "A"}, {"name": "B"}, {"name": "Smart", "query": "f = 1"}],
   "contacts": [
     {"uuid": "11111111-1111-4111-8111-111111111111", "name": "Ana", "urns": ["tel:+5582999330001"]},
     {"uuid": "22222222-2222-4222-8222-222222222222", "status": "blocked", "urns": ["ext:b"]}]}
  """#

@Suite("What the server refuses")
struct RefusalTests {
  @Test("a field or group costs itself, and the rest is sent again", arguments: Dialect.allCases)
  func items(_ dialect: Dialect) async throws {
    let rehearsal = try Rehearsal(dialect, state)
    let report = try await rehearsal.run([
      #"""
      POST contacts "query":{"urn":"tel:+5582999330001"},"body":{"name":"Bia",\#
      "fields":{"f":"1","g":"2","h":"3"},"groups":["A","Nowhere","smart"]}
      """#
    ])
    #expect(
      report.setAside.map(\.item) == [
        .field("g"), .group("Nowhere"), .field("h"), .group("smart"),
      ])
    #expect(report.items.first == #"1 field("g"): Invalid contact field key: g"#)
    let contact = try #require(try await rehearsal.contact(ana))
    #expect(contact["name"]?.text == "Bia")
    #expect(contact["fields"]?["f"]?.text == "1")
    #expect(contact.groupNames == ["A"])
  }

  @Test("a contact is made though all that was asked for is refused", arguments: Dialect.allCases)
  func emptied(_ dialect: Dialect) async throws {
    let rehearsal = try Rehearsal(dialect)
    let report = try await rehearsal.run([
      #"POST contacts "query":{"urn":"ext:new"},"body":{"fields":{"g":"2"}}"#
    ])
    #expect(report.setAside.map(\.item) == [.field("g")])
    #expect(try await rehearsal.contact("ext:new") != nil)
  }

  @Test("who is not active gets no groups, and all else", arguments: Dialect.allCases)
  func inactive(_ dialect: Dialect) async throws {
    let rehearsal = try Rehearsal(dialect, state)
    let report = try await rehearsal.run([
      #"POST contacts "query":{"urn":"ext:b"},"body":{"name":"Bia","groups":["A"]}"#,
      #"POST contact_actions "body":{"contacts":["ext:b","tel:+5582999330001"],"action":"add","group":"B"}"#,
    ])
    #expect(report.setAside.map(\.item) == [.groups, .contact("ext:b")])
    #expect(try await rehearsal.contact("ext:b")?["name"]?.text == "Bia")
    #expect(try await rehearsal.contact(ana)?.groupNames == ["B"])
  }

  @Test("a group that is not there costs the bulk call, once its contacts are made")
  func group() async throws {
    let rehearsal = try Rehearsal(.weni, state)
    let report = try await rehearsal.run([
      #"""
      POST contact_actions "body":{"contacts":["tel:+5582999330001","ext:new"],"action":"add",\#
      "group":"Nowhere"},"missing":"create"
      """#
    ])
    #expect(report.setAside.map(\.item) == [.contact(ana), .contact("ext:new")])
    #expect(report.setAside.allSatisfy { $0.words == "No such object: Nowhere" })
    #expect(try await rehearsal.contact("ext:new") != nil)
  }

  @Test("a URN that cannot be one costs itself", arguments: Dialect.allCases)
  func urn(_ dialect: Dialect) async throws {
    let rehearsal = try Rehearsal(dialect, state)
    let report = try await rehearsal.run(
      [
        #"""
        POST contacts "query":{"uuid":"11111111-1111-4111-8111-111111111111"},\#
        "body":{"name":"Bia","urns":["ext:1","tel:190","ext:2"]}
        """#
      ], moves: .allowed)
    #expect(report.setAside.map(\.item) == [.urn("tel:190")])
    let contact = try await rehearsal.contact("ext:1")
    #expect(contact?.urns == ["ext:1", "ext:2"])
  }

  @Test("what is so already is success", arguments: Dialect.allCases)
  func existing(_ dialect: Dialect) async throws {
    let rehearsal = try Rehearsal(dialect, state)
    let report = try await rehearsal.run([
      #"POST groups "body":{"name":"a"}"#,
      #"POST fields "body":{"label":"F","value_type":"text"}"#,
      #"GET groups "query":{"name":"Nowhere"}"#,
      #"POST groups "query":{"uuid":{"answer":3}},"body":{"name":"Somewhere"},"after":[3]"#,
      #"DELETE groups "query":{"uuid":{"answer":3}},"after":[3]"#,
      #"DELETE contacts "query":{"uuid":"99999999-9999-4999-8999-999999999999"},"missing":"skip""#,
    ])
    #expect(report.items == [])
    #expect(report.outcomes.count == 6)
  }

  @Test("a group is renamed and deleted by its name in any case")
  func groups() async throws {
    let rehearsal = try Rehearsal(.weni, state)
    let report = try await rehearsal.run([
      #"GET groups "query":{"name":"a"}"#,
      #"POST groups "query":{"uuid":{"answer":1}},"body":{"name":"C"},"after":[1]"#,
      #"POST contact_actions "body":{"contacts":["tel:+5582999330001"],"action":"add","group":"c"}"#,
      #"GET groups "query":{"name":"b"}"#,
      #"DELETE groups "query":{"uuid":{"answer":4}},"after":[4]"#,
      #"POST contact_actions "body":{"contacts":["tel:+5582999330001"],"action":"add","group":"B"}"#,
    ])
    #expect(report.items == [#"6 contact("tel:+5582999330001"): No such object: B"#])
    #expect(try await rehearsal.contact(ana)?.groupNames == ["C"])
  }
}
