import Foundation
import Testing

@Suite("The comparison of rules")
struct DiffCommandTests {
  /// Rules of the shop and another edition of them, beside its events and contacts.
  private let scratch: Scratch
  private static let known = "--contacts contacts.ndjson --inventory inventory.json"
  private static let now = "--now 2026-03-09T09:00:00-03:00"

  /// What the other edition has instead.
  private static let changes = [
    ("total >= 500.0", "total >= 300.0"),
    ("fraud:     {block_contact: true,", "fraud:     {delete_contact: confirmed,"),
    (
      "  - id: pedido-enviado",
      """
        - id: frete-gratis
          when: orders/create
          if: [total >= 600.0]
          do: [add_to_group: Frete grátis]

        - id: pedido-enviado
      """
    ), ("    - Clientes VIP\n", "    - Clientes VIP\n    - Frete grátis\n"),
    (
      "customer:  {add_to_group: Desistentes,",
      "customer:  {set_fields: {link_de_rastreio: nenhum}, add_to_group: Desistentes,"
    ),
    ("guards:\n", "guards:\n  max_deletes: 0\n"),
  ]

  init() throws {
    scratch = try Scratch()
    let shop = packageRoot.appending(path: "playground/shop-orders")
    for name in ["events.ndjson", "contacts.ndjson", "inventory.json"] {
      _ = try scratch.write(
        String(contentsOf: shop.appending(path: name), encoding: .utf8), to: name)
    }
    for folder in ["old", "new"] {
      try FileManager.default.createDirectory(
        at: scratch.directory.appending(path: folder), withIntermediateDirectories: false)
    }
    for name in ["pedidos.yaml", "carrinhos.yaml"] {
      var rules = try String(contentsOf: shop.appending(path: "rules/\(name)"), encoding: .utf8)
      _ = try scratch.write(rules, to: "old/\(name)")
      if name == "pedidos.yaml" {
        for (text, other) in Self.changes {
          try #require(rules.contains(text), "\(text)")
          rules = rules.replacing(text, with: other, maxReplacements: 1)
        }
      }
      _ = try scratch.write(rules, to: "new/\(name)")
    }
  }

  private func diff(_ arguments: String) throws -> Command {
    try Command(shell: "cd \(scratch.directory.path); \(arguments)")
  }

  @Test(
    "two editions of rules are compared as it stands beside this test",
    arguments: [
      ("shop.txt", ""), ("shop.pt.txt", "--lang pt"), ("shop.json", "--format json"),
      ("unknown.txt", "nobody"),
    ])
  func golden(_ name: String, _ flags: String) throws {
    let known = flags == "nobody" ? "" : "\(Self.known) \(flags)"
    let command = try diff("regra diff old new events.ndjson \(Self.now) \(known)")
    #expect(command.status == 0, "\(command.errors)")
    let file = packageRoot.appending(path: "Tests/Goldens/diffs/\(name)")
    if ProcessInfo.processInfo.environment["GOLDENS"] == "record" {
      try Data(command.output.utf8).write(to: file)
    }
    #expect(try command.output == String(contentsOf: file, encoding: .utf8))
    guard name.hasSuffix(".txt") else { return }
    let lines = command.output.split(separator: "\n")
    #expect(lines.filter { $0.count > 80 || $0.hasSuffix(" ") } == [])
  }

  @Test(
    "events come from wherever `run` takes them",
    arguments: [
      "regra diff old new events.ndjson FLAGS", "cat events.ndjson | regra diff old new FLAGS",
      "gzip events.ndjson; regra diff old new 'events.*' FLAGS",
      "head -100 events.ndjson > a.ndjson; tail -n +101 events.ndjson > b.ndjson; "
        + "regra diff old new a.ndjson b.ndjson FLAGS",
    ])
  func sources(_ line: String) throws {
    let flags = "\(Self.now) \(Self.known) --format json 2>/dev/null"
    let command = try diff(line.replacing("FLAGS", with: flags))
    let file = packageRoot.appending(path: "Tests/Goldens/diffs/shop.json")
    #expect(try command.output == String(contentsOf: file, encoding: .utf8))
  }

  @Test("windows are those of a run, and end at the same contacts")
  func windows() throws {
    let whole = try json("regra diff old new events.ndjson")
    let parted = try json("regra diff old new events.ndjson --window 20")
    #expect(try contacts(whole) == contacts(parted))
    func calls(_ object: [String: Any]) -> Int {
      (object["new"] as? [String: Any])?["calls"] as? Int ?? 0
    }
    #expect(calls(parted) > calls(whole))
  }

  /// Everybody's parts as they end; the event that wrote one first may be another.
  private func contacts(_ object: [String: Any]) throws -> [String] {
    try #require(object["contacts"] as? [[String: Any]]).map { contact in
      let parts = (contact["parts"] as? [[String: Any]] ?? []).map { part in
        ["of", "old", "new"].map { "\(part[$0] ?? "")" }.joined(separator: " ")
      }
      return "\(contact["contact"] ?? "") \(contact["kind"] ?? "") \(parts.sorted())"
    }
  }

  private func json(_ line: String) throws -> [String: Any] {
    let command = try diff("\(line) \(Self.now) \(Self.known) --format json")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any])
  }

  @Test(
    "a difference ends with 4 where it was asked to",
    arguments: [
      ("old new events.ndjson", Int32(0)), ("old new events.ndjson --fail-on deletes", 4),
      ("new old events.ndjson --fail-on deletes", 0), ("new old events.ndjson --fail-on any", 4),
      ("old old events.ndjson --fail-on any", 0), ("new new events.ndjson --fail-on deletes", 0),
    ])
  func failing(_ arguments: String, _ status: Int32) throws {
    #expect(try diff("regra diff \(arguments) \(Self.now) \(Self.known)").status == status)
  }

  @Test("rules compared with themselves are one plain line")
  func same() throws {
    let command = try diff("regra diff old old events.ndjson \(Self.now) \(Self.known)")
    #expect(
      command.output.split(separator: "\n").last
        == "no difference: every contact ends the same, by the same calls")
  }

  @Test("contacts beyond the first fifty are counted, and --all shows them")
  func limits() throws {
    let changed =
      "sed -i 's/\\${title(nome)}/${upper(nome)}/' new/pedidos.yaml; "
      + "sed -i 's/add_to_group: Carrinho/add_to_group: Carro/' new/carrinhos.yaml; "
    let line = "regra diff old new events.ndjson \(Self.now) \(Self.known)"
    let short = try diff(changed + line)
    #expect(short.output.contains(#/    and \d+ more \(--all shows them\)\n/#))
    #expect(try !diff("\(line) --all").output.contains("more (--all"))
  }

  @Test("what is known comes from a state directory too")
  func state() throws {
    let file = try scratch.write(#"{"contacts": [{"urns": ["ext:a"]}]}"#, to: "state.json")
    let simulator = try RunningSimulator(["--state", file.path, "--token", "t"])
    _ = try scratch.write(
      "version: 1\ncontact: {urn: \"ext:${event.id}\"}\nrules: [{id: r, do: [delete_contact: confirmed]}]\n",
      to: "gone.yaml")
    let pull = try simulator.run("regra pull --url URL --quiet", in: scratch, token: "t")
    #expect(pull.status == 0, "\(pull.errors)")
    let line = #"echo '{"id": "a"}' | regra diff gone.yaml gone.yaml --format json"#
    let command = try diff(line)
    #expect(command.output.contains(#""contacts_before":1"#), "\(command.output)\(command.errors)")
    #expect(command.output.contains(#""contacts_after":0"#))
  }

  @Test("wrong rules are told with the side they stand on")
  func wrongRules() throws {
    _ = try scratch.write("version: 2\n", to: "bad.yaml")
    let new = try diff("regra diff old bad.yaml events.ndjson")
    #expect(new.status == 1)
    #expect(new.errors.contains("error[E0307]"))
    #expect(new.errors.hasSuffix("regra: these are the new rules: bad.yaml\n"))
    let both = try diff("regra diff bad.yaml bad.yaml events.ndjson")
    #expect(both.errors.contains("these are the old rules") && both.errors.contains("the new"))
  }

  @Test("a line that is no event is told, and ends with 5")
  func badLines() throws {
    let command = try diff("echo '{' >> events.ndjson; regra diff old old events.ndjson")
    #expect(command.status == 5)
    #expect(command.errors.contains("events.ndjson:344: "))
  }

  @Test(
    "what cannot be compared says why",
    arguments: [
      ("old new nothing.ndjson", Int32(3), "nothing.ndjson"),
      ("old new events.ndjson --contacts nobody.ndjson", 3, "nobody.ndjson"),
      ("old new events.ndjson --state .regra --contacts contacts.ndjson", 64, "--state already"),
      ("old", 64, "new"), ("old new events.ndjson --fail-on creates", 64, "deletes"),
    ])
  func misuse(_ arguments: String, _ status: Int32, _ words: String) throws {
    let command = try diff("regra diff \(arguments)")
    #expect(command.status == status)
    #expect(command.errors.contains(words), "\(command.errors)")
  }
}
