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
