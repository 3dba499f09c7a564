import Diagnostics
import Foundation
import Rulesets
import Testing

/// English words that no Portuguese sentence has outside code.
private let english: Set<Substring> = [
  "the", "is", "are", "not", "an", "of", "or", "and", "write", "with", "without", "must", "takes",
  "has", "have", "here", "this", "list", "text", "value", "field", "rule", "event", "which",
  "there",
]

@Suite("Diagnostics in Portuguese")
struct PortugueseTests {
  /// What stands in a sentence outside backticks and quotes.
  private func words(of sentence: String) -> [Substring] {
    let bare = sentence.replacing(/`[^`]*`|"[^"]*"/, with: " ")
    return bare.split { !$0.isLetter }
  }

  private func code(of sentence: String) -> [String] {
    sentence.matches(of: /`[^`]*`/).map { String($0.output) }.sorted()
  }

  @Test(
    "every problem is told in Portuguese, about the same code", arguments: DiagnosticGoldens.names)
  func told(_ name: String) throws {
    let sources = try DiagnosticGoldens.sources(of: name)
    for problem in try DiagnosticGoldens.problems(of: name, sources) {
      let told = problem.told(in: .portuguese)
      let pairs =
        [(problem.message, told.message), (problem.label, told.label)]
        + [(problem.help ?? "", told.help ?? "")]
        + zip(problem.notes, told.notes).map { ($0.message, $1.message) }
      for (before, after) in pairs where !before.isEmpty {
        #expect(words(of: after).filter { english.contains($0) } == [], "\(before)")
        #expect(code(of: before) == code(of: after))
      }
      #expect(told.code == problem.code && told.location == problem.location)
      #expect(told.fix == problem.fix)
    }
  }

  @Test("frames hold their lines in both languages", arguments: DiagnosticGoldens.names)
  func frames(_ name: String) throws {
    let sources = try DiagnosticGoldens.sources(of: name)
    let found = try DiagnosticGoldens.problems(of: name, sources)
    let reports = [Language.english, .portuguese].map {
      DiagnosticRenderer(sources: sources, language: $0).report(found, as: .text)
        .split(separator: "\n", omittingEmptySubsequences: false)
    }
    #expect(reports[0].count == reports[1].count)
  }

  /// Rules whose guards, set-aside writes and tests say more than a line holds.
  private static let rules = """
    version: 1
    events: {id: event.id, type: event.tipo}
    contact: {urn: "ext:${event.quem}", missing: create}
    let: {total: double(event.total)}
    rules:
      - id: apagar
        when: apagar
        do: [delete_contact: confirmed]
      - id: clientes
        when: pago
        if: [total >= 100, contact.fields.plano: ouro]
        do: [add_to_group: Clientes]
      - id: equipe
        when: pago
        do:
          - add_to_group: Um grupo cujo nome é bem mais longo que os outros
          - add_urn: "ext:${event.outro}"
    guards: {max_deletes: 0, max_changed: "1%", never: [Um grupo cujo nome é bem mais longo que os outros]}
    """
  private static let events = """
    {"id":"e1","tipo":"apagar","quem":"1"}
    {"id":"e2","tipo":"pago","quem":"2","outro":"1","total":20}
    {"id":"e3","tipo":"pago","outro":"1","total":20}
    """
  private static let contacts = """
    {"uuid":"2c9fbf96-327f-5f65-98db-72e497391b55","urns":["ext:1"],"groups":[],"fields":{}}
    {"uuid":"3c9fbf96-327f-5f65-98db-72e497391b55","urns":["ext:2"],"groups":[],"fields":{}}
    """
  private static let tests = """
    rules: rules.yaml
    contacts: {ana: {urns: ["ext:2"]}}
    tests:
      - name: o pagamento não muda o grupo
        events: [{id: e1, tipo: pago, quem: "2", total: 20}]
        expect:
          fired: [clientes, apagar]
          contacts: {ana: {groups: [Clientes]}}
          calls: none
      - name: ninguém some
        events: [{id: e1, tipo: apagar, quem: "2"}]
        expect: {contacts: {ana: {groups: [Clientes]}}, set_aside: 2, not_fired: {apagar: unknown}}
    """

  @Test(
    "what commands say is in Portuguese, also where it goes on in a further line",
    arguments: [
      "regra play . --all --calls", "regra plan rules.yaml events.ndjson",
      "regra plan rules.yaml events.ndjson --contacts contacts.ndjson --all-contacts",
      "regra diff rules.yaml rules.yaml events.ndjson",
      "regra explain rules.yaml --event events.ndjson --line 2 --why-not clientes",
      "regra explain rules.yaml --event events.ndjson --line 2 --why-not apagar",
      "regra explain rules.yaml --event events.ndjson --line 3 --why-not equipe",
      "regra test rules.yaml", "regra doctor rules.yaml --url http://127.0.0.1:1",
      "regra doctor --url URL", "regra run rules.yaml events.ndjson >/dev/null",
    ])
  func commands(_ line: String) throws {
    let scratch = try Scratch()
    for (name, text) in [
      ("rules.yaml", Self.rules), ("events.ndjson", Self.events),
      ("contacts.ndjson", Self.contacts), ("rules.test.yaml", Self.tests),
    ] {
      _ = try scratch.write(text + "\n", to: name)
    }
    let simulator = try RunningSimulator(["--token", "t"])
    let command = try simulator.run("REGRA_LANG=pt \(line)", in: scratch, token: "t")
    let text = command.output + command.errors
    #expect(text.count > 100)
    // Names of commands and flags, and paths of events, are no words of a sentence.
    let bare = text.replacing(/--[a-z-]+|regra [a-z-]+|event\.\w+/, with: " ")
    let found = bare.split(separator: "\n").filter { line in
      // What stands in a frame is the author's.
      !line.contains(/^ *\d+ \|/)
        && words(of: String(line)).contains { english.contains($0) }
    }
    #expect(found == [], "\(text)")
  }

  @Test(
    "the language is what a flag says, or else what the environment says",
    arguments: [
      ("regra check --lang pt x.yaml", "erro["), ("regra --lang=pt check x.yaml", "erro["),
      ("LANG=pt_BR.UTF-8 LC_ALL= regra check x.yaml", "erro["),
      ("REGRA_LANG=pt regra check x.yaml", "erro["), ("regra check x.yaml", "error["),
      ("LC_ALL=pt_BR.UTF-8 regra check --lang en x.yaml", "error["),
    ])
  func chosen(_ line: String, _ word: String) throws {
    let scratch = try Scratch()
    _ = try scratch.write("version: 2\n", to: "x.yaml")
    let command = try Command(shell: "cd \(scratch.directory.path); \(line)")
    #expect(command.output.contains(word), "\(command.output)\(command.errors)")
  }
}
