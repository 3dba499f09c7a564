import Contacts
import Foundation
import Planning
import Testing

@testable import Execution

private let because = #""because":[{"rule":"r","at":"a.yaml:1","event":"e"}]"#

@Suite("Reading call lines")
struct CallReaderTests {
  private func read(_ text: String) throws(CallReader.Failure) -> [Call] {
    var reader = CallReader()
    return try reader.readAll(Array(text.utf8))
  }

  private func cause(_ text: String) -> String {
    do throws(CallReader.Failure) {
      _ = try read(text)
      return "read"
    } catch {
      return "\(error)"
    }
  }

  @Test("a line is read as the call it was printed from")
  func whole() throws {
    let line = #"""
      {"batch":2,"call":9,"method":"POST","path":"/api/v2/contacts.json","query":{"uuid":{"answer":7}},\#
      "body":{"name":null,"language":"por","fields":{"b":"1","a":null},"groups":["A"],\#
      "urns":{"answer":8,"add":["ext:1"],"first":[],"remove":["ext:2"]}},"after":[7,8],\#
      "missing":"skip","wait_s":6,"because":[{"rule":"r","at":"a.yaml:1","event":"e1"},\#
      {"rule":"s","at":"a.yaml:9","event":"e1"}]}
      """#
    var body = Call.ContactBody()
    body.name = .cleared
    body.language = .text("por")
    body.groups = ["A"]
    body.fields = [
      Call.Field(key: "b", value: .text("1")), Call.Field(key: "a", value: .cleared),
    ]
    body.urns = .edit(answer: 8, add: ["ext:1"], first: [], remove: ["ext:2"])
    #expect(
      try read(line) == [
        Call(
          batch: 2, number: 9, method: .post, path: "/api/v2/contacts.json",
          query: Call.Query(name: "uuid", value: .answer(7)), body: .contact(body), after: [7, 8],
          missing: [.skip], waitSeconds: 6,
          because: [Call.Reason(rule: 0, event: "e1"), Call.Reason(rule: 1, event: "e1")])
      ])
  }

  @Test("the scenarios' calls are read, every line")
  func scenarios() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Goldens/scenarios").standardized
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    var count = 0
    for name in names where !name.hasPrefix(".") {
      let file = folder.appending(path: "\(name)/calls.ndjson")
      let text = try String(contentsOf: file, encoding: .utf8)
      let calls = try read(text)
      #expect(calls.count == text.split(separator: "\n").count, "\(name)")
      count += calls.count
    }
    #expect(count > 80)
  }

  @Test("blank lines and windows' line ends are no calls")
  func blanks() throws {
    let line =
      #"{"batch":1,"call":1,"method":"POST","path":"/api/v2/groups.json","body":{"name":"A"},\#(because)}"#
    #expect(try read("\n\(line)\r\n \n").count == 1)
  }

  @Test(
    "what is no call is named with its line and cause",
    arguments: [
      ("{", "no JSON: the text ends too early"),
      ("[]", "the line must be an object"),
      (#"{"batch":1}"#, "the line lacks `call`"),
      (#"{"batch":0,"call":1}"#, "`batch` must be a number from 1 to 2147483647"),
      (#"{"batch":1.5,"call":1}"#, "`batch` must be a number from 1 to 2147483647"),
      (#"{"batch":1,"call":1,"Method":"GET"}"#, "the line has an unknown key, `Method`"),
      (call("PUT", "contacts"), "`method` is none of the words that it may be"),
      (call("GET", "../x"), "`path` is none of the words that it may be"),
      (call("GET", "contacts"), "`query` is missing"),
      (call("GET", "fields"), "GET is no method of /api/v2/fields.json"),
      (
        call("DELETE", "contacts", #""query":{"urn":"ext:1","uuid":"x"}"#),
        "`query` must have one of urn, uuid"
      ),
      (call("GET", "contacts", #""query":{"urn":{"answer":1}}"#), "`query.urn` must be a text"),
      (
        call("POST", "contacts", #""query":{"uuid":{"answer":1}},"body":{}"#),
        "`query.uuid.answer` must be an earlier call, and there is none"
      ),
      (call("GET", "groups", #""query":{"name":"A"},"body":{}"#), "`body` belongs to POST"),
      (call("POST", "contacts"), "`body` is missing"),
      (
        call("POST", "contacts", #""body":{"blocked":true}"#),
        "`body` has an unknown key, `blocked`"
      ),
      (call("POST", "contacts", #""body":{"fields":{"a":1}}"#), "`body.fields.a` must be a text"),
      (
        call("POST", "contacts", #""body":{"fields":{"a":"1","a":"2"}}"#),
        "`body.fields.a` stands there twice"
      ),
      (
        call("POST", "contact_actions", #""body":{"contacts":[],"action":"block"}"#),
        "`body.contacts` must have one contact at least"
      ),
      (
        call("POST", "contact_actions", #""body":{"contacts":["a:1"],"action":"add"}"#),
        "`body` lacks `group`"
      ),
      (
        call("POST", "contact_actions", #""body":{"contacts":["a:1"],"action":"stop"}"#),
        "`body.action` is none of the words that it may be"
      ),
      (
        call(
          "POST", "contact_actions",
          #""body":{"contacts":["a:1"],"action":"block"},"missing":["skip","skip"]"#),
        "`missing` must be one word, or one for each contact"
      ),
      (
        call("POST", "groups", #""body":{"name":"A"},"wait_s":99999"#),
        "`wait_s` must be a number from 0 to 3600"
      ),
    ])
  func mistakes(_ line: String, _ cause: String) {
    #expect(self.cause("\n\(line)") == "line 2: \(cause)")
  }

  private static func call(_ method: String, _ endpoint: String, _ rest: String? = nil) -> String {
    #"{"batch":1,"call":1,"method":"\#(method)","path":"/api/v2/\#(endpoint).json","#
      + (rest.map { "\($0)," } ?? "") + "\(because)}"
  }

  @Test("numbers only rise, as answers are those of earlier calls")
  func order() {
    let calls = [#"POST groups "body":{"name":"A"}"#]
    let line = Rehearsal.lines(calls)
    #expect(
      cause("\(line)\n\(line)") == "line 2: call 1 of batch 1 stands behind call 1 of batch 1")
  }

  @Test("nothing that a line may hold ends the reading otherwise")
  func garbage() {
    let line = Rehearsal.lines([
      #"POST contacts "query":{"urn":"ext:1"},"body":{"name":"A","fields":{"f":null},"urns":["a:1"]}"#
    ])
    for index in line.utf8.indices {
      var bytes = Array(line.utf8)
      let place = line.utf8.distance(from: line.startIndex, to: index)
      bytes[place] = UInt8(truncatingIfNeeded: place &* 37 &+ 11)
      var reader = CallReader()
      _ = try? reader.readAll(bytes)
      _ = try? reader.readAll(Array(bytes[..<place]))
    }
    let deep = String(repeating: "[", count: 100_000)
    #expect(cause(deep) == "line 1: no JSON: it is nested too deep")
    #expect(cause(String(repeating: " ", count: 5 << 20) + "{}").hasPrefix("line 1: the text is"))
  }
}
