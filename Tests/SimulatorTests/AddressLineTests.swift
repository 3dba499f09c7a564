import Contacts
import RecordedAPI
import Simulator
import Testing

@Suite("Address lines and who reads them")
struct AddressLineTests {
  private static let json = APIHeader("Accept", "application/json")
  private static let stranger = APIHeader("Authorization", "")

  @Test(
    "without a suffix lists are documentation, and what is one object is shown",
    arguments: Dialect.allCases,
    [
      ("contacts", "list"), ("fields", "list"), ("groups", "list"), ("workspace", "object"),
      ("org", "object"),
    ])
  func suffixless(dialect: Dialect, row: (path: String, shape: String)) throws {
    var server = try TestServer(dialect)
    let reply = server.send("GET", row.path, headers: [Self.json])
    #expect(reply.status == 200)
    #expect(reply["timezone"] == (row.shape == "list" ? nil : .string("America/Sao_Paulo")))
    #expect(reply.body.items?.isEmpty == (row.shape == "list" ? true : nil))
  }

  @Test("rapidpro shows its endpoints to anybody, weni to users")
  func root() throws {
    for (dialect, status) in [(Dialect.weni, 403), (.rapidpro, 200)] {
      var server = try TestServer(dialect)
      #expect(server.send("GET", "", headers: [Self.json, Self.stranger]).status == status)
      #expect(server.send("POST", "", headers: [Self.json]).status == 405)
    }
  }

  @Test(
    "reading documentation with a token counts, the root's in rapidpro alone",
    arguments: [
      (Dialect.weni, "contacts", 429), (.rapidpro, "contacts", 429), (.weni, "", 200),
      (.rapidpro, "", 429),
    ])
  func quota(dialect: Dialect, path: String, status: Int) throws {
    let state = #"{"workspace":{"rates":{"v2":"1/hour","v2.contacts":"1/hour"}}}"#
    var server = try TestServer(dialect, state: state)
    #expect(server.send("GET", path, headers: [Self.json]).status == 200)
    #expect(server.send("GET", path, headers: [Self.json]).status == status)
  }

  @Test("a list takes a hundred uuids in rapidpro, and only the first one counts")
  func manyUUIDs() throws {
    var server = try TestServer(.rapidpro)
    let ana = server.contact("{}")
    let bia = server.contact("{}")
    let some = "contacts.json?uuid=\(ana)" + String(repeating: "&uuid=\(bia)", count: 99)
    #expect(server.get(some).results.map { $0["uuid"]?.string } == [ana])
    let tooMany = server.get(some + "&uuid=\(bia)")
    #expect(tooMany.complaint == "Param 'uuid' can have a maximum of 100 values.")
    #expect(tooMany.status == 400)
  }

  @Test(
    "a list ends and begins at times in the shapes of ISO 8601",
    arguments: [
      ("2026", true), ("2026-3", true), ("202603", false), ("20260302", true), ("2026-3-2", true),
      ("2026-03-02T", false), ("2026-03-02T10", true), ("2026-03-02T10:0", true),
      ("2026-03-02T10:", false), ("2026-03-02T10:00:0", true), ("2026-03-02T1000", true),
      ("2026-03-02T10:00:00,123456789", true), ("2026-03-02T10:00:00%2B03", true),
      ("2026-03-02T10:00:00+03:00", false), ("2026-03-02%2010:00:00", true),
      ("2026-03-02t10:00", false), ("2026-03-02T24:00", false), ("2026-02-30", false),
      ("2026-03-02T10:60", false), ("2026-03-02T10:00:00.", false), ("2026-03-02T10Z", true),
      ("2026-03-02T10:00:00%2B23:59", true), ("2026-03-02T10:00:00%2B24:00", false),
      ("0000-01-01", false), ("%202026-03-02", false),
    ])
  func times(text: String, isTime: Bool) throws {
    var server = try TestServer()
    _ = server.contact("{}")
    #expect(server.get("contacts.json?after=\(text)").results.count == (isTime ? 1 : 0))
  }

  @Test(
    "weni's page may be of any size that the database can count",
    arguments: [
      ("1", 200, 1), ("3", 200, 3), ("9223372036854775000", 200, 3),
      ("9223372036854775807", 500, 0), ("100000000000000000000", 500, 0), ("0", 200, 3),
      ("-1", 200, 3), ("x", 200, 3), ("", 200, 3), ("+2", 200, 2), ("2.0", 200, 3),
    ])
  func pageSize(limit: String, status: Int, count: Int) throws {
    var server = try TestServer()
    for _ in 0..<3 { _ = server.contact("{}") }
    let reply = server.get("contacts.json?limit=\(limit)")
    #expect(reply.status == status)
    #expect(reply.results.count == count)
  }

  @Test(
    "a page of one leads on in every order, and back",
    arguments: [
      "", "reverse=true", "order_by=created_on", "order_by=-created_on", "order_by=modified_on",
      "order_by=name", "after=2020-01-01", "group=G",
    ])
  func pages(query: String) throws {
    var server = try TestServer(state: #"{"groups":[{"name":"G"}]}"#)
    for name in ["A", "B", "C"] { _ = server.contact(#"{"name":"\#(name)","groups":["G"]}"#) }
    var names: [String] = []
    var target: String? = "contacts.json?limit=1&\(query)"
    var last = server.get(target ?? "")
    while let address = target {
      last = server.get(address)
      names += last.results.compactMap { $0["name"]?.string }
      target = last["next"]?.string.map(Self.target)
    }
    let isAscending = ["reverse=true", "order_by=created_on", "order_by=modified_on"].contains(
      query)
    #expect(names == (isAscending ? ["A", "B", "C"] : ["C", "B", "A"]))
    let back = server.get(Self.target(last["previous"]?.string ?? ""))
    #expect(back.results.compactMap { $0["name"]?.string } == ["B"])
  }

  private static func target(_ link: String) -> String {
    String(link.split(separator: "/api/v2/").last ?? "")
  }
}
