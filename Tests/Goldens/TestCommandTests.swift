import Foundation
import Testing

/// `regra test` as it is called.
@Suite("The command test")
struct TestCommandTests {
  private static let rules = """
    version: 1
    events: {type: event.type}
    contact: {urn: "whatsapp:${phone(event.phone, 'BR')}"}
    rules:
      - id: paid
        when: order
        if:
          - event.total: {at_least: 10}
        do:
          - set_name: ${event.name}
          - add_to_group: Clientes

    """

  private static func tests(_ total: Int) -> String {
    """
    rules: orders.yaml
    tests:
      - name: first
        events: [{type: order, total: \(total), phone: "82999330001", name: Ana Canário}]
        expect: {contacts: {"whatsapp:5582999330001": {name: Ana Canário, groups: [Clientes]}}}
      - name: second
        events: [{type: order, total: 9, phone: "82999330001"}]
        expect: {fired: []}

    """
  }

  private func scene(_ tests: String, rules: String = Self.rules) throws -> Scratch {
    let scratch = try Scratch()
    _ = try scratch.write(rules, to: "orders.yaml")
    _ = try scratch.write(tests, to: "orders.test.yaml")
    return scratch
  }

  private func run(_ scratch: Scratch, _ flags: String...) throws -> Command {
    let line = (["cd '\(scratch.directory.path)' && regra test"] + flags).joined(separator: " ")
    return try Command(shell: line)
  }

  @Test("every ruleset to start from is tested, each outcome and each action")
  func rulesets() throws {
    let scratch = try Scratch()
    let run = try Command([
      "test", "rules", "--min", "100", "--require-tests", "--state", scratch.directory.path,
    ])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test("the page's example gives what stands below it")
  func page() throws {
    let page = try Markdown("docs/testing.md")
    let rules = try #require(page.fences.first { $0.kind == "yaml rules" })
    let tests = try #require(page.fences.first { $0.kind == "yaml tests" })
    let shown = try #require(page.fences.first { $0.kind == "text" })
    let scratch = try scene(tests.text, rules: rules.text)
    let run = try run(scratch, "orders.yaml")
    #expect(run.output.hasPrefix(shown.text), "\(run.output)\(run.errors)")
    #expect(run.status == 1)
  }

  @Test("the exit code says what happened")
  func exitCodes() throws {
    #expect(try run(scene(Self.tests(10))).status == 0)
    #expect(try run(scene(Self.tests(9))).status == 1)
    #expect(try run(scene("tests: [{name: a, events: [], expect: {fired: [b]}}]")).status == 1)
    #expect(try run(scene(Self.tests(10), rules: "version: 2\nrules: []\n")).status == 1)
    #expect(try run(scene(Self.tests(10)), "--min", "100").status == 0)
    let half = "tests: [{name: a, events: [], expect: {fired: []}}]"
    #expect(try run(scene(half), "--min", "10").status == 1)
    let scratch = try scene(half)
    _ = try scratch.write(Self.rules, to: "other.yaml")
    #expect(try run(scratch, "--require-tests").status == 1)
    #expect(try run(scratch, "nowhere").status == 3)
    #expect(try run(scratch, "--report", "pdf").status == 64)
    #expect(try run(scratch, "--reveal").status == 64)
  }

  @Test("only what failed last time is run again")
  func failed() throws {
    let scratch = try scene(Self.tests(9))
    #expect(try run(scratch, "--failed").errors.contains("all are run"))
    #expect(try run(scratch).output.contains("2 tests · 1 passed · 1 failed"))
    _ = try scratch.write(Self.tests(10), to: "orders.test.yaml")
    #expect(try run(scratch, "--failed").output.contains("1 test · 1 passed · 0 failed"))
    #expect(try run(scratch, "-k", "ORDERS*sec").output.contains("1 test · 1 passed"))
  }

  @Test("snapshots are written on demand and compared from then on")
  func snapshots() throws {
    let scratch = try scene(
      Self.tests(10).replacing("{fired: []}", with: "{snapshot: \"second.txt\"}"))
    #expect(try run(scratch).status == 1)
    #expect(try run(scratch, "--update").status == 0)
    #expect(try run(scratch).status == 0)
    let file = scratch.directory.appending(path: "second.txt")
    #expect(try String(contentsOf: file, encoding: .utf8) == "# second\n")
  }

  @Test("reports are read by other programs, and name nobody")
  func reports() throws {
    let scratch = try scene(Self.tests(9))
    let run = try run(
      scratch, "--report junit=j.xml", "--report json=j.json", "--report github", "--all")
    let junit = try Data(contentsOf: scratch.directory.appending(path: "j.xml"))
    let json = try Data(contentsOf: scratch.directory.appending(path: "j.json"))
    let xml = String(decoding: junit, as: UTF8.self)
    #expect(xml.contains("<testsuites tests=\"2\" failures=\"1\""))
    let object = try JSONSerialization.jsonObject(with: json) as? [String: Any]
    #expect(object?["failed"] as? Int == 1)
    #expect(run.output.contains("::error file=orders.test.yaml,line=5,"))
    let all = run.output + run.errors + xml + String(decoding: json, as: UTF8.self)
    for canary in ["82999330001", "Canário"] { #expect(!all.contains(canary), "\(all)") }
  }

  @Test("changes that no test notices are told, a line each")
  func mutation() throws {
    let run = try run(scene(Self.tests(10)), "--mutate")
    #expect(run.status == 0)
    #expect(run.output.contains("mutation: "), "\(run.output)")
    #expect(run.output.contains("orders.yaml:5  `paid` listens to every event"))
  }

  @Test("lines fit on a terminal of 80 columns", arguments: [[], ["--all"], ["--mutate"]])
  func width(_ flags: [String]) throws {
    let line = (["regra test rules --state /tmp/none-\(UUID().uuidString)"] + flags)
      .joined(separator: " ")
    let run = try Command(shell: line)
    let long = run.output.split(separator: "\n").filter { $0.count > 80 }
    #expect(long.isEmpty, "\(long)")
  }
}
