import Contacts
import Engine
import Rulesets
import Testing

@testable import Planning

@Suite("Call lines")
struct CallLineTests {
  @Test("a line has its keys in the order of the specification")
  func wholeLine() {
    var draft = DraftBatch()
    draft.part(
      "whatsapp:5582999330001", event: 17,
      [.name("Maria").by(rule: 1), .field("last_order", "A1").by(rule: 1)])
    #expect(
      lines(draft.batch) == [
        #"{"batch":1,"call":1,"method":"POST","path":"/api/v2/contacts.json","query":{"urn":"whatsapp:5582999330001"},"body":{"name":"Maria","fields":{"last_order":"A1"}},"because":[{"rule":"r1","at":"a.yaml:2","event":"e17"}]}"#
      ])
  }

  @Test("answers, lists and words for the sender are printed")
  func senderKeys() {
    var draft = DraftBatch()
    draft.part(
      "tel:+1", missing: .skip, event: 1,
      [.plain(.replaceGroups), .add("A"), .prefer("tel:+2").by(rule: 3, event: 0)])
    draft.part("tel:+3", missing: .create, event: 2, [.add("B")])
    draft.part("tel:+4", missing: .fail, event: 3, [.add("B")])
    let edit = #""urns":{"answer":1,"add":[],"first":["tel:+2"],"remove":[]}"#
    let because = [("r3", 4, "e0"), ("r0", 1, "e1")].map {
      #"{"rule":"\#($0)","at":"a.yaml:\#($1)","event":"\#($2)"}"#
    }.joined(separator: ",")
    #expect(
      lines(draft.batch) == [
        #"{"batch":1,"call":1,"method":"GET","path":"/api/v2/contacts.json","query":{"urn":"tel:+1"},"missing":"skip","because":[\#(because)]}"#,
        #"{"batch":1,"call":2,"method":"POST","path":"/api/v2/contacts.json","query":{"uuid":{"answer":1}},"body":{"groups":["A"],\#(edit)},"after":[1],"missing":"skip","because":[\#(because)]}"#,
        #"{"batch":1,"call":3,"method":"POST","path":"/api/v2/contact_actions.json","body":{"contacts":["tel:+3","tel:+4"],"action":"add","group":"B"},"missing":["create","fail"],"because":[{"rule":"r0","at":"a.yaml:1","event":"e2","contact":0},{"rule":"r0","at":"a.yaml:1","event":"e3","contact":1}]}"#,
      ])
  }

  @Test("an event and a rule stand once, in the order of events")
  func reasonsOnce() {
    var draft = DraftBatch()
    draft.part(
      "tel:+1", event: 0,
      [
        .name("M").by(rule: 2, event: 3), .field("a", "1").by(rule: 1, event: 3),
        .field("b", "1").by(rule: 2, event: 3), .field("c", "1").by(rule: 5, event: 1),
      ])
    let line = lines(draft.batch)[0]
    let reasons = line.split(separator: #""rule":""#).dropFirst().map { $0.prefix(2) }
    #expect(reasons == ["r5", "r1", "r2"])
  }

  @Test(
    "texts are escaped where JSON asks for it, and nowhere else",
    arguments: [
      ("", ""), ("plain", "plain"), (#"a"b"#, #"a\"b"#), (#"back\slash"#, #"back\\slash"#),
      ("tab\tline\nfeed", #"tab\tline\nfeed"#), ("\u{1}\u{1F}", #"\u0001\u001f"#),
      ("São João 🎉 – ok", "São João 🎉 – ok"), ("seven77\"eight888", #"seven77\"eight888"#),
      ("\u{7F}\u{80}\u{FF}", "\u{7F}\u{80}\u{FF}"), ("\u{8}\u{C}\r", #"\b\f\r"#),
    ])
  func escaping(text: String, expected: String) {
    for padding in ["", "x", "xxxxxxx", "xxxxxxxxx"] {
      var draft = DraftBatch()
      draft.part("tel:+1", [.name(padding + text)])
      #expect(lines(draft.batch)[0].contains("{\"name\":\"\(padding)\(expected)\"}"))
    }
  }

  @Test("ranges of calls printed one by one are the whole")
  func ranges() {
    var draft = DraftBatch()
    for number in 0..<40 { draft.part("tel:+\(number)", event: number, [.name("n\(number)")]) }
    let table = Planner.plan(
      draft.batch, profile: .weni, ensure: .init(), mode: .window)
    let encoder = CallEncoder(provenance: TextList(["\"rule\":\"r\"".utf8]))
    var whole: [UInt8] = []
    var pieces: [UInt8] = []
    encoder.encode(0..<40, of: table, draft.batch, into: &whole)
    for start in stride(from: 0, to: 40, by: 7) {
      encoder.encode(start..<min(start + 7, 40), of: table, draft.batch, into: &pieces)
    }
    #expect(whole == pieces)
  }
}
