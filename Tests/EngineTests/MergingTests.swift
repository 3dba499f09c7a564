import Contacts
import Engine
import Testing

/// A rule for every action, each fired by an event whose type is the action's word.
private let everyAction = """
  version: 1
  events: {id: event.id}
  contact: {urn: "${event.who}", missing: create}
  rules:
    - {id: name, when: name, do: [{set_name: "${event.value}"}]}
    - {id: clear-name, when: clear_name, do: [clear_name]}
    - {id: field, when: field, do: [{set_fields: {last_order: "${event.value}"}}]}
    - {id: other, when: other, do: [{set_fields: {other: "${event.value}"}}]}
    - {id: clear, when: clear, do: [{clear_fields: [last_order]}]}
    - {id: add, when: add, do: [{add_to_group: "${event.value}"}]}
    - {id: remove, when: remove, do: [{remove_from_group: "${event.value}"}]}
    - {id: groups, when: groups, do: [{set_groups: ["${event.value}", Fixo]}]}
    - {id: urn, when: urn, do: [{add_urn: "${event.value}"}]}
    - {id: prefer, when: prefer, do: [{add_urn: {urn: "${event.value}", prefer: true}}]}
    - {id: drop, when: drop, do: [{remove_urn: "${event.value}"}]}
    - {id: urns, when: urns, do: [{set_urns: ["${event.value}"]}]}
    - {id: create, when: create, do: [create_contact]}
    - {id: delete, when: delete, do: [{delete_contact: confirmed}]}
    - {id: block, when: block, do: [block_contact]}
    - {id: unblock, when: unblock, do: [unblock_contact]}
    - {id: interrupt, when: interrupt, do: [interrupt_contact]}
    - {id: both, when: both, do: [{set_name: A}, {delete_contact: confirmed}]}
  """

/// `who type value`, a word each.
private func events(_ lines: [String]) -> [String] {
  lines.enumerated().map { index, line in
    let words = line.split(separator: " ").map(String.init)
    return
      "{\"id\":\"e\(index)\",\"who\":\"ext:\(words[0])\",\"type\":\"\(words[1])\",\"value\":\"\(words.count > 2 ? words[2] : "")\"}"
  }
}

struct MergeCase: Sendable, CustomTestStringConvertible {
  var claim: String
  var events: [String]
  var parts: [String]
  var testDescription: String { claim }

  init(_ claim: String, _ events: [String], _ parts: [String]) {
    self.claim = claim
    self.events = events
    self.parts = parts
  }
}

private let cases = [
  MergeCase(
    "the last write of a target wins and keeps the first one's place",
    ["a name Ana", "a field 1", "a name Bia"],
    ["0 ext:a create! setName=Bia setField(last_order)=1"]),
  MergeCase(
    "clearing absorbs setting", ["a field 1", "a clear"], ["0 ext:a create! clearField(last_order)"]
  ),
  MergeCase(
    "groups are the same whatever their case", ["a add Vip", "a remove VIP"],
    ["0 ext:a create! removeFromGroup(Vip) createContact"]),
  MergeCase(
    "replacing groups absorbs what was added", ["a add Vip", "a groups Novo", "a remove novo"],
    ["0 ext:a create! groups: replaceGroups removeFromGroup(Novo) addToGroup(Fixo)"]),
  MergeCase(
    "a deletion drops what came before", ["a name Ana", "a add Vip", "a delete"],
    ["0 ext:a create deleteContact"]),
  MergeCase(
    "a URN taken before a deletion stays taken", ["a urn ext:b", "a delete"],
    ["0 ext:a create! addURN(ext:b)", "1 ext:a create deleteContact"]),
  MergeCase(
    "after a deletion a contact starts anew", ["a delete", "a name Ana"],
    ["0 ext:a create deleteContact", "1 ext:a create! setName=Ana"]),
  MergeCase(
    "a deletion cancels the other writes of its event", ["a both"], ["0 ext:a create deleteContact"]
  ),
  MergeCase(
    "a block empties the groups but keeps data",
    ["a name Ana", "a add Vip", "a block", "a field 2"],
    ["0 ext:a create! setName=Ana blockContact setField(last_order)=2"]),
  MergeCase(
    "a contact made for a group exists before it is blocked", ["a add Vip", "a block"],
    ["0 ext:a create! createContact blockContact"]),
  MergeCase(
    "a block of nobody does not meet a contact made later", ["a block", "a name Ana"],
    ["0 ext:a create blockContact", "1 ext:a create! setName=Ana"]),
  MergeCase(
    "an unblock comes after the group writes before it", ["a add Vip", "a unblock", "a add Novo"],
    ["0 ext:a create! addToGroup(Vip)", "1 ext:a create! unblockContact addToGroup(Novo)"]),
  MergeCase(
    "a URN that moves carries later events with it", ["a name Ana", "b urn ext:a", "a name Bia"],
    ["0 ext:a create! setName=Ana", "1 ext:b create! addURN(ext:a) setName=Bia"]),
  MergeCase(
    "a URN that is taken away names a new contact", ["a name Ana", "a drop ext:a", "a name Bia"],
    ["0 ext:a create! setName=Ana removeURN(ext:a)", "1 ext:a create! setName=Bia"]),
  MergeCase(
    "removed and added again, a URN goes to the end", ["a drop ext:x", "a urn ext:x"],
    ["0 ext:a create! addURN(ext:x)+"]),
  MergeCase(
    "a preferred URN stays preferred when it is added", ["a prefer ext:x", "a urn ext:x"],
    ["0 ext:a create! preferURN(ext:x)"]),
  MergeCase(
    "two names of one person are one contact", ["a urn ext:b", "b name Bia"],
    ["0 ext:a create! addURN(ext:b) setName=Bia"]),
]

@Suite("Merging")
struct MergingTests {
  @Test("follows the algebra of the contact API", arguments: cases)
  func pairs(_ example: MergeCase) throws {
    let run = EngineRun(try program(everyAction), events(example.events))
    #expect(run.batch.lines == example.parts)
  }

  @Test("an event that repeats another changes nothing")
  func repeats() throws {
    let line = events(["a name Ana"])[0]
    let run = EngineRun(try program(everyAction), [line, line])
    #expect(run.statistics.repeats == 1)
    #expect(run.firings == ["name e0"])
  }

  @Test("an id with other content is applied and counted")
  func changedRepeats() throws {
    let first = events(["a name Ana"])[0]
    let second = events(["a name Bia"])[0]
    let run = EngineRun(try program(everyAction), [first, second])
    #expect(run.statistics.changedRepeats == 1)
    #expect(run.batch.lines == ["0 ext:a create! setName=Bia"])
  }

  @Test("without merging every action has a round of its own")
  func off() throws {
    let lines = events(["a name Ana", "a name Bia", "b add Vip"])
    let run = EngineRun(try program(everyAction), lines, mode: .off)
    #expect(
      run.batch.lines == [
        "0 ext:a create! setName=Ana", "1 ext:a create! setName=Bia",
        "2 ext:b create! addToGroup(Vip)",
      ])
  }

  @Test("a write to a group of a contact blocked in the window is set aside")
  func blocked() throws {
    let run = EngineRun(try program(everyAction), events(["a block", "a remove Vip"]))
    #expect(run.batch.lines == ["0 ext:a create blockContact"])
  }

  @Test("rules that read the contact see earlier events, not their own")
  func contactState() throws {
    let yaml = """
      version: 1
      events: {id: event.id}
      contact: {urn: "ext:${event.who}", missing: create}
      rules:
        - id: mark
          when: mark
          do: [{set_fields: {seen: "yes"}}]
        - id: again
          if:
            - contact.fields.seen: "yes"
          do: [{add_to_group: Voltou}]
      """
    let lines = [
      #"{"id":"1","type":"mark","who":"a"}"#, #"{"id":"2","type":"look","who":"a"}"#,
      #"{"id":"3","type":"look","who":"b"}"#,
    ]
    let run = EngineRun(try program(yaml), lines)
    #expect(run.firings == ["mark 1", "again 2"])
    #expect(run.statistics.rules[1].unknown == 2)
  }

  @Test("a deletion cancels what rules that read the contact ask for in its event")
  func deletionAndContactState() throws {
    let yaml = """
      version: 1
      contact: {urn: "ext:a", missing: create}
      rules:
        - id: erase
          do: [{delete_contact: confirmed}]
        - id: mark
          if:
            - any: ["event.yes == true", "contact.exists"]
          do: [{add_to_group: Voltou}]
      """
    let run = EngineRun(try program(yaml), [#"{"yes":true}"#])
    #expect(run.firings == ["erase events.ndjson:1", "mark events.ndjson:1"])
    #expect(run.batch.lines == ["0 ext:a create deleteContact"])
  }
}
