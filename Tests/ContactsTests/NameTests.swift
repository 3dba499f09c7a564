import Contacts
import Testing

@Suite("Names")
struct NameTests {
  @Test("a contact's name is trimmed and counted in characters", arguments: both)
  func contactNames(dialect: Dialect) {
    let profile = APIProfile(dialect)
    let longest = String(repeating: "é", count: profile.nameLimit)
    #expect(profile.nameLimit == (dialect == .weni ? 100 : 64))
    #expect(profile.name("  \(longest) ") == .success(longest))
    #expect(profile.name(longest + "x") == .failure(.nameTooLong))
    #expect(profile.name("Ana\0") == .failure(.nulCharacter))
    #expect(profile.name(" \n") == .success(""))
    #expect(profile.name("👩‍👩‍👧 Ana") == .success("👩‍👩‍👧 Ana"))
  }

  @Test(
    "a group's name follows its dialect",
    arguments: [
      (" Clientes ", .success("Clientes"), both), ("Água", .success("Água"), both),
      ("_x", .success("_x"), both), ("9 vidas", .success("9 vidas"), both),
      ("東京", .success("東京"), both), ("", .failure(.groupNameEmpty), both),
      (" ", .failure(.groupNameEmpty), both), ("a\0", .failure(.nulCharacter), both),
      ("+1", .failure(.groupNameCharacter), [.weni]), ("+1", .success("+1"), [.rapidpro]),
      ("@x", .failure(.groupNameCharacter), [.weni]), ("🎉", .failure(.groupNameCharacter), [.weni]),
      ("🎉 a", .success("🎉 a"), [.rapidpro]), ("a\"b", .success("a\"b"), [.weni]),
      ("a\"b", .failure(.groupNameCharacter), [.rapidpro]), ("a\\b", .success("a\\b"), [.weni]),
      ("a\\b", .failure(.groupNameCharacter), [.rapidpro]),
      (
        "0EC5E2A4-0000-4000-8000-00000000ABCD", .success("0ec5e2a4-0000-4000-8000-00000000abcd"),
        both
      ),
    ] as [(String, Result<String, Refusal>, [Dialect])])
  func groupNames(text: String, expected: Result<String, Refusal>, dialects: [Dialect]) {
    for dialect in dialects { #expect(APIProfile(dialect).group(text) == expected) }
  }

  @Test("a group's name has at most 64 characters", arguments: both)
  func groupNameLimit(dialect: Dialect) {
    let longest = String(repeating: "ç", count: 64)
    #expect(APIProfile(dialect).group(longest) == .success(longest))
    #expect(APIProfile(dialect).group(longest + "a") == .failure(.groupNameTooLong))
  }

  @Test(
    "spellings of one group fold to one key",
    arguments: [
      (" CLIENTES", "clientes"), ("Água", "água"), ("AÇÃO ×Ÿ", "ação ×ÿ"), ("ΔΈΛΤΑ", "δέλτα"),
      ("Привет", "привет"), ("東京", "東京"), ("[Vip]", "[vip]"), ("ß", "ß"), ("𐐀", "𐐨"),
    ])
  func folding(name: String, key: String) {
    #expect(APIProfile.weni.folded(name) == .success(key))
    #expect(APIProfile.rapidpro.folded(key) == .success(key))
  }

  @Test(
    "a uuid is lower case with hyphens",
    arguments: [
      ("0EC5E2A4-0000-4000-8000-00000000ABCD", "0ec5e2a4-0000-4000-8000-00000000abcd"),
      (" 0ec5e2a400004000800000000000abcd ", "0ec5e2a4-0000-4000-8000-00000000abcd"),
      ("0ec5e2a4-0000-4000-8000-00000000abc", nil), ("0ec5e2a4_0000-4000-8000-00000000abcd", nil),
      ("0ec5e2a4-0000-4000-8000-00000000abcg", nil), ("", nil),
    ] as [(String, String?)])
  func uuids(text: String, uuid: String?) {
    let expected = uuid.map { Result<String, Refusal>.success($0) } ?? .failure(.notAUUID)
    #expect(APIProfile.weni.uuid(text) == expected)
  }

  @Test("every refusal is a sentence in lower case without a full stop", arguments: both)
  func sentences(dialect: Dialect) {
    for refusal in Refusal.allCases {
      let sentence = refusal.sentence(in: APIProfile(dialect))
      #expect(sentence.contains(" "))
      #expect(sentence.first?.isLowercase == true && sentence.last != ".")
      #expect(!sentence.contains("\(refusal)"))
    }
    #expect(Set(Refusal.allCases.map(\.sentence)).count == Refusal.allCases.count)
    #expect(Refusal.nameTooLong.sentence(in: .rapidpro).contains("64"))
    let phone = Refusal.phoneWithoutCountry.sentence
    #expect(phone == "a `tel` number needs its country code, such as +55")
  }
}
