import Contacts
import RecordedAPI
import Simulator
import Testing

@Suite("What a change does")
struct ChangeTests {
  private static let groups = #"""
    {"groups":[{"name":"G1"},{"name":"G2"},{"name":"G3"},{"name":"G4"},{"name":"G5"},{"name":"G6"}]}
    """#

  @Test(
    "blocking leaves weni's contacts in every other group, but the last ones",
    arguments: [
      (1, []), (2, []), (3, ["G2"]), (4, ["G2"]), (5, ["G2", "G4"]), (6, ["G2", "G4"]),
    ])
  func survivors(count: Int, left: [String]) throws {
    var server = try TestServer(state: Self.groups)
    let names = (1...count).map { "\"G\($0)\"" }.joined(separator: ",")
    let ana = server.contact(#"{"groups":[\#(names)]}"#)
    #expect(server.post("contact_actions.json", action("block", ana)).status == 204)
    #expect(server.shown(ana).groupNames == left)
    let counts = server.get("groups.json").results.map { $0["count"]?.integer }
    #expect(counts.filter { $0 == 1 }.count == left.count)
  }

  @Test("the flaw can be switched off, and rapidpro has none")
  func noSurvivors() throws {
    let state =
      #"{"workspace":{"block_flaw":false},"groups":[{"name":"A"},{"name":"B"},{"name":"C"}]}"#
    for dialect in Dialect.allCases {
      var server = try TestServer(dialect, state: state)
      let ana = server.contact(#"{"groups":["A","B","C"]}"#)
      _ = server.post("contact_actions.json", action("block", ana))
      #expect(server.shown(ana).groupNames == [])
    }
  }

  @Test("a new field or group is unknown to the service for a while, on request")
  func assetDelay() throws {
    let state = #"{"workspace":{"asset_delay":5}}"#
    var server = try TestServer(state: state)
    let ana = server.contact(#"{"name":"Ana"}"#)
    _ = server.post("fields.json", #"{"label":"Age","value_type":"numeric"}"#)
    _ = server.post("groups.json", #"{"name":"Old"}"#)
    #expect(server.post("contacts.json?uuid=\(ana)", #"{"fields":{"age":1}}"#).status == 500)
    #expect(
      server.post("contacts.json", #"{"fields":{"age":1}}"#).description
        == #"400 {"error":"unknown contact field 'age'"}"#)
    #expect(server.post("contact_actions.json", action("add", ana, "Old")).status == 500)
    server.wait(.seconds(5))
    _ = server.post("groups.json", #"{"name":"New"}"#)
    let reply = server.post(
      "contacts.json?uuid=\(ana)", #"{"groups":["Old","New"],"fields":{"age":1}}"#)
    #expect(reply.status == 200)
    #expect(reply.body.groupNames == ["Old"])
  }

  @Test("one unknown contact refuses a bulk action, and only the first is named")
  func allOrNothing() throws {
    var server = try TestServer(state: Self.groups)
    let ana = server.contact(#"{"urns":["ext:1"]}"#)
    let body = #"{"contacts":["\#(ana)","ext:2","ext:3"],"action":"add","group":"G1"}"#
    #expect(
      server.post("contact_actions.json", body).description
        == #"400 {"contacts":["No such object: ext:2"]}"#)
    #expect(server.shown(ana).groupNames == [])
  }

  @Test("a deletion that fails midway leaves the first contacts deleted")
  func partialDeletion() throws {
    var server = try TestServer()
    let contacts = (1...3).map { server.contact(#"{"urns":["ext:\#($0)"]}"#) }
    server.workspace.deletionLimit = 2
    let body = #"{"contacts":["ext:1","ext:2","ext:3"],"action":"delete"}"#
    #expect(server.post("contact_actions.json", body).status == 500)
    #expect(server.get("contacts.json").results.map { $0["uuid"] } == [.string(contacts[2])])
  }

  @Test("what changes nothing does not move the time of change")
  func modification() throws {
    var server = try TestServer(.rapidpro, state: Self.groups)
    let ana = server.contact(#"{"name":"Ana","urns":["ext:1"],"groups":["G1"]}"#)
    let before = server.shown(ana)["modified_on"]
    for body in [#"{}"#, #"{"name":"Ana"}"#, #"{"urns":["ext:1"]}"#, #"{"groups":["G1"]}"#] {
      #expect(server.post("contacts.json?uuid=\(ana)", body)["modified_on"] == before, "\(body)")
    }
    _ = server.post("contact_actions.json", action("add", ana, "G1"))
    #expect(server.shown(ana)["modified_on"] == before)
    #expect(server.post("contacts.json?uuid=\(ana)", #"{"name":"B"}"#)["modified_on"] != before)
  }

  @Test("smart groups show active members alone, and no one joins them by name")
  func smartGroups() throws {
    var server = try TestServer(
      state:
        #"{"groups":[{"name":"Adultos","query":"age > 18"}],"contacts":[{"name":"Ana","urns":["ext:1"],"groups":["Adultos"]}]}"#
    )
    let ana = server.get("contacts.json").results[0]["uuid"]?.string ?? ""
    #expect(server.shown(ana).groupNames == ["Adultos"])
    _ = server.post("contact_actions.json", action("block", ana))
    #expect(server.shown(ana).groupNames == [])
    #expect(server.get("groups.json").results[0]["count"]?.integer == 0)
    _ = server.post("contact_actions.json", action("unblock", ana))
    #expect(
      server.post("contacts.json?uuid=\(ana)", #"{"groups":[]}"#).body.groupNames == ["Adultos"])
    #expect(server.get("groups.json").results[0]["count"]?.integer == 1)
  }

  private func action(_ word: String, _ contact: String, _ group: String? = nil) -> String {
    let part = group.map { #","group":"\#($0)""# } ?? ""
    return #"{"contacts":["\#(contact)"],"action":"\#(word)"\#(part)}"#
  }
}
