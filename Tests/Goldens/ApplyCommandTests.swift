import Contacts
import Foundation
import Plans
import Testing

/// A simulated shop, a plan for it, and `regra apply` between them.
private final class Shop {
  let simulator: RunningSimulator
  let scratch: Scratch
  let plan: String

  init(_ flags: [String] = [], made: String = "2020-01-01T00:00:00Z") throws {
    scratch = try Scratch()
    let state = try scratch.write(
      """
      {"groups": [{"name": "Clientes"}],
       "contacts": [{"urns": ["tel:+5582999330001"], "created_on": "2019-01-01T00:00:00Z"}]}
      """, to: "shop.json")
    simulator = try RunningSimulator(["--state", state.path, "--token", "t"] + flags)
    let lines = """
      {"batch":1,"call":1,"method":"POST","path":"/api/v2/contacts.json","query":{"urn":"tel:+5582999330001"},"body":{"name":"Ana","fields":{"no_such":"1"}},"because":[{"rule":"r","at":"a.yaml:3","event":"e1"}]}
      {"batch":1,"call":2,"method":"POST","path":"/api/v2/contact_actions.json","body":{"contacts":["tel:+5582999330001"],"action":"add","group":"Clientes"},"missing":"skip","because":[{"rule":"r","at":"a.yaml:3","event":"e1"}]}

      """
    let file = PlanFile(
      head: PlanFile.Head(made: made, dialect: .weni), calls: Array(lines.utf8))
    plan = try scratch.write(String(decoding: file.bytes, as: UTF8.self), to: "shop.plan").path
  }

  /// What `regra apply` says and ends with.
  func apply(_ flags: String = "", url: String? = nil) throws -> Command {
    try Command(
      shell: "REGRA_TOKEN=t regra apply \(plan) --url \(url ?? simulator.address) \(flags)")
  }

  var contacts: String {
    get throws {
      try simulator.curl("-H 'Authorization: Token t' \(simulator.address)/api/v2/contacts.json")
    }
  }
}

@Suite("regra apply")
struct ApplyCommandTests {
  @Test("a plan is sent, what the server refuses is said, and it is not sent twice")
  func wholePlan() throws {
    let shop = try Shop()
    let run = try shop.apply()
    #expect(run.status == 5)
    #expect(run.output == "")
    #expect(
      run.errors == """
        regra: set aside field `no_such`: Invalid contact field key: no_such (r a.yaml:3 event e1)
        regra: 2 of 2 calls done · 3 requests · 1 set aside

        """)
    #expect(try shop.contacts.contains(#""name":"Ana""#))
    #expect(try shop.contacts.contains(#""name":"Clientes""#))
    let again = try shop.apply()
    #expect(again.status == 0)
    #expect(again.errors == "regra: \(shop.plan): applied before (2 calls); nothing was sent\n")
  }

  @Test("contacts that changed are named by pseudonyms, or as they are")
  func changed() throws {
    let shop = try Shop(made: "2018-01-01T00:00:00Z")
    let run = try shop.apply()
    #expect(run.status == 5)
    #expect(run.errors.contains("it changed since the plan was made (2 calls)"))
    #expect(!run.errors.contains("999330001"))
    #expect(try shop.apply("--quiet").errors == "")
  }

  @Test("a server that fails ends it with 6, and the same command goes on")
  func goesOn() throws {
    let shop = try Shop([
      "--fault", #"{"on": {"path": "contact_actions.json"}, "answer": 403, "times": 1}"#,
    ])
    let run = try shop.apply()
    #expect(run.status == 6)
    #expect(run.errors.contains("the server does not allow this; the same command goes on"))
    let rest = try shop.apply()
    #expect(rest.status == 5)
    #expect(rest.errors.hasSuffix("2 of 2 calls done · 1 before · 1 request · 1 set aside\n"))
  }

  @Test("what is no plan, cannot be reached or lacks a token is refused")
  func refused() throws {
    let shop = try Shop()
    let away = try shop.apply(url: "http://127.0.0.1:9")
    #expect(away.status == 6)
    #expect(away.errors.hasPrefix("regra: the server cannot be reached"))
    try Data("{}\n".utf8).write(to: URL(filePath: shop.plan))
    let none = try shop.apply()
    #expect(none.status == 3)
    #expect(none.errors == "regra: \(shop.plan): this is no plan: `regra plan` makes one\n")
    #expect(
      try Command(shell: "regra apply \(shop.plan) --url \(shop.simulator.address)").status == 3)
    #expect(try Command(["apply", shop.plan]).status == 64)
  }
}
