import Contacts
import Engine
import Rulesets
import Testing

@testable import Planning

private let maria = "whatsapp:5582999330001"
private let uuid = "0dbe2c5f-1a2b-4c3d-8e9f-000000000001"

/// A part of one contact and the calls it becomes.
struct Shape: CustomTestStringConvertible, Sendable {
  var claim: String
  var key = maria
  var missing = MissingPolicy.create
  var profile = APIProfile.rapidpro
  var writes: [DraftWrite]
  var calls: [String]

  var testDescription: String { claim }
}

@Suite("Calls of one contact")
struct ContactCallTests {
  @Test("a part becomes the fewest calls that carry it", arguments: dataShapes + urnShapes)
  func shape(_ shape: Shape) {
    var draft = DraftBatch()
    draft.part(shape.key, missing: shape.missing, shape.writes)
    #expect(summaries(draft, shape.profile) == shape.calls)
  }

  @Test("a body carries at most a hundred fields")
  func manyFields() {
    var draft = DraftBatch()
    draft.part(maria, [.name("M")] + (0..<250).map { .field("f\($0)", "v") })
    let calls = summaries(draft)
    #expect(calls.count == 3)
    #expect(calls.map { $0.split(separator: "; ").count } == [101, 100, 50])
  }

  @Test("places go from large to small, in a second call where the first may make the contact")
  func places() {
    let ensure = Ensure(fields: [
      .init(key: "bairro", label: "Bairro", type: .ward),
      .init(key: "estado", label: "Estado", type: .state),
    ])
    let writes: [DraftWrite] = [
      .field("bairro", "B"), .field("cor", "azul"), .field("estado", "AL"),
    ]
    var draft = DraftBatch()
    draft.part(maria, writes)
    #expect(
      summaries(draft, ensure: ensure) == [
        "POST contacts urn=\(maria) {cor: azul}",
        "POST contacts urn=\(maria) {estado: AL; bairro: B}",
      ])
    draft = DraftBatch()
    draft.part(uuid, missing: .skip, writes)
    #expect(
      summaries(draft, ensure: ensure) == [
        "POST contacts uuid=\(uuid) {cor: azul; estado: AL; bairro: B} missing skip"
      ])
  }

  @Test("what the event does after taking its URN away is still done to the same contact")
  func sameEvent() {
    var draft = DraftBatch()
    draft.part(maria, event: 1, contact: "m", [.name("M"), .removeURN(maria), .add("VIP")])
    draft.part(maria, round: 1, event: 1, contact: "m", [.plain(.unblockContact)])
    draft.part(maria, round: 1, event: 2, contact: "n", [.name("N")])
    #expect(
      summaries(draft) == [
        "POST contacts urn=\(maria) {name: M}",
        "POST contacts uuid=#1 {urns of #1: remove \(maria)} after 1",
        "contact_actions add [#1] VIP after 1".prefixedByPost,
        "contact_actions unblock [#1] after 1 missing skip".prefixedByPost,
        "POST contacts urn=\(maria) {name: N}",
      ])
  }
}

extension String {
  fileprivate var prefixedByPost: String { "POST " + self }
}

private let dataShapes = [
  Shape(
    claim: "data under create is one POST by URN",
    writes: [.field("a", "1"), .name("Maria"), .language("por"), .clear("b")],
    calls: ["POST contacts urn=\(maria) {name: Maria; language: por; a: 1; b: null}"]),
  Shape(
    claim: "data by uuid is one POST; a uuid that does not exist is set aside",
    key: uuid, writes: [.name("Maria")],
    calls: ["POST contacts uuid=\(uuid) {name: Maria} missing fail"]),
  Shape(
    claim: "data under skip looks the contact up first", missing: .skip,
    writes: [.name("Maria")],
    calls: [
      "GET contacts urn=\(maria) missing skip",
      "POST contacts uuid=#1 {name: Maria} after 1 missing skip",
    ]),
  Shape(
    claim: "data under fail looks the contact up first", missing: .fail,
    writes: [.clear("a")],
    calls: [
      "GET contacts urn=\(maria) missing fail",
      "POST contacts uuid=#1 {a: null} after 1 missing fail",
    ]),
  Shape(
    claim: "replaced groups ride in the POST, with what was added since",
    writes: [.plain(.replaceGroups), .add("A"), .add("B"), .remove("C"), .name("M")],
    calls: ["POST contacts urn=\(maria) {name: M; groups: [A, B]}"]),
  Shape(
    claim: "no groups at all is an empty list", writes: [.plain(.replaceGroups)],
    calls: ["POST contacts urn=\(maria) {groups: []}"]),
  Shape(
    claim: "making a contact is an empty POST", writes: [.plain(.createContact)],
    calls: ["POST contacts urn=\(maria) {}"]),
  Shape(
    claim: "making a contact is free where its data is sent",
    writes: [.plain(.createContact), .name("M")],
    calls: ["POST contacts urn=\(maria) {name: M}"]),
  Shape(
    claim: "nothing makes a contact with a given uuid", key: uuid,
    writes: [.plain(.createContact)], calls: []),
  Shape(
    claim: "groups alone are bulk calls, removals first",
    writes: [.add("A"), .remove("B")],
    calls: [
      "POST contact_actions remove [\(maria)] B missing skip",
      "POST contact_actions add [\(maria)] A missing create",
    ]),
  Shape(
    claim: "a contact made by its POST needs no word about missing",
    writes: [.add("A"), .name("M"), .plain(.blockContact)],
    calls: [
      "POST contacts urn=\(maria) {name: M}",
      "POST contact_actions add [\(maria)] A", "POST contact_actions block [\(maria)]",
    ]),
  Shape(
    claim: "status and flow actions in the order that is always valid", missing: .fail,
    writes: [
      .plain(.blockContact), .plain(.archiveMessages), .plain(.interruptContact),
    ],
    calls: ["interrupt", "archive_messages", "block"].map {
      "POST contact_actions \($0) [\(maria)] missing fail"
    }),
  Shape(
    claim: "an unblock comes before all else", writes: [.name("M"), .plain(.unblockContact)],
    calls: [
      "POST contact_actions unblock [\(maria)] missing skip",
      "POST contacts urn=\(maria) {name: M}",
    ]),
  Shape(
    claim: "a contact that is gone already need not be deleted", missing: .fail,
    writes: [.plain(.deleteContact)],
    calls: ["POST contact_actions delete [\(maria)] missing skip"]),
]

private let urnShapes = [
  Shape(
    claim: "a URN is added through the answer of the data POST",
    writes: [.name("M"), .addURN("tel:+1"), .addURN("tel:+2")],
    calls: [
      "POST contacts urn=\(maria) {name: M}",
      "POST contacts uuid=#1 {urns of #1: add tel:+1, tel:+2} after 1",
    ]),
  Shape(
    claim: "a URN edit alone reads the list with an empty POST", writes: [.addURN("tel:+1")],
    calls: [
      "POST contacts urn=\(maria) {}",
      "POST contacts uuid=#1 {urns of #1: add tel:+1} after 1",
    ]),
  Shape(
    claim: "under skip the lookup has the list, and one POST carries all", missing: .skip,
    writes: [.name("M"), .addURN("tel:+1")],
    calls: [
      "GET contacts urn=\(maria) missing skip",
      "POST contacts uuid=#1 {name: M; urns of #1: add tel:+1} after 1 missing skip",
    ]),
  Shape(
    claim: "by uuid the data POST answers with the list", key: uuid, missing: .skip,
    writes: [.name("M"), .removeURN("tel:+1")],
    calls: [
      "POST contacts uuid=\(uuid) {name: M} missing skip",
      "POST contacts uuid=\(uuid) {urns of #1: remove tel:+1} after 1 missing skip",
    ]),
  Shape(
    claim: "by uuid a whole list rides with the data", key: uuid, missing: .skip,
    writes: [.name("M"), .plain(.replaceURNs), .addURN("tel:+1"), .prefer("tel:+2")],
    calls: ["POST contacts uuid=\(uuid) {name: M; urns: [tel:+2, tel:+1]} missing skip"]),
  Shape(
    claim: "by URN a whole list needs the uuid first",
    writes: [.plain(.replaceURNs), .addURN(maria), .addURN("tel:+1"), .removeURN("tel:+2")],
    calls: [
      "POST contacts urn=\(maria) {}",
      "POST contacts uuid=#1 {urns: [\(maria), tel:+1]} after 1",
    ]),
  Shape(
    claim: "the latest preferred comes first",
    writes: [.prefer("tel:+1"), .prefer("tel:+2"), .addURN("tel:+3").again],
    calls: [
      "POST contacts urn=\(maria) {}",
      "POST contacts uuid=#1 {urns of #1: add tel:+3; first tel:+2, tel:+1; remove tel:+3} after 1",
    ]),
  Shape(
    claim: "a removal alone makes no contact", writes: [.removeURN("tel:+1")],
    calls: [
      "GET contacts urn=\(maria) missing skip",
      "POST contacts uuid=#1 {urns of #1: remove tel:+1} after 1 missing skip",
    ]),
  Shape(
    claim: "a key that goes away is replaced by the answer in bulk calls", missing: .skip,
    writes: [.removeURN(maria), .add("A"), .plain(.unblockContact)],
    calls: [
      "POST contact_actions unblock [\(maria)] missing skip",
      "GET contacts urn=\(maria) missing skip",
      "POST contacts uuid=#2 {urns of #2: remove \(maria)} after 2 missing skip",
      "POST contact_actions add [#2] A after 2 missing skip",
    ]),
  Shape(
    claim: "another number that goes away leaves the key", missing: .skip, profile: .weni,
    writes: [.removeURN("whatsapp:5582999330099"), .add("A")],
    calls: [
      "GET contacts urn=\(maria) missing skip",
      "POST contacts uuid=#1 {urns of #1: remove whatsapp:5582999330099} after 1 missing skip",
      "POST contact_actions add [\(maria)] A missing skip",
    ]),
  Shape(
    claim: "the key's other spelling may be the key", missing: .skip, profile: .weni,
    writes: [.removeURN("whatsapp:558299330001"), .add("A")],
    calls: [
      "GET contacts urn=\(maria) missing skip",
      "POST contacts uuid=#1 {urns of #1: remove whatsapp:558299330001} after 1 missing skip",
      "POST contact_actions add [#1] A after 1 missing skip",
    ]),
]
