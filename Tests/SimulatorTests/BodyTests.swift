import Contacts
import RecordedAPI
import Simulator
import Testing

@Suite("Bodies that are no plain JSON")
struct BodyTests {
  private static let form = APIHeader("Content-Type", "application/x-www-form-urlencoded")

  @Test(
    "an empty text of a form is null or absent, unless the key takes blanks",
    arguments: [
      ("name=", "400 Contact name cannot be empty.", "201 "),
      ("name=+", "400 Contact name cannot be empty.", "400 This field may not be blank."),
      ("language=", "201 ", "201 "), ("urns=", "400 This field may not be blank.", nil),
      ("groups=", "400 No such object: ", nil), ("fields=x", "201 ", "201 "),
      ("name=A&name=B", "201 B", "201 B"),
      ("name=%00", "400 Null characters are not allowed.", nil),
      ("name=ol%C3%A1;b", "201 olá;b", nil),
      (
        "urns[1]=ext:a&urns[0]=b",
        "400 Invalid URN: b. Ensure phone numbers contain country codes.", nil
      ),
    ])
  func forms(body: String, weni: String, rapidpro: String?) throws {
    for (dialect, expected) in [(Dialect.weni, weni), (.rapidpro, rapidpro ?? weni)] {
      var server = try TestServer(dialect)
      let reply = server.send("POST", "contacts.json", body, headers: [Self.form])
      let said = reply.status < 300 ? reply["name"]?.string ?? "" : reply.complaint
      #expect("\(reply.status) \(said)" == expected, "\(dialect)")
    }
  }

  @Test(
    "the charset of a body decides how its bytes are read",
    arguments: [
      ("utf-8", "201 é"), ("UTF-8", "201 é"), ("iso-8859-1", "201 Ã©"), ("nonsense", "201 é"),
      (
        "us-ascii",
        "400 JSON parse error - 'ascii' codec can't decode byte 0xc3 in position 9: "
          + "ordinal not in range(128)"
      ),
    ])
  func charsets(charset: String, expected: String) throws {
    var server = try TestServer()
    let type = APIHeader("Content-Type", "application/json; charset=\(charset)")
    let reply = server.send("POST", "contacts.json", #"{"name":"é"}"#, headers: [type])
    #expect("\(reply.status) \(reply["name"]?.string ?? reply.complaint)" == expected)
  }

  @Test("a Twitter handle is taken in weni where an id shows it")
  func handles() throws {
    for (dialect, status) in [(Dialect.weni, 400), (.rapidpro, 201)] {
      var server = try TestServer(dialect)
      let ana = server.contact(#"{"urns":["twitterid:123#Ben"]}"#)
      let reply = server.post("contacts.json", #"{"urns":["twitter:@BEN"]}"#)
      #expect(reply.status == status)
      if dialect == .weni {
        #expect(reply.complaint == "URN belongs to another contact: twitter:ben")
      }
      _ = server.delete("contacts.json?uuid=\(ana)")
      #expect(
        server.post("contacts.json", #"{"urns":["twitter:ben"]}"#).status
          == (status == 400 ? 201 : 400))
    }
  }

  @Test(
    "mail addresses are judged by the validator of each server",
    arguments: [
      ("a@b.com", true, true), ("a@b.1a", true, false), ("a@b.123", true, false),
      ("a@b.c1", true, false), ("a@b.c", false, false), ("a@b.c-d", true, true),
      ("a@b.-c", true, false), ("a@b.c-", false, false), ("a@b.é", true, false),
      ("a@b.éé", true, true), ("a@b.xn--p1ai", true, true), ("a@b", false, false),
      ("a@localhost", true, true), ("a@127.0.0.1", false, false), ("a@[127.0.0.1]", true, true),
      ("a@[01.2.3.4]", false, false), (".a@b.com", false, false), ("a..b@c.com", false, false),
      ("é@b.com", false, false), ("a@é.com", true, true), ("a@b_c.com", false, false),
    ])
  func mails(path: String, weni: Bool, rapidpro: Bool) throws {
    for (dialect, isValid) in [(Dialect.weni, weni), (.rapidpro, rapidpro)] {
      var server = try TestServer(dialect)
      let reply = server.post("contacts.json", #"{"urns":["mailto:\#(path)"]}"#)
      #expect(reply.status == (isValid ? 201 : 400), "\(dialect)")
    }
  }
}
