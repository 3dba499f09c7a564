import Foundation
import Testing

private let scenarios: [String] =
  ((try? FileManager.default.contentsOfDirectory(
    atPath: packageRoot.appending(path: "playground").path)) ?? [])
  .filter { !$0.contains(".") }.sorted()

@Suite("The playground runner")
struct PlayCommandTests {
  @Test("a scenario is shown as it stands beside this test", arguments: scenarios)
  func golden(_ scenario: String) throws {
    let play = try Command(["play", scenario])
    #expect(play.status == 0, "\(play.errors)")
    let file = packageRoot.appending(path: "Tests/Goldens/plays/\(scenario).txt")
    if ProcessInfo.processInfo.environment["GOLDENS"] == "record" {
      try Data(play.output.utf8).write(to: file)
    }
    #expect(try play.output == String(contentsOf: file, encoding: .utf8))
  }

  @Test("no golden is left of a scenario that is gone")
  func strangers() throws {
    let goldens = try FileManager.default.contentsOfDirectory(
      atPath: packageRoot.appending(path: "Tests/Goldens/plays").path)
    #expect(goldens.sorted() == scenarios.map { "\($0).txt" })
  }

  @Test("all events fit into 80 columns and name nobody", arguments: scenarios)
  func everything(_ scenario: String) throws {
    let play = try Command(["play", scenario, "--all", "--calls"])
    let lines = play.output.split(separator: "\n")
    #expect(lines.filter { $0.count > 80 } == [])
    #expect(lines.filter { $0.hasSuffix(" ") } == [])
    try expectNobody(of: scenario, in: play.output)
  }

  @Test("a program gets a line for each event, each window and the summary", arguments: scenarios)
  func json(_ scenario: String) throws {
    let play = try Command(["play", scenario, "--format", "json"])
    try expectNobody(of: scenario, in: play.output)
    let objects = try play.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    let summary = try #require(objects.last?["summary"] as? [String: Any])
    #expect(objects.count { $0["event"] != nil } == summary["events"] as? Int)
    let fired = objects.flatMap { $0["rules"] as? [[String: Any]] ?? [] }
      .count { ["fired", "nobody"].contains($0["verdict"] as? String) }
    let counts = (summary["rules"] as? [[String: Any]] ?? []).compactMap { $0["fired"] as? Int }
    #expect(fired == counts.reduce(0, +))
    #expect(fired > 0)
  }

  /// No name, mail address or number of anybody may be shown.
  private func expectNobody(of scenario: String, in output: String) throws {
    let folder = packageRoot.appending(path: "playground/\(scenario)")
    let events = try String(contentsOf: folder.appending(path: "events.ndjson"), encoding: .utf8)
    let contacts =
      (try? String(contentsOf: folder.appending(path: "contacts.ndjson"), encoding: .utf8)) ?? ""
    let names = contacts.matches(of: /"name":"([^"]+ [^"]+)","language"/).map { String($0.1) }
    let urns = contacts.matches(of: /"(?:whatsapp|tel|mailto|ext):([^"]+)"/).map { String($0.1) }
    let mails = events.matches(of: /[\w.]+@[\w.]+/).map { String($0.0) }
    let people = Set(names + urns.filter { $0.count > 7 } + mails)
    #expect(scenario == "artigo-weni" || people.count > 20)
    #expect(people.filter { output.contains($0) } == [])
  }

  @Test("one event is shown with every line, also behind the one that decides")
  func event() throws {
    let play = try Command(["play", "shop-orders", "--event", "60"])
    #expect(play.output.contains("✗ event.body.completed_at: absent"))
    #expect(play.output.contains("✓ event.body.buyer_accepts_marketing: true  true"))
  }

  @Test(
    "what cannot be played says why",
    arguments: [
      ("play shop-order", Int32(64), "there is no scenario shop-order; did you mean shop-orders?"),
      ("play Sources", 64, "Sources is no scenario: it needs rules/ and events.ndjson"),
      ("play shop-orders --step", 64, "--step needs a terminal"),
      ("play shop-orders --reveal", 64, "--reveal shows personal data on a terminal only"),
      ("play shop-orders --event nobody", 64, "no event has the line or the id nobody"),
      ("play shop-orders --step --watch", 64, "--step goes with neither"),
    ])
  func misuse(line: String, status: Int32, words: String) throws {
    let play = try Command(line.split(separator: " ").map(String.init))
    #expect(play.status == status)
    #expect(play.errors.contains(words), "\(play.errors)")
  }

  @Test("a file that was shared is played like the folder it was made of")
  func sharedFile() throws {
    let scratch = try Scratch()
    let rules = """
      version: 1
      events: {id: event.id}
      contact: {urn: "ext:${event.who}", missing: create}
      rules: [{id: greet, do: [set_name: "${event.name}"]}]
      """
    let event = #"{"id":"e1","who":"1","name":"Ana"}"#
    let contact =
      #"{"uuid":"2c9fbf96-327f-5f65-98db-72e497391b55","urns":["ext:1"],"groups":[],"fields":{}}"#
    let file: [String: Any] = [
      "regra": "rehearsal", "version": 1, "name": "greetings", "dialect": "weni",
      "now": "2026-03-02T12:00:00Z", "rules": [["path": "rules.yaml", "text": rules]],
      "contacts": [try JSONSerialization.jsonObject(with: Data(contact.utf8))],
      "steps": [["line": 3, "event": event, "fired": ["greet"], "unknown": []]],
    ]
    let text = String(decoding: try JSONSerialization.data(withJSONObject: file), as: UTF8.self)
    let path = try scratch.write(text, to: "greetings.regra.json").path
    let shared = try Command(["play", path])
    #expect(shared.status == 0, "\(shared.errors)")
    let folder = try Scratch()
    _ = try folder.write(rules, to: "rules.yaml")
    _ = try folder.write("\n\n\(event)\n", to: "events.ndjson")
    _ = try folder.write(contact + "\n", to: "contacts.ndjson")
    _ = try folder.write("2026-03-02T12:00:00Z\n", to: "clock")
    let played = try Command(["play", folder.directory.path])
    #expect(shared.output.contains("greetings · 1 event · 1 rule · 1 contact"))
    #expect(
      shared.output.split(separator: "\n").dropFirst()
        == played.output.replacing(#/^.*\n  /#, with: "").split(separator: "\n").dropFirst())
    #expect(shared.output.contains("✓ greet"))
  }

  @Test(
    "a file that is none says what to do",
    arguments: [
      ("README.md", Int32(3), "README.md: this is no shared rehearsal: *Share as one file*"),
      ("README.md --web", 3, "`regra play --web` makes one"),
      ("FILE --watch", 64, "--watch looks at the files of a folder"),
    ])
  func foreignFile(_ arguments: String, _ status: Int32, _ words: String) throws {
    let scratch = try Scratch()
    let text = """
      {"regra":"rehearsal","version":1,"rules":[{"path":"x.yaml","text":"version: 1"}],\
      "contacts":[],"steps":[]}
      """
    let path = try scratch.write(text, to: "a.regra.json").path
    let line = arguments.replacing("FILE", with: path)
    let play = try Command(["play"] + line.split(separator: " ").map(String.init))
    #expect(play.status == status)
    #expect(play.errors.contains(words), "\(play.errors)")
  }

  @Test("wrong rules are told, and end the command")
  func wrongRules() throws {
    let scratch = try Scratch()
    _ = try scratch.write("version: 2\n", to: "rules.yaml")
    _ = try scratch.write("{}\n", to: "events.ndjson")
    let play = try Command(["play", scratch.directory.path])
    #expect(play.status == 1)
    #expect(play.errors.contains("error[E"))
  }
}
