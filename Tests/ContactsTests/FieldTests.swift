import Contacts
import Testing

@Suite("Fields")
struct FieldTests {
  @Test(
    "a label makes the key that the server makes of it",
    arguments: [
      ("Nick name", "nick_name", both), ("A--B  C", "a_b_c", both),
      ("Data de Nascimento", "data_de_nascimento", both), (" Last order ", "last_order", both),
      ("CPF", "cpf", both), ("last_order", "last_order", [.weni]), ("-x-", "x", both),
      ("WhatsApp", "whatsapp", [.rapidpro]), ("Name", "name", [.rapidpro]),
      ("Urns", "urns", [.weni]), ("Last Seen On", "last_seen_on", [.weni]),
      ("abcdefghijklmnopqrstuvwxyz0123456789", "abcdefghijklmnopqrstuvwxyz0123456789", both),
    ] as [(String, String, [Dialect])])
  func keys(label: String, key: String, dialects: [Dialect]) throws {
    for dialect in dialects { #expect(try APIProfile(dialect).key(ofLabel: label) == key) }
  }

  @Test(
    "a label that the server refuses has no key",
    arguments: [
      ("2nd phone", .fieldKey, both), ("Profissão", .labelCharacter, both),
      ("a/b", .labelCharacter, both), ("last_order", .labelCharacter, [.rapidpro]),
      ("", .labelCharacter, both), ("  ", .labelCharacter, both), ("--", .fieldKey, both),
      ("WhatsApp", .reservedFieldKey, [.weni]), ("Telegram", .reservedFieldKey, [.weni]),
      ("Name", .reservedFieldKey, [.weni]), ("ID", .reservedFieldKey, [.weni]),
      ("UUID", .reservedFieldKey, [.weni]), ("Language", .reservedFieldKey, [.weni]),
      ("First Name", .reservedFieldKey, [.weni]), ("Ext", .reservedFieldKey, [.weni]),
      ("Created On", .reservedFieldKey, both), ("Urns", .reservedFieldKey, [.rapidpro]),
      ("Fields", .reservedFieldKey, [.rapidpro]),
      ("Last Seen On", .reservedFieldKey, [.rapidpro]),
      ("abcdefghijklmnopqrstuvwxyz01234567890", .labelTooLong, both),
    ] as [(String, Refusal, [Dialect])])
  func refusedLabels(label: String, refusal: Refusal, dialects: [Dialect]) {
    for dialect in dialects {
      #expect(throws: refusal) { try APIProfile(dialect).key(ofLabel: label) }
    }
  }

  @Test(
    "a key that rules write gets a label of which the server makes it, if there is one",
    arguments: [
      ("last_order", "Last order", both), ("cpf", "Cpf", both), ("a1_b", "A1 b", both),
      ("a__b", nil, both), ("a_", nil, both), ("urns", nil, [.rapidpro]), ("urns", "Urns", [.weni]),
      ("whatsapp", nil, [.weni]), ("whatsapp", "Whatsapp", [.rapidpro]),
    ] as [(String, String?, [Dialect])])
  func labels(key: String, label: String?, dialects: [Dialect]) {
    for dialect in dialects { #expect(APIProfile(dialect).label(forKey: key) == label) }
  }

  @Test("a label that another field has is passed over", arguments: Dialect.allCases)
  func takenLabels(dialect: Dialect) throws {
    let profile = APIProfile(dialect)
    var taken: Set = ["last order"]
    #expect(profile.label(forKey: "last_order") { taken.contains($0) } == "Last-order")
    taken.insert("last-order")
    let third = profile.label(forKey: "last_order") { taken.contains($0) }
    #expect(third == (dialect == .weni ? "Last_order" : nil))
  }

  @Test(
    "a key is lower case, a letter first, and not the server's own",
    arguments: [
      ("last_order", nil, both), ("a1", nil, both), ("Last", .fieldKey, both),
      ("last order", .fieldKey, both), ("1a", .fieldKey, both), ("_a", .fieldKey, both),
      ("", .fieldKey, both), ("é", .fieldKey, both), ("name", .reservedFieldKey, [.weni]),
      ("name", nil, [.rapidpro]), ("urns", .reservedFieldKey, [.rapidpro]), ("urns", nil, [.weni]),
      ("abcdefghijklmnopqrstuvwxyz01234567890", .fieldKey, both),
    ] as [(String, Refusal?, [Dialect])])
  func fieldKeys(key: String, refusal: Refusal?, dialects: [Dialect]) {
    for dialect in dialects { #expect(APIProfile(dialect).refusal(ofFieldKey: key) == refusal) }
  }

  @Test(
    "a number is what the server reads as one",
    arguments: [
      ("12", true), ("-12.50", true), (".5", true), ("-.5", true), (" 7 ", true), ("007", true),
      ("5.", false), ("1,5", false), ("1.234,56", false), ("1e3", false), ("+1", false),
      ("-", false), (".", false), ("1.2.3", false), ("abc", false), ("١", false),
    ])
  func numbers(text: String, isNumber: Bool) {
    let trimmed = text == " 7 " ? "7" : text
    let expected: Result<String, Refusal> = isNumber ? .success(trimmed) : .failure(.notANumber)
    #expect(APIProfile.weni.value(text, .number) == expected)
    #expect(APIProfile.weni.value(text, nil) == .success(trimmed))
  }

  @Test(
    "a datetime is a real day with a time and an offset",
    arguments: [
      ("2020-01-31T09:27:39.071299-03:00", "2020-01-31T09:27:39.071299-03:00"),
      ("2020-01-31T12:27:39Z", "2020-01-31T12:27:39Z"),
      ("2020-01-31t12:27:39z", "2020-01-31T12:27:39Z"),
      ("2020-01-31T12:27Z", "2020-01-31T12:27Z"),
      ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
      ("2020-01-31T09:27:39.123456789+05:45", "2020-01-31T09:27:39.123456789+05:45"),
      ("2023-02-29T00:00:00Z", nil), ("2020-01-31T09:27:39", nil), ("2020-01-31", nil),
      ("31/01/2020", nil), ("2020-01-31 09:27:39-03:00", nil), ("2020-01-31T12:27:39-0300", nil),
      ("2020-13-01T00:00:00Z", nil), ("2020-01-31T24:00:00Z", nil), ("2020-01-31T23:60:00Z", nil),
      ("2020-01-31T23:59:60Z", nil), ("2020-01-31T12:27:39.Z", nil), ("1580473659", nil),
      ("2020-01-31T12:27:39.1234567890Z", nil), ("2020-01-31T12:27:39Zx", nil),
      ("2020-01-31T12:27:39+24:00", nil), ("2020-00-31T12:27:39Z", nil), ("2020-01-31T12:2Z", nil),
    ] as [(String, String?)])
  func datetimes(text: String, form: String?) {
    let expected = form.map { Result<String, Refusal>.success($0) } ?? .failure(.notADateTime)
    #expect(APIProfile.weni.value(text, .datetime) == expected)
  }

  @Test("a value is trimmed and keeps at most 640 characters", arguments: both)
  func values(dialect: Dialect) {
    let profile = APIProfile(dialect)
    let longest = String(repeating: "ã", count: 640)
    #expect(profile.value("\u{A0}\t \(longest)\u{2003}\n", .text) == .success(longest))
    #expect(profile.value(longest + "a", .text) == .failure(.valueTooLong))
    #expect(profile.value("a\0b", nil) == .failure(.nulCharacter))
    #expect(profile.value(" \u{3000}", .number) == .success(""))
    #expect(profile.value("Brasil > Alagoas", .state) == .success("Brasil > Alagoas"))
  }
}
