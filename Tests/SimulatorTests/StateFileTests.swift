import Contacts
import RecordedAPI
import Simulator
import Testing

@Suite("State files")
struct StateFileTests {
  @Test("a workspace that is written and read is the same", arguments: Dialect.allCases)
  func roundTrip(dialect: Dialect) throws {
    var server = try TestServer(
      dialect,
      state: #"{"orphans":["ext:o"],"groups":[{"name":"Smart","query":"age > 1"},{"name":"G"}]}"#)
    _ = server.post("fields.json", #"{"label":"Since","value_type":"datetime"}"#)
    let ana = server.contact(
      #"{"name":"Ana","urns":["ext:1#x"],"groups":["G"],"fields":{"since":"2020-01-31"}}"#)
    let bia = server.contact(#"{"name":"Bia"}"#)
    _ = server.delete("contacts.json?uuid=\(bia)")
    let written = StateFile.write(server.workspace)
    let again = try StateFile.read(written)
    #expect(
      String(decoding: StateFile.write(again), as: UTF8.self)
        == String(decoding: written, as: UTF8.self))
    var other = server
    other.workspace = again
    #expect(other.shown(ana) == server.shown(ana))
    #expect(other.post("contacts.json").body == server.post("contacts.json").body)
  }

  @Test("a part of a file changes what is there already")
  func patches() throws {
    var server = try TestServer()
    let ana = server.contact(#"{"name":"Ana"}"#)
    try StateFile.apply(
      Array(#"{"contacts":[{"name":"Ana","status":"stopped"}]}"#.utf8), to: &server.workspace)
    #expect(server.shown(ana)["stopped"] == .bool(true))
    #expect(server.get("contacts.json").results.count == 1)
  }

  @Test(
    "a mistake is named with its place",
    arguments: [
      (#"{"contact":[]}"#, "", "unknown key `contact`"),
      (#"{"contacts":[{"groups":["x"]}]}"#, "contacts[0].groups[0]", "no such group"),
      (#"{"workspace":{"timezone":"Mars"}}"#, "workspace.timezone", "no such time zone"),
      (#"{"users":[{"name":"x"}]}"#, "users[0]", "lacks `email`"),
      (#"[]"#, "", "must be an object"),
    ])
  func mistakes(state: String, path: String, reason: String) {
    #expect(throws: StateFailure(path: path, reason: reason)) {
      try StateFile.read(Array(state.utf8))
    }
  }
}
