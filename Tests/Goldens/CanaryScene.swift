import Foundation
import Testing

/// Personal data and secrets that nothing may show that people or machines read beside the data.
enum Canary {
  static let token = "s3gr3dotokencanary"
  static let proxyPassword = "pr0xysenhacanary"

  /// What is looked for: each is a part of one of the texts below.
  static let all = [
    "Zulmira", "Quixabeira", "Conceição", "5582987651234", "987651234", "zulmira.q@segredo.example",
    "segredo.example", "vizinha-canaria", "Jaboticabeiras", "11144477735", token,
    "wr0ngtokencanary", proxyPassword, "pr0xyusercanary",
  ]

  static let name = "Zulmira Quixabeira da Conceição"
  static let echo =
    "No such object: \(name) whatsapp:5582987651234 zulmira.q@segredo.example ext:vizinha-canaria "
    + "Rua das Jaboticabeiras 11144477735 Token \(token)"

  /// Where data is shown because that is what the output is for; everything else is looked through.
  static let exceptions = [
    "stdout of run": "call lines are the data",
    "stdout of eval": "the values that were asked for",
    "field values in stdout of plan":
      "the change is what is decided about; names, numbers and addresses in it are masked",
    "set-aside.ndjson": "lines that are sent again, with the server's words",
    "plan file, journals, spool, .regra": "what is sent, readable by their owner alone",
    "stdout and stderr with --reveal": "it is what the flag is for",
    "frames of check": "the rules' own text, which its author wrote",
    "notes of rules": "a text that a rule says for people; numbers and addresses in it are masked",
    "ids of events": "what people look events up by; addresses in them are masked",
    "the token of simulate": "a pretend token that the user gave for pretend data",
  ]

  static func expectNone(in text: String, _ place: String, but shown: [String] = []) {
    for canary in all where !shown.contains(canary) {
      #expect(
        text.range(of: canary, options: .caseInsensitive) == nil,
        "\(canary) in \(place):\n\(text.prefix(3_000))")
    }
  }
}

/// A workspace, rules and events that are full of canaries.
final class CanaryScene {
  let simulator: RunningSimulator
  let scratch: Scratch

  private static let workspace = """
    {"fields": [{"key": "street", "label": "Street", "type": "text"},
                {"key": "since", "label": "Since", "type": "datetime"}],
     "groups": [{"name": "VIP"}],
     "contacts": [{"name": "\(Canary.name)", "urns": ["whatsapp:5582987651234", "ext:vizinha-canaria"],
                   "fields": {"street": "Rua das Jaboticabeiras"}},
                  {"urns": ["mailto:zulmira.q@segredo.example"]}]}
    """

  private static let rules = """
    version: 1
    contact: {urn: "${event.urn}", missing: create}
    rules:
      - {id: named, when: named, do: [{set_name: "${event.name}"}, {set_fields: {street: "${event.street}"}}]}
      - {id: dated, when: dated, do: [{set_fields: {since: "${event.street}"}}]}
      - {id: unknown, when: named, if: [{event.name.x: present}, "event.name > 3"], do: [{clear_name: true}]}
      - {id: nowhere, when: named, do: [{set_fields: {nowhere: "${event.cpf}"}}]}
      - {id: joined, when: joined, do: [{add_to_group: VIP}]}
      - {id: moved, when: moved, do: [{add_urn: "${event.other}"}]}
      - {id: gone, when: gone, do: [{delete_contact: confirmed}]}
    """

  private static let events = """
    {"type": "named", "urn": "ext:vizinha-canaria", "name": "\(Canary.name)", "street": "Rua das Jaboticabeiras", "cpf": "11144477735"}
    {"type": "named", "urn": "whatsapp:5582987651234", "name": "\(Canary.name)", "street": "Rua das Jaboticabeiras 2", "cpf": "11144477735"}
    {"type": "joined", "urn": "mailto:zulmira.q@segredo.example"}
    {"type": "joined", "urn": "ext:vizinha-canaria-2"}
    {"type": "moved", "urn": "mailto:zulmira.q@segredo.example", "other": "ext:vizinha-canaria"}
    {"type": "gone", "urn": "ext:vizinha-canaria-3"}
    {"type": "dated", "urn": "ext:vizinha-canaria", "street": "Rua das Jaboticabeiras"}
    {"type": "named", "urn": "Zulmira Quixabeira", "name": "\(Canary.name)"}
    {"type": "named", "urn": "ext:vizinha-canaria", "name": "\(Canary.name) \(String(repeating: "Zulmira ", count: 40))"}
    {"type": "named", "name": "\(Canary.name)" Zulmira Quixabeira}
    {"type": "named", "urn": "ext:vizinha-canaria", "name": "Zulmira
    Zulmira Quixabeira, 5582987651234, zulmira.q@segredo.example

    """

  init(_ faults: [String] = []) throws {
    scratch = try Scratch()
    let state = try scratch.write(Self.workspace, to: "workspace.json")
    simulator = try RunningSimulator(
      ["--state", state.path, "--token", Canary.token] + faults.flatMap { ["--fault", $0] })
    _ = try scratch.write(Self.rules, to: "rules.yaml")
    _ = try scratch.write(Self.events, to: "events.ndjson")
  }

  /// Runs a line; `URL` in it is the server.
  func run(_ line: String, token: String = Canary.token) throws -> Command {
    try simulator.run(line, in: scratch, token: token)
  }

  func text(of file: String) throws -> String {
    let url = scratch.directory.appending(path: file)
    return String(decoding: try Data(contentsOf: url), as: UTF8.self)
  }
}
