import Contacts
import RecordedAPI
import Simulator
import Testing

@Suite("Where the dialects differ")
struct DialectTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var request: String
    var body: String
    var weni: String
    var rapidpro: String
    var testDescription: String { "\(request) \(body)" }
  }

  @Test(
    "each refuses in its own words, or does not",
    arguments: [
      Case(
        request: "POST fields.json", body: #"{"label":"Created On","value_type":"text"}"#,
        weni: #"400 Generated key "created_on" is invalid or a reserved name."#,
        rapidpro: "400 This field must be unique."),
      Case(
        request: "POST fields.json", body: #"{"label":"URNs","value_type":"text"}"#, weni: "201 ",
        rapidpro: #"400 Generated key "urns" is invalid or a reserved name."#),
      Case(
        request: "POST fields.json", body: #"{"label":"WhatsApp","value_type":"text"}"#,
        weni: #"400 Generated key "whatsapp" is invalid or a reserved name."#, rapidpro: "201 "),
      Case(
        request: "POST fields.json", body: #"{"label":"a_b","value_type":"text"}"#, weni: "201 ",
        rapidpro: "400 Can only contain letters, numbers and hypens."),
      Case(
        request: "POST fields.json", body: #"{"label":"2nd phone","value_type":"text"}"#,
        weni: #"400 Generated key "2nd_phone" is invalid or a reserved name."#,
        rapidpro: #"400 Generated key "2nd_phone" is invalid or a reserved name."#),
      Case(
        request: "POST fields.json", body: #"{"label":"N","value_type":"number"}"#,
        weni: #"400 "number" is not a valid choice."#,
        rapidpro: #"400 "number" is not a valid choice."#),
      Case(
        request: "POST fields.json", body: #"{"name":"N","type":"number"}"#,
        weni: "400 This field is required.", rapidpro: "201 "),
      Case(
        request: "POST fields.json", body: #"{"name":"N"}"#, weni: "400 This field is required.",
        rapidpro: "400 Field 'type' is required."),
      Case(
        request: "POST groups.json", body: #"{"name":"-x"}"#,
        weni: "400 Name contains illegal characters.", rapidpro: "201 "),
      Case(
        request: "POST groups.json", body: #"{"name":"a\\b"}"#, weni: "201 ",
        rapidpro: #"400 Cannot contain the character: \"#),
      Case(
        request: "POST contacts.json?uuid=abc", body: "{}", weni: "404 Not found.",
        rapidpro: "400 Param 'uuid': abc is not a valid UUID."),
      Case(
        request: "DELETE contacts.json", body: "",
        weni: "400 URL must contain one of the following parameters: name, urn, uuid",
        rapidpro: "400 URL must contain one of the following parameters: urn, uuid"),
      Case(
        request: "POST contacts.json", body: #"{"urns":["whatsapp:1234567"]}"#,
        weni: "400 Phone number must have at least 8 digits.", rapidpro: "201 "),
      Case(
        request: "POST contacts.json", body: #"{"urns":["whatsapp:BR.123abc"]}"#, weni: "201 ",
        rapidpro:
          "400 Invalid URN: whatsapp:BR.123abc. Ensure phone numbers contain country codes."),
      Case(
        request: "POST contacts.json", body: #"{"urns":["BR.123abc"]}"#,
        weni:
          "400 Invalid URN: BR.123abc. WhatsApp BSUID identifiers must include the whatsapp: scheme.",
        rapidpro: "400 Invalid URN: BR.123abc. Ensure phone numbers contain country codes."),
      Case(
        request: "POST contacts.json?urn=%2B558299331122", body: "{}", weni: "201 ",
        rapidpro: "400 Invalid URN: +558299331122"),
      Case(
        request: "POST contacts.json", body: #"{"urns":["viber:ab+/="]}"#,
        weni: "400 Invalid URN: viber:ab+/=. Ensure phone numbers contain country codes.",
        rapidpro: "201 "),
      Case(
        request: "GET contacts.json?project_uuid=", body: "", weni: "200 ", rapidpro: "200 "),
      Case(
        request: "HEAD groups.json", body: "", weni: "200 ",
        rapidpro: #"405 Method "HEAD" not allowed."#),
    ])
  func words(_ row: Case) throws {
    for (dialect, expected) in [(Dialect.weni, row.weni), (.rapidpro, row.rapidpro)] {
      var server = try TestServer(dialect)
      let parts = row.request.split(separator: " ").map(String.init)
      let reply = server.send(parts[0], parts[1], row.body)
      let complaint = reply.status < 300 ? "" : reply.complaint
      #expect("\(reply.status) \(complaint)" == expected, "\(dialect)")
    }
  }

  @Test("a label whose key is taken is refused by the one and fails in the other")
  func keyClash() throws {
    for (dialect, status) in [(Dialect.weni, 400), (.rapidpro, 500)] {
      var server = try TestServer(dialect)
      _ = server.post("fields.json", #"{"label":"Nick name","value_type":"text"}"#)
      #expect(
        server.post("fields.json", #"{"label":"Nick-name","value_type":"text"}"#).status == status)
    }
  }

  @Test("rapidpro checks its limits before the body, weni after it and on renaming too")
  func limits() throws {
    let state = #"{"workspace":{"limits":{"groups":1,"fields":0}},"groups":[{"name":"A"}]}"#
    var weni = try TestServer(state: state)
    let group = weni.get("groups.json").results[0]["uuid"]?.string ?? ""
    #expect(weni.post("groups.json", #"{"name":""}"#).complaint == "This field may not be blank.")
    #expect(weni.post("groups.json?uuid=\(group)", #"{"name":"B"}"#).status == 400)
    var rapidpro = try TestServer(.rapidpro, state: state)
    #expect(rapidpro.post("groups.json", #"{"name":""}"#).status == 409)
    #expect(rapidpro.post("fields.json", "{").status == 409)
  }
}
