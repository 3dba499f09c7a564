import CEL
import Contacts
import Planning
import Testing

@testable import Execution

private let mobile = #"""
  {"groups": [{"name": "A"}],
   "contacts": [{"uuid": "11111111-1111-4111-8111-111111111111", "urns": ["whatsapp:558299330001"]}]}
  """#
private let long = "whatsapp:5582999330001"
private let short = "whatsapp:558299330001"

@Suite("Contacts that are not there")
struct MissingContactTests {
  private static func add(_ contact: String, _ word: String) -> String {
    #"POST contact_actions "body":{"contacts":["\#(contact)"],"action":"add","group":"A"},"missing":"\#(word)""#
  }

  @Test(
    "a bulk call makes, skips or sets aside", arguments: MissingPolicy.allCases, Dialect.allCases)
  func bulk(_ policy: MissingPolicy, _ dialect: Dialect) async throws {
    let rehearsal = try Rehearsal(dialect, mobile)
    let report = try await rehearsal.run([Self.add("ext:new", policy.word)])
    #expect((try await rehearsal.contact("ext:new")?.groupNames == ["A"]) == (policy == .create))
    #expect(report.skippedCount == (policy == .skip ? 1 : 0))
    #expect(report.setAside.map(\.item) == (policy == .fail ? [.contact("ext:new")] : []))
  }

  @Test("a uuid is never made", arguments: ["create", "fail"])
  func uuid(_ word: String) async throws {
    let nobody = "99999999-9999-4999-8999-999999999999"
    let report = try await Rehearsal(.weni, mobile).run([Self.add(nobody, word)])
    #expect(report.setAside.map(\.item) == [.contact(nobody)])
  }

  @Test("weni is asked for the other ninth-digit spelling", arguments: ["skip", "fail", "create"])
  func ninthDigit(_ word: String) async throws {
    let rehearsal = try Rehearsal(.weni, mobile)
    let report = try await rehearsal.run([Self.add(long, word)])
    #expect(report.items == [])
    #expect(report.skippedCount == 0)
    #expect(try await rehearsal.contact(short)?.groupNames == ["A"])
    #expect(try await rehearsal.contact(long) == nil)
  }

  @Test("so it is where an earlier call has made sure of the contact")
  func ninthDigitOfSureContact() async throws {
    let rehearsal = try Rehearsal(.weni, mobile)
    let report = try await rehearsal.run([
      #"POST contacts "query":{"urn":"\#(long)"},"body":{}"#,
      #"POST contact_actions "body":{"contacts":["\#(long)"],"action":"add","group":"A"}"#,
    ])
    #expect(report.items == [])
    #expect(try await rehearsal.contact(short)?.groupNames == ["A"])
  }

  @Test("in rapidpro the two spellings are two contacts")
  func twoContacts() async throws {
    let report = try await Rehearsal(.rapidpro, mobile).run([Self.add(long, "skip")])
    #expect(report.skippedCount == 1)
  }

  @Test("both spellings in one call are one contact")
  func bothSpellings() async throws {
    let rehearsal = try Rehearsal(.weni, mobile)
    let report = try await rehearsal.run([
      #"""
      POST contact_actions "body":{"contacts":["\#(long)","\#(short)"],"action":"add","group":"A"},\#
      "missing":"skip"
      """#
    ])
    #expect(report.items == [])
    #expect(try await rehearsal.contact(short)?.groupNames == ["A"])
  }

  @Test("a POST behind a look-up follows its word", arguments: MissingPolicy.allCases)
  func lookedUp(_ policy: MissingPolicy) async throws {
    let rehearsal = try Rehearsal(.weni, mobile)
    let report = try await rehearsal.run([
      #"GET contacts "query":{"urn":"ext:new"},"missing":"skip""#,
      #"""
      POST contacts "query":{"uuid":{"answer":1}},"body":{"name":"Bia"},"after":[1],\#
      "missing":"\#(policy.word)"
      """#,
    ])
    #expect((try await rehearsal.contact("ext:new")?["name"]?.text == "Bia") == (policy == .create))
    #expect(report.skippedCount == (policy == .skip ? 1 : 0))
    #expect(report.items == (policy == .fail ? ["2 call: nobody was found"] : []))
  }

  @Test("a deleted contact is not there", arguments: Dialect.allCases)
  func deleted(_ dialect: Dialect) async throws {
    let rehearsal = try Rehearsal(dialect, mobile)
    let uuid = "11111111-1111-4111-8111-111111111111"
    let report = try await rehearsal.run([
      #"DELETE contacts "query":{"uuid":"\#(uuid)"}"#,
      #"POST contacts "query":{"uuid":"\#(uuid)"},"body":{"name":"Bia"},"missing":"skip""#,
      #"POST contacts "query":{"uuid":"\#(uuid)"},"body":{"name":"Bia"},"missing":"fail""#,
      #"POST contact_actions "body":{"contacts":["\#(uuid)"],"action":"delete"},"missing":"skip""#,
    ])
    #expect(report.skippedCount == 2)
    #expect(report.setAside.map(\.call) == [3])
  }

  @Test("what an answer that was never given names is set aside")
  func noAnswer() async throws {
    let rehearsal = try Rehearsal(.weni, mobile)
    let report = try await rehearsal.run([
      #"POST groups "body":{"name":"B"}"#,
      #"POST contacts "query":{"uuid":{"answer":1}},"body":{"name":"Bia"}"#,
      #"POST contact_actions "body":{"contacts":[{"answer":2}],"action":"block"},"missing":"fail""#,
    ])
    #expect(report.setAside.map(\.call) == [2, 3])
  }
}
