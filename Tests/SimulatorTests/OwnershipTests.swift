import Contacts
import RecordedAPI
import Simulator
import Testing

@Suite("Whose URN it is")
struct OwnershipTests {
  @Test("an update takes a URN from its owner, who is touched", arguments: Dialect.allCases)
  func theft(dialect: Dialect) throws {
    var server = try TestServer(dialect)
    let victim = server.contact(#"{"name":"Ana","urns":["ext:1","ext:2"]}"#)
    let before = server.shown(victim)["modified_on"]
    let thief = server.contact(#"{"name":"Bia"}"#)
    #expect(server.post("contacts.json?uuid=\(thief)", #"{"urns":["ext:1"]}"#).status == 200)
    #expect(server.shown(victim)["urns"]?.strings == ["ext:2"])
    #expect(server.shown(victim)["modified_on"] != before)
    #expect(server.shown(thief)["urns"]?.strings == ["ext:1"])
  }

  @Test("a creation never takes a URN, in the words of its dialect")
  func refusal() throws {
    for (dialect, words) in [
      (Dialect.weni, "URN belongs to another contact: ext:1"),
      (.rapidpro, "URN is in use by another contact."),
    ] {
      var server = try TestServer(dialect)
      _ = server.contact(#"{"urns":["ext:1"]}"#)
      let reply = server.post("contacts.json", #"{"urns":["ext:0","ext:1"]}"#)
      #expect(reply.status == 400)
      #expect(reply.complaint == words)
      #expect(server.get("contacts.json").results.count == 1)
    }
  }

  @Test("a URN that was let go is free for the next contact", arguments: Dialect.allCases)
  func orphans(dialect: Dialect) throws {
    var server = try TestServer(dialect, state: #"{"orphans":["ext:left"]}"#)
    let first = server.contact(#"{"urns":["ext:1"]}"#)
    #expect(server.post("contacts.json?uuid=\(first)", #"{"urns":[]}"#).status == 200)
    #expect(server.post("contacts.json", #"{"urns":["ext:1","ext:left"]}"#).status == 201)
    #expect(server.shown(first)["urns"]?.strings == [])
  }

  @Test("a deleted contact frees its URNs and keeps its uuid", arguments: Dialect.allCases)
  func deletion(dialect: Dialect) throws {
    var server = try TestServer(dialect)
    let gone = server.contact(#"{"name":"Ana","urns":["ext:1"]}"#)
    #expect(server.delete("contacts.json?uuid=\(gone)").status == 204)
    #expect(server.delete("contacts.json?uuid=\(gone)").status == 204)
    #expect(server.delete("contacts.json?urn=ext:1").status == 404)
    #expect(server.post("contacts.json?uuid=\(gone)", #"{"name":"x"}"#).status == 400)
    let next = server.post("contacts.json?urn=ext:1", #"{"name":"Bia"}"#)
    #expect(next.status == 201)
    #expect(next.uuid != gone)
    #expect(server.get("contacts.json?deleted=true").results.map { $0["uuid"] } == [.string(gone)])
  }

  @Test("weni finds the other spelling of a Brazilian number, and only by POST")
  func ninthDigit() throws {
    var server = try TestServer()
    let ana = server.contact(#"{"urns":["whatsapp:5582999331122"]}"#)
    let reply = server.post("contacts.json?urn=whatsapp:558299331122", #"{"name":"Ana"}"#)
    #expect(reply.status == 200)
    #expect(reply.uuid == ana)
    #expect(reply["urns"]?.strings == ["whatsapp:5582999331122"])
    let created = server.post("contacts.json", #"{"urns":["whatsapp:558299331122"]}"#)
    #expect(created.description == #"400 {"error":"URNs in use by other contacts"}"#)
    #expect(server.get("contacts.json?urn=whatsapp:558299331122").results.isEmpty)
  }

  @Test("the service drops, or refuses, URNs that only the API accepts")
  func serviceRules() throws {
    var weni = try TestServer()
    let ana = weni.contact(#"{"urns":["ext:1"]}"#)
    let reply = weni.post("contacts.json?uuid=\(ana)", #"{"urns":["weniwebchat:a","ext:2"]}"#)
    #expect(reply["urns"]?.strings == ["ext:2"])
    #expect(
      weni.post("contacts.json", #"{"urns":["teams:abc"]}"#).description
        == #"400 {"error":"can't insert invalid URN 'teams:abc'"}"#)
    var rapidpro = try TestServer(.rapidpro)
    #expect(
      rapidpro.post("contacts.json", #"{"urns":["ext:1","line:não"]}"#).complaint
        == "URN is not valid.")
  }

  @Test("a repeated last URN discards the whole change in weni, not in rapidpro")
  func repetition() throws {
    for (dialect, urns) in [(Dialect.weni, ["ext:0"]), (.rapidpro, ["ext:2", "ext:1"])] {
      var server = try TestServer(dialect)
      let ana = server.contact(#"{"urns":["ext:0"]}"#)
      let body = #"{"urns":["ext:1","ext:2","ext:1"]}"#
      #expect(server.post("contacts.json?uuid=\(ana)", body)["urns"]?.strings == urns)
    }
  }
}
