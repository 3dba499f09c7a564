import Contacts
import RecordedAPI
import Simulator
import Testing

@Suite("Field values")
struct FieldValueTests {
  private static let state = #"""
    {"clock":{"now":"2026-11-23T14:36:30.123456Z"},
     "fields":[{"key":"n","label":"N","type":"number"},{"key":"d","label":"D","type":"datetime"},
       {"key":"t","label":"T"},{"key":"s","label":"S","type":"state"},
       {"key":"i","label":"I","type":"district"}],
     "workspace":{"places":["Brazil > Alagoas","Brazil > Alagoas > Maceió","Brazil > Bahia"]}}
    """#

  private func stored(
    _ key: String, _ json: String, in dialect: Dialect = .weni
  ) throws -> String? {
    var server = try TestServer(dialect, state: Self.state)
    // The next request comes at 11:36:30.123456 in São Paulo.
    server.now = Timestamp(microseconds: 1_795_444_590_122_456)
    return server.post("contacts.json", #"{"fields":{"\#(key)":\#(json)}}"#)["fields"]?[key]?.string
  }

  @Test(
    "numbers are digits with or without a point",
    arguments: [
      (#""42""#, "42"), ("42.5", "42.5"), (#""12.50""#, "12.5"), (#"".5""#, "0.5"),
      (#""007""#, "7"),
      (#""-0""#, "0"), (#""1e3""#, nil), (#""+7""#, nil), (#""5.""#, nil), (#""1,000.50""#, nil),
      ("1e30", nil), (#""abc""#, nil), (#""٤٢""#, nil),
    ] as [(String, String?)])
  func numbers(json: String, number: String?) throws {
    #expect(try stored("n", json) == number)
  }

  @Test(
    "dates are exact in RFC 3339, and guesses otherwise",
    arguments: [
      ("2020-01-31T09:27:39.071299-03:00", "2020-01-31T09:27:39.071299-03:00"),
      ("2020-01-31T12:27:39Z", "2020-01-31T12:27:39.000000Z"),
      ("2020-01-31T12:27-03:00", "2020-01-31T12:27:00.000000-03:00"),
      ("2020-01-31T12:27:39.123456789Z", "2020-01-31T12:27:39.123456Z"),
      ("2020-01-31T09:27:39", "2020-01-31T11:36:30.123456-03:00"),
      ("2017-11-11T11:12:13", "2017-11-11T12:13:00.000000-02:00"),
      ("2020-01-31T12:27:39-0300", "2020-01-31T03:00:00.000000-03:00"),
      ("2020-01-31 09:27:39", "2020-01-31T09:27:39.000000-03:00"),
      ("2020-01-31 09:27:39-03:00", "2020-01-31T09:27:39.000000-03:00"),
      ("2020-01-31 09:27:39Z", "2020-01-31T09:27:00.000000-03:00"),
      ("2020-01-31", "2020-01-31T11:36:30.123456-03:00"),
      ("31/01/2020", "2020-01-31T11:36:30.123456-03:00"),
      ("31/1/2020 9:27 PM", "2020-01-31T21:27:00.000000-03:00"),
      ("01/31/2020", nil), ("2020/01/31", nil), ("2020-1-31", nil), ("20200131", nil),
      ("1580473659", nil),
    ] as [(String, String?)])
  func dates(text: String, moment: String?) throws {
    #expect(try stored("d", "\"\(text)\"") == moment)
  }

  @Test("a day that no calendar has runs over in weni and is no date in rapidpro")
  func impossibleDays() throws {
    #expect(try stored("d", #""30/02/2020 10:00""#) == "2020-03-01T10:00:00.000000-03:00")
    #expect(try stored("d", #""30/02/2020 10:00""#, in: .rapidpro) == nil)
  }

  @Test("texts are trimmed and cut at 640 characters")
  func texts() throws {
    let long = String(repeating: "é", count: 700)
    #expect(try stored("t", "\" \(long) \"") == String(repeating: "é", count: 640))
  }

  @Test("places are found by path, and by name below their parent")
  func places() throws {
    var server = try TestServer(state: Self.state)
    let reply = server.post("contacts.json", #"{"fields":{"s":"alagoas","i":"maceió"}}"#)
    #expect(reply["fields"]?["s"]?.string == "Brazil > Alagoas")
    #expect(reply["fields"]?["i"]?.string == "Brazil > Alagoas > Maceió")
    let other = server.post("contacts.json", #"{"fields":{"s":"Brazil > Bahia","i":"Maceió"}}"#)
    #expect(other["fields"]?["i"] == .null)
  }

  @Test("another type shows the same text otherwise, and nothing is lost")
  func typeChange() throws {
    var server = try TestServer(state: Self.state)
    let ana = server.contact(#"{"fields":{"t":"42"}}"#)
    _ = server.post("fields.json?key=t", #"{"label":"T","value_type":"datetime"}"#)
    #expect(server.shown(ana)["fields"]?["t"] == .null)
    _ = server.post("fields.json?key=t", #"{"label":"T","value_type":"numeric"}"#)
    #expect(server.shown(ana)["fields"]?["t"]?.string == "42")
  }
}
