import Contacts
import RecordedAPI
import Simulator
import Testing

@Suite("Requests and answers")
struct ProtocolTests {
  @Test(
    "what is no JSON is refused in Python's words",
    arguments: [
      ("{", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
      ("[", "Expecting value: line 1 column 2 (char 1)"),
      ("{\"a\"", "Expecting ':' delimiter: line 1 column 5 (char 4)"),
      ("{\"a\":", "Expecting value: line 1 column 6 (char 5)"),
      ("{\"a\":1", "Expecting ',' delimiter: line 1 column 7 (char 6)"),
      ("{\"a\":1,}", "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)"),
      ("[1,]", "Expecting value: line 1 column 4 (char 3)"),
      ("[1 2]", "Expecting ',' delimiter: line 1 column 4 (char 3)"),
      ("{a:1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
      ("nul", "Expecting value: line 1 column 1 (char 0)"),
      ("\"abc", "Unterminated string starting at: line 1 column 1 (char 0)"),
      ("\"a\\x\"", "Invalid \\escape: line 1 column 3 (char 2)"),
      ("\"a\\u12\"", "Invalid \\uXXXX escape: line 1 column 4 (char 3)"),
      ("{\"a\":1} x", "Extra data: line 1 column 9 (char 8)"),
      ("{\"a\":\n tru}", "Expecting value: line 2 column 2 (char 7)"),
      ("[1,\n2,,3]", "Expecting value: line 2 column 3 (char 6)"),
      ("{'a':1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
      ("-", "Expecting value: line 1 column 1 (char 0)"),
      ("01", "Extra data: line 1 column 2 (char 1)"),
      ("1.", "Extra data: line 1 column 2 (char 1)"),
      ("\u{FEFF}{}", "Unexpected UTF-8 BOM (decode using utf-8-sig): line 1 column 1 (char 0)"),
      ("\"\u{1}\"", "Invalid control character at: line 1 column 2 (char 1)"),
      ("{\"é\":é}", "Expecting value: line 1 column 6 (char 5)"),
      ("[1e]", "Expecting ',' delimiter: line 1 column 3 (char 2)"),
      ("{\"a\" 1}", "Expecting ':' delimiter: line 1 column 6 (char 5)"),
      ("\\", "Expecting value: line 1 column 1 (char 0)"),
      ("{\"a\":\"\\ud83d\"", "Expecting ',' delimiter: line 1 column 14 (char 13)"),
    ])
  func syntax(text: String, words: String) throws {
    var server = try TestServer()
    let reply = server.post("groups.json", text)
    #expect(reply.status == 400)
    #expect(reply.complaint == "JSON parse error - \(words)")
  }

  @Test("numbers that JSON lacks are names in weni and an error in rapidpro")
  func constants() throws {
    var weni = try TestServer()
    #expect(weni.post("contacts.json", #"{"name":NaN}"#)["name"]?.string == "nan")
    #expect(weni.post("contacts.json", #"{"name":-Infinity}"#)["name"]?.string == "-inf")
    var rapidpro = try TestServer(.rapidpro)
    #expect(
      rapidpro.post("contacts.json", #"{"name":NaN}"#).complaint
        == "JSON parse error - Out of range float values are not JSON compliant: 'NaN'")
  }

  @Test("nesting exhausts the one interpreter and not the other")
  func depth() throws {
    let nested = String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000)
    var weni = try TestServer()
    #expect(weni.post("contacts.json", nested).status == 500)
    var rapidpro = try TestServer(.rapidpro)
    #expect(
      rapidpro.post("contacts.json", nested).complaint
        == "Request body should be a single JSON object")
    #expect(rapidpro.post("contacts.json", String(repeating: "[", count: 2_000_000)).status == 500)
  }

  @Test("of a key that stands twice the last value counts")
  func repeatedKeys() throws {
    var server = try TestServer()
    #expect(server.post("contacts.json", #"{"name":"A","name":"B"}"#)["name"]?.string == "B")
  }

  @Test(
    "numbers become texts as Python writes them",
    arguments: [
      ("5", "5"), ("5.50", "5.5"), ("1e21", "1e+21"), ("1e16", "1e+16"), ("12e15", "1.2e+16"),
      ("123456789012345", "123456789012345"), ("9007199254740993.0", "9007199254740992.0"),
      ("0.00001", "1e-05"), ("-0", "0"), ("-0.0", "-0.0"), ("1e400", "inf"),
    ])
  func numbers(json: String, text: String) throws {
    var server = try TestServer()
    #expect(server.post("contacts.json", #"{"name":\#(json)}"#)["name"]?.string == text)
  }

  @Test("a quota refuses with the seconds until its oldest request leaves the window")
  func quota() throws {
    let state = #"{"workspace":{"rates":{"v2.contacts":"2/minute"}}}"#
    var server = try TestServer(state: state)
    _ = server.get("contacts.json")
    server.wait(.seconds(20))
    #expect(server.post("contacts.json?uuid=x").status == 404)
    let reply = server.get("contacts.json")
    #expect(reply.status == 429)
    #expect(reply.answer.header("Retry-After") == "40")
    #expect(reply.complaint == "Request was throttled. Expected available in 40 seconds.")
    #expect(server.get("groups.json").status == 200)
    server.wait(.seconds(40))
    #expect(server.get("contacts.json").status == 200)
    #expect(server.get("contacts.json").answer.header("Retry-After") == "20")
  }

  @Test("who may not come in is refused with 403 and counts for no quota")
  func strangers() throws {
    var server = try TestServer(state: #"{"workspace":{"rates":{"v2.contacts":"1/hour"}}}"#)
    let wrong = [APIHeader("Authorization", "Token 1")]
    #expect(server.send("GET", "contacts.json", headers: wrong).status == 403)
    #expect(server.get("contacts.json").status == 200)
  }

  @Test("a list goes on page by page, and back again", arguments: Dialect.allCases)
  func paging(dialect: Dialect) throws {
    var server = try TestServer(dialect)
    for number in 0..<601 { _ = server.contact(#"{"urns":["ext:\#(number)"]}"#) }
    // A bulk action gives a hundred contacts one time of change.
    _ = server.post("groups.json", #"{"name":"G"}"#)
    let urns = (200..<300).map { "\"ext:\($0)\"" }.joined(separator: ",")
    _ = server.post("contact_actions.json", #"{"contacts":[\#(urns)],"action":"add","group":"G"}"#)
    var pages: [[String]] = []
    var target: String? = "contacts.json"
    var last = ""
    while let address = target {
      let reply = server.get(address)
      pages.append(reply.results.compactMap { $0["uuid"]?.string })
      last = reply["previous"]?.string ?? ""
      target = reply["next"]?.string.map(Self.target)
    }
    #expect(pages.map(\.count) == [250, 250, 101])
    #expect(Set(pages.joined()).count == 601)
    let back = server.get(Self.target(last))
    #expect(back.results.compactMap { $0["uuid"]?.string } == pages[1])
    #expect(server.get("contacts.json?cursor=x").description == #"404 {"detail":"Invalid cursor"}"#)
  }

  private static func target(_ link: String) -> String {
    String(link.split(separator: "/api/v2/").last ?? "")
  }
}
