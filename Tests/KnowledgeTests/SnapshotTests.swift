import Contacts
import Testing

@testable import Knowledge

/// A snapshot of these contacts, as the API lists them.
private func snapshot(
  _ contacts: [String], inventory: String? = nil, _ dialect: Dialect = .weni
)
  throws -> ContactSnapshot
{
  var snapshot = ContactSnapshot(APIProfile(dialect))
  var reader = SnapshotReader()
  if let inventory { try reader.setInventory(Array(inventory.utf8), of: &snapshot) }
  for contact in contacts {
    try Array(contact.utf8).withUnsafeBytes {
      try reader.addContact($0, readAt: 10, to: &snapshot)
    }
  }
  return snapshot
}

private func row(_ urn: String, in snapshot: inout ContactSnapshot) -> Int32 {
  Array(urn.utf8).withUnsafeBytes { snapshot.row(ofURN: $0) }
}

@Suite("What is known of contacts")
struct SnapshotTests {
  private static let ann = """
    {"uuid":"eedc12c6-1c4a-5cf9-92c7-a9f507abee54","name":"Ann","language":"por",
    "urns":["whatsapp:5582999330001","ext:a#shown"],
    "groups":[{"uuid":"9a503517-ab58-53d8-9bd9-b04490db14a0","name":"Leads"},
    {"uuid":"9d863401-de06-5348-9108-d720746439ca","name":"Smart"}],
    "fields":{"last_order":"A1","empty":null},"blocked":false,"stopped":false}
    """
  private static let inventory = """
    {"groups":[{"uuid":"9a503517-ab58-53d8-9bd9-b04490db14a0","name":"Leads","query":null},
    {"uuid":"9d863401-de06-5348-9108-d720746439ca","name":"Smart","query":"age > 3"}],
    "fields":[{"key":"last_order","label":"Last order","value_type":"text"}]}
    """

  @Test("a contact is found by its uuid and each of its URNs")
  func identifiers() throws {
    var known = try snapshot([Self.ann])
    #expect(row("whatsapp:5582999330001", in: &known) == 0)
    #expect(row("ext:a", in: &known) == 0)
    #expect(row("ext:b", in: &known) == -1)
    let uuid = Array("EEDC12C6-1C4A-5CF9-92C7-A9F507ABEE54".utf8)
    #expect(uuid.withUnsafeBytes { known.row(ofUUID: $0) } == 0)
  }

  @Test("a Brazilian number is found by its other spelling in weni, unless somebody has that")
  func ninthDigit() throws {
    var weni = try snapshot([Self.ann])
    #expect(row("whatsapp:558299330001", in: &weni) == 0)
    var rapidpro = try snapshot([Self.ann], .rapidpro)
    #expect(row("whatsapp:558299330001", in: &rapidpro) == -1)
    let other = """
      {"uuid":"c8cb685e-3326-5fd5-9a0f-ad7664a7a50f","urns":["whatsapp:558299330001"]}
      """
    var both = try snapshot([Self.ann, other])
    #expect(row("whatsapp:558299330001", in: &both) == 1)
  }

  @Test("smart groups are not among a contact's groups once an inventory tells them apart")
  func groups() throws {
    let known = try snapshot([Self.ann], inventory: Self.inventory)
    #expect(known.groups(of: 0).map { known.inventory.groups[Int($0)].name } == ["Leads"])
    let blind = try snapshot([Self.ann])
    #expect(blind.groups(of: 0).count == 2)
    #expect(!blind.inventory.isStatic(0))
  }

  @Test("a URN that another contact takes is its own from then on")
  func theft() throws {
    var known = try snapshot([Self.ann, #"{"uuid":"c8cb685e-3326-5fd5-9a0f-ad7664a7a50f"}"#])
    let taken = Array("ext:a".utf8).withUnsafeBytes { known.keep($0) }
    known.setURNs([taken], of: 1)
    #expect(row("ext:a", in: &known) == 1)
    #expect(known.urns(of: 0).map { known.string($0) } == ["whatsapp:5582999330001"])
    known.delete(1)
    #expect(row("ext:a", in: &known) == -1)
    #expect(known.contactCount == 1)
  }

  @Test("a contact that is read again is as it was read last")
  func again() throws {
    let later = Self.ann.replacing("A1", with: "A2").replacing(
      "whatsapp:5582999330001", with: "ext:z")
    var known = try snapshot([Self.ann, later])
    #expect(known.contactCount == 1)
    let key = known.inventory.field("last_order")
    #expect(known.string(known.value(of: key, in: 0)) == "A2")
    #expect(row("whatsapp:5582999330001", in: &known) == -1)
    #expect(row("ext:z", in: &known) == 0)
  }

  @Test("the status is what either dialect says of it")
  func statuses() throws {
    let uuid = #""uuid":"c8cb685e-3326-5fd5-9a0f-ad7664a7a50f""#
    #expect(try snapshot(["{\(uuid),\"blocked\":true}"]).status(of: 0) == .blocked)
    #expect(try snapshot(["{\(uuid),\"status\":\"archived\"}"]).status(of: 0) == .archived)
    #expect(try !snapshot(["{\(uuid),\"blocked\":false}"]).isSurelyActive(0))
    #expect(try snapshot(["{\(uuid),\"status\":\"active\"}"]).isSurelyActive(0))
  }

  @Test(
    "what is no contact says so",
    arguments: [
      ("[]", "a contact must be a JSON object"), ("{}", "the contact has no `uuid`"),
      ("{\"uuid\":\"abc\"}", "the contact has no `uuid`"),
      ("{", "no JSON: the text ends too early"),
    ])
  func mistakes(_ text: String, _ sentence: String) {
    #expect(throws: SnapshotReader.Failure(sentence: sentence)) { try snapshot([text]) }
  }

  @Test("an inventory must have both lists")
  func inventories() {
    #expect(throws: SnapshotReader.Failure.self) { try snapshot([], inventory: "{\"groups\":[]}") }
  }
}

@Suite("Fields of contacts that are read")
struct FieldReadingTests {
  /// Of a contact whose `fields` these are, what stands in its row after contacts with other ones.
  private func values(_ fields: String, after others: [String]) throws -> [String] {
    let contacts = (others + [fields]).enumerated().map { number, fields in
      #"{"fields":{\#(fields)},"uuid":"00000000-0000-4000-8000-00000000000\#(number)"}"#
    }
    let known = try snapshot(contacts)
    let last = Int32(others.count)
    return known.fields(of: last).map {
      "\(known.inventory.fields[Int($0.key)].key)=\(known.string($0.value))"
    }
  }

  @Test(
    "what a contact has does not depend on the order in which others list their fields",
    arguments: [
      [], [#""a":"9","b":"8","c":"7""#], [#""c":"9","b":"8","a":"7""#],
      [#""a":"9","c":"8""#, #""b":"9""#, #""x":"9","a":"8","y":"7","b":"6""#],
    ])
  func order(_ others: [String]) throws {
    let fields = #""a":"1","none":null,"b":"2","empty":"","c":"3""#
    #expect(try values(fields, after: others) == ["a=1", "b=2", "c=3"])
  }

  @Test("of a key that stands twice the last value counts")
  func twice() throws {
    let fields = #""a":"1","b":"2","a":"3","a":null"#
    #expect(try values(fields, after: [#""a":"9""#]) == ["a=3", "b=2"])
  }

  @Test("numbers and truth values are kept as the API would write them")
  func scalars() throws {
    let fields = #""a":1,"b":2.5,"c":true,"d":[1],"e":{"f":"1"}"#
    #expect(try values(fields, after: []) == ["a=1", "b=2.5", "c=true"])
  }

  @Test("any number of fields is read")
  func many() throws {
    let fields = (0..<20_000).map { #""f\#($0)":"\#($0)""# }.joined(separator: ",")
    #expect(try values(fields, after: [fields]).count == 20_000)
  }
}
