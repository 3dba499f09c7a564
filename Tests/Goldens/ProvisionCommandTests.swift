import Foundation
import Testing

/// A simulated workspace, rules that need something of it, and `regra provision` between them.
private final class Shop {
  static let rules = """
    version: 1
    contact: {urn: "whatsapp:${event.phone}"}
    rules:
      - id: order-paid
        do:
          - set_fields: {last_order: "${event.order}", paid_at: "${event.at}"}
          - add_to_group: [Clientes, Lead]
    ensure:
      fields:
        paid_at: {label: Paid at, type: datetime}
      groups: [Clientes]

    """

  let simulator: RunningSimulator
  let scratch: Scratch

  init(_ flags: [String] = [], rules: String = Shop.rules) throws {
    scratch = try Scratch()
    let state = try scratch.write(#"{"groups": [{"name": "Leads"}]}"#, to: "shop.json")
    _ = try scratch.write(rules, to: "rules.yaml")
    simulator = try RunningSimulator(["--state", state.path, "--token", "t"] + flags)
  }

  /// Runs a line of a shell where the rules stand; `URL` in it is the simulator.
  func run(_ line: String, token: String = "t") throws -> Command {
    try simulator.run(line, in: scratch, token: token)
  }

  /// What the workspace has, as the API shows it.
  func list(_ endpoint: String) throws -> String {
    try simulator.curl("-H 'Authorization: Token t' \(simulator.address)/api/v2/\(endpoint).json")
  }
}

private let provision = "regra provision rules.yaml --url URL"

@Suite("regra provision")
struct ProvisionCommandTests {
  @Test("what lacks is made once, and the state directory knows it")
  func whole() throws {
    let shop = try Shop()
    #expect(try shop.run("regra pull --url URL --quiet").status == 0)
    #expect(try shop.run("regra check rules.yaml").output.contains("W0405"))
    let run = try shop.run("\(provision) --yes --format json")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors == "regra: waiting 0:06 until what was made can be used\n")
    let lines = try run.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(lines.count == 2)
    #expect((lines[0]["lacks"] as? [[String: Any]])?.count == 4)
    #expect(
      lines[1]["made"] as? [[String: String]] == [
        ["field": "paid_at"], ["field": "last_order"], ["group": "Clientes"], ["group": "Lead"],
      ])
    #expect(try shop.list("fields").contains(#""value_type":"datetime""#))
    let check = try shop.run("regra check rules.yaml")
    #expect(check.output == "no problems in 1 file\n")
    let again = try shop.run("\(provision) </dev/null")
    #expect(again.status == 0)
    #expect(again.output.hasSuffix("(weni) lacks nothing\n"))
    #expect(again.errors == "")
  }

  @Test("nothing is made where nobody can be asked and --yes is not given")
  func unasked() throws {
    let shop = try Shop()
    let run = try shop.run("\(provision) </dev/null")
    #expect(run.status == 6)
    #expect(run.output.contains("+ field  paid_at"))
    #expect(
      run.errors == "regra: nothing was made: nobody can be asked here; add --yes to make it\n")
    #expect(try shop.list("fields").contains(#""results":[]"#))
  }

  @Test("whoever is asked may say no, or yes", arguments: [("n", 6), ("", 6), ("Yes", 0)])
  func asked(answer: String, status: Int) throws {
    let shop = try Shop()
    let run = try shop.run("echo '\(answer)' | script -qec '\(provision)' /dev/null")
    #expect(Int(run.status) == status)
    #expect(run.output.contains("make 2 fields and 2 groups? [y/N]"))
    #expect(try shop.list("fields").contains("paid_at") == (status == 0))
  }

  @Test("ended by a signal it says what was made", arguments: [("INT", 130), ("TERM", 143)])
  func interrupted(signal: String, status: Int) throws {
    let shop = try Shop([
      "--fault", #"{"on": {"method": "POST"}, "answer": 429, "retry_after": 3600, "from": 3}"#,
    ])
    let run = try shop.run(
      """
      mkfifo words
      \(provision) --yes >made 2>words &
      child=$!
      grep -q waiting <words
      kill -\(signal) $child
      wait $child
      echo $? >&2
      cat made
      """)
    #expect(run.errors == "\(status)\n")
    #expect(
      run.output.hasSuffix(
        """
        made field paid_at
        made field last_order
        not made group Clientes
        not made group Lead
        2 fields made

        """))
  }

  @Test("a type that does not fit is said with its place, and nothing is made")
  func otherType() throws {
    let shop = try Shop()
    let body = "-d '{\"label\": \"Paid at\", \"value_type\": \"text\"}'"
    _ = try shop.simulator.curl(
      "-H 'Authorization: Token t' -H 'Content-Type: application/json' \(body) "
        + "\(shop.simulator.address)/api/v2/fields.json")
    let run = try shop.run("\(provision) --yes")
    #expect(run.status == 1)
    #expect(run.output == "")
    #expect(run.errors.contains("error[E0417]: the field `paid_at` exists with another type"))
    #expect(run.errors.contains("`datetime` here, `text` in the workspace"))
    #expect(!(try shop.list("groups")).contains("Clientes"))
  }

  @Test("groups may be named by name and by uuid: the server knows which are the same")
  func mixedNames() throws {
    let shop = try Shop()
    let groups = try shop.list("groups")
    let uuid = try #require(groups.firstMatch(of: /"uuid":"([0-9a-f-]+)"/)?.1)
    let rules = Shop.rules.replacingOccurrences(of: "Lead]", with: "\(uuid)]")
    _ = try shop.scratch.write(rules, to: "rules.yaml")
    #expect(try shop.run("regra check rules.yaml").output.contains("E0413"))
    #expect(try shop.run("\(provision) </dev/null").output.contains("lacks 2 fields and 1 group"))
  }

  @Test("what the server refuses is named, and ends with 5")
  func refused() throws {
    let shop = try Shop(
      rules: Shop.rules.replacingOccurrences(of: "last_order:", with: "last__order:"))
    let run = try shop.run(provision + " </dev/null")
    #expect(run.output.contains("! field  last__order: the server makes no such key of any label"))
    let full = try Shop([
      "--fault", #"{"on": {"path": "groups.json", "method": "POST"}, "answer": 400}"#,
    ])
    let refused = try full.run("\(provision) --yes")
    #expect(refused.status == 5)
    #expect(refused.output.contains("refused group Clientes: "))
    #expect(refused.output.hasSuffix("2 fields made, ready to be used\n"))
  }

  @Test(
    "what cannot be done is said in a sentence, with its status",
    arguments: [
      ("regra provision rules.yaml --url http://127.0.0.1:9", "t", 6, "cannot be reached"),
      ("regra provision rules.yaml --url flows.weni.ai", "t", 64, "such as https://"),
      (provision, "wrong", 6, "Invalid token"), (provision, "", 64, "REGRA_TOKEN"),
      ("regra provision nowhere --url URL", "t", 3, "nowhere"),
      ("\(provision) --dialect rapidpro", "t", 6, "--dialect weni"),
      ("\(provision) --state nowhere", "t", 3, "`regra pull` fills it"),
      ("echo rules >rules.yaml; \(provision)", "", 1, "error["),
    ])
  func mistakes(_ line: String, _ token: String, _ status: Int, _ words: String) throws {
    let run = try Shop().run(line, token: token)
    #expect(Int(run.status) == status)
    #expect(run.errors.contains(words), "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  @Test("a state directory that is in use or another workspace's is left alone")
  func otherState() throws {
    let shop = try Shop()
    #expect(try shop.run("regra pull --url URL --quiet").status == 0)
    let locked = try shop.run("flock .regra/lock \(provision) --yes")
    #expect(locked.status == 6)
    #expect(locked.errors.contains("is writing to it"))
    let other = try RunningSimulator(["--token", "t", "--seed", "9"])
    let run = try shop.run("regra provision rules.yaml --url \(other.address) --yes")
    #expect(run.status == 6)
    #expect(run.errors.contains("it belongs to workspace"))
  }
}

@Suite("The page of provision")
struct ProvisionPageTests {
  private static let page = try? Markdown("docs/provision.md")
  private static let fences = page?.fences ?? []

  @Test("every example is of a kind that is run", arguments: fences)
  func kinds(_ fence: Markdown.Fence) {
    #expect(["sh", "yaml provision", "console provision"].contains(fence.kind))
  }

  @Test("provisioning says what the page shows")
  func sessions() throws {
    let rules = try #require(Self.fences.first { $0.kind == "yaml provision" }).text
    let shop = try Shop(rules: rules)
    let host = shop.simulator.address.replacingOccurrences(of: "http://", with: "")
    let session = try #require(Self.fences.first { $0.kind == "console provision" })
    var lines = session.text.split(separator: "\n").map(String.init)[...]
    while let line = lines.popFirst() {
      let run = try shop.run(
        line.dropFirst(2).replacingOccurrences(of: "http://localhost:8080", with: "URL")
          + " </dev/null")
      let expected = lines.prefix { !$0.hasPrefix("$ ") }
      lines = lines.dropFirst(expected.count)
      let said = (run.output + run.errors).replacingOccurrences(of: host, with: "localhost:8080")
      #expect(said.withoutWorkspace == expected.map { $0 + "\n" }.joined().withoutWorkspace)
    }
  }

  @Test("the table names every flag, and no other")
  func flags() throws {
    let help = try Command(["provision", "--help"]).output
    let rows = (Self.page?.text ?? "").split(separator: "\n").filter { $0.hasPrefix("| `--") }
      .compactMap { $0.split(separator: "|").first }.joined()
    let documented = Set(rows.matches(of: /--[a-z-]+/).map { String($0.0) })
    let offered = Set(help.matches(of: /(?m)^  (--[a-z-]+)/).map { String($0.1) })
    #expect(documented == offered.subtracting(["--version"]))
    #expect(documented.count == 13)
  }
}

extension String {
  /// Workspaces have other uuids each time.
  fileprivate var withoutWorkspace: String {
    replacing(/workspace [0-9a-f-]+/, with: "workspace")
  }
}
