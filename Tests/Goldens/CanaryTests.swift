import ArgumentParser
import Foundation
import Testing

@testable import regra

/// A command line, whether its standard output is data, and the faults of its server.
private struct Passage: CustomTestStringConvertible {
  var command: String
  var line: String
  var prepared: [String] = []
  var faults: [String] = []
  var printsData = false
  var token = Canary.token

  /// Ways in which standard error is written.
  var voices: [String] {
    let isWatched = ["run", "replay", "apply", "pull", "provision", "doctor"].contains(command)
    guard isWatched else { return [""] }
    // Both formats take their values through the same escapes.
    let text = faults.isEmpty ? ["--log-format text --log-level trace"] : []
    return ["", "--log-format json --log-level trace"] + text
  }

  var testDescription: String { "\(line) \(faults.joined())" }
}

/// How a server answers that repeats what it was asked, in every form that it has for it.
private let echoes: [String] = {
  let words = Canary.echo
  let page = "<html><body><h1>\(words)</h1></body></html>"
  let bodies = [
    #"{"detail": "\#(words)"}"#, #"{"fields": ["\#(words)"], "urns": ["\#(words)"]}"#,
    #"["\#(words)"]"#, #"{"non_field_errors": ["\#(words)"]}"#, #""\#(page)""#,
  ]
  // 400 takes every form; the others differ in what becomes of the run.
  let answers = bodies.map { (400, $0) } + [403, 404, 409, 418].map { ($0, bodies[0]) }
  let refusals = answers.map { status, body in
    #"{"on": {"method": "POST"}, "answer": \#(status), "body": \#(body)}"#
  }
  return refusals + [
    #"{"on": {"method": "POST"}, "answer": 429, "retry_after": 1, "body": "\#(page)", "times": 1}"#,
    #"{"on": {"method": "POST"}, "answer": 500, "body": "\#(page)", "times": 1}"#,
    #"{"on": {"method": "POST"}, "answer": 200, "body": "\#(page)", "times": 1}"#,
    #"{"on": {"method": "POST"}, "answer": "reset", "times": 1}"#,
    #"{"on": {"method": "POST"}, "truncate": 20, "times": 1}"#,
  ]
}()

private let readingEchoes: [String] = [400, 401, 403, 404, 302].map { status in
  #"{"on": {"method": "GET"}, "answer": \#(status), "body": {"detail": "\#(Canary.echo)"}}"#
}

private let pull = "regra pull --url URL --quiet"
private let plan = "regra plan rules.yaml events.ndjson"

private let sending: [Passage] = ([""] + echoes).flatMap { fault -> [Passage] in
  let faults = fault.isEmpty ? [] : [fault]
  return [
    Passage(command: "run", line: "regra run rules.yaml events.ndjson --to URL", faults: faults),
    Passage(
      command: "apply", line: "regra apply regra.plan --url URL",
      prepared: [pull, plan + " >/dev/null 2>&1"], faults: faults),
    Passage(
      command: "replay", line: "regra replay calls.ndjson --url URL",
      prepared: ["regra run rules.yaml events.ndjson --quiet > calls.ndjson"], faults: faults),
    Passage(
      command: "provision", line: "regra provision rules.yaml --yes --url URL", faults: faults),
  ]
}

private let reading: [Passage] = readingEchoes.flatMap { fault in
  [
    Passage(command: "pull", line: pull.replacing(" --quiet", with: ""), faults: [fault]),
    Passage(command: "doctor", line: "regra doctor rules.yaml --url URL", faults: [fault]),
    Passage(
      command: "provision", line: "regra provision rules.yaml --yes --url URL", faults: [fault]),
    Passage(command: "run", line: "regra run rules.yaml events.ndjson --to URL", faults: [fault]),
  ]
}

/// A test that fails and shows what came instead.
private let ruleTest = """
  printf '%s\\n' 'rules: rules.yaml' 'tests:' '  - name: it fails' \
    '    events: {file: events.ndjson}' '    expect: {fired: [], calls: none}' > rules.test.yaml
  """

/// A rule that lacks a name, or has a street too many.
private let askedRule = """
  printf '%s\\n' 'version: 1' 'contact: {urn: "${event.urn}"}' 'rules:' '  - id: asked' \
    '    if: [event.name: present, event.street: absent, event.urn: present]' \
    '    do: [clear_name: true]' > asked.yaml
  """

/// Rules that write other names, streets and URNs, and delete other people.
private let otherRules = [
  "sed -e 's/set_name: \"${event.name}\"/set_name: \"${event.name} ${event.cpf}\"/' "
    + "-e 's/id: gone, when: gone/id: gone, when: joined/' rules.yaml > other.yaml"
]

private let scenario = [
  "mkdir scene; cp rules.yaml events.ndjson scene",
  #"echo '{"uuid":"2c9fbf96-327f-5f65-98db-72e497391b55","name":"\#(Canary.name)","urns":["#
    + #""whatsapp:5582987651234","ext:vizinha-canaria"],"groups":[],"fields":{"street":"Rua das "#
    + #"Jaboticabeiras"},"created_on":"2024-05-10T08:38:30Z","modified_on":"2026-03-02T11:00:00Z"}' "#
    + "> scene/contacts.ndjson",
]

private let local: [Passage] = [
  Passage(command: "run", line: "regra run rules.yaml events.ndjson", printsData: true),
  Passage(command: "run", line: "regra run rules.yaml events.ndjson --strict", printsData: true),
  Passage(
    command: "run", line: "regra run rules.yaml events.ndjson", prepared: [pull], printsData: true),
  Passage(command: "plan", line: plan),
  Passage(command: "plan", line: plan + " --all --format json", prepared: [pull]),
  Passage(command: "plan", line: plan + " --all", prepared: [pull]),
  Passage(command: "check", line: "regra check rules.yaml --state .regra", prepared: [pull]),
  Passage(
    command: "eval", line: "regra eval 'event.name.nothing > 3' events.ndjson", printsData: true),
  Passage(command: "explain", line: "regra explain E0201"),
  Passage(command: "test", line: "regra test rules.yaml", prepared: [ruleTest]),
  Passage(command: "explain", line: "regra explain rules.yaml --event events.ndjson --line 1"),
  Passage(
    command: "explain",
    line: "regra explain rules.yaml --event events.ndjson --line 8 --format json"
  ),
  Passage(
    command: "explain",
    line: "regra explain asked.yaml --event events.ndjson --line 3 --why-not asked "
      + "--samples events.ndjson", prepared: [askedRule]),
  Passage(
    command: "explain",
    line: "regra explain asked.yaml --event events.ndjson --line 1 --why-not asked "
      + "--samples events.ndjson --format json", prepared: [askedRule]),
  Passage(command: "play", line: "regra play scene --all --calls", prepared: scenario),
  Passage(
    command: "play", line: "regra play scene --event 1 --event 2 --event 5", prepared: scenario),
  Passage(command: "play", line: "regra play scene --format json", prepared: scenario),
  Passage(
    command: "play", line: "regra play scene",
    prepared: scenario + [
      "cat scene/contacts.ndjson scene/contacts.ndjson | sed '2s/2c9f/3c9f/' > c; mv c scene/contacts.ndjson"
    ]),
  Passage(
    command: "diff", line: "regra diff rules.yaml other.yaml events.ndjson --all",
    prepared: otherRules),
  Passage(
    command: "diff",
    line: "regra diff rules.yaml other.yaml events.ndjson --contacts scene/contacts.ndjson --all",
    prepared: scenario + otherRules),
  Passage(
    command: "diff", line: "regra diff other.yaml rules.yaml events.ndjson --format json",
    prepared: [pull] + otherRules),
  Passage(command: "schema", line: "regra schema tests"),
  Passage(command: "new", line: "regra new made"),
  Passage(command: "fmt", line: "regra fmt --check rules.yaml"),
  Passage(
    command: "fmt", line: "regra fmt broken.yaml",
    prepared: ["echo 'version: 1 [' > broken.yaml"]),
  Passage(command: "infer", line: "regra infer events.ndjson"),
  Passage(command: "infer", line: "regra infer --format json events.ndjson"),
  Passage(command: "check", line: "regra check rules.yaml --samples events.ndjson"),
  Passage(
    command: "check", line: "regra check rules.yaml --samples schema.json",
    prepared: ["regra infer --quiet --format json events.ndjson > schema.json || true"]),
  Passage(
    command: "simulate", line: "regra simulate --state broken.json",
    prepared: [#"echo '{"contacts": [{"name": "\#(Canary.name)", "urns": [}' > broken.json"#]),
]

private let proxied = "pr0xyusercanary:\(Canary.proxyPassword)@127.0.0.1:1"

private let adverse: [Passage] = [
  Passage(
    command: "pull", line: "regra pull --url https://127.0.0.1:2",
    prepared: []),
  Passage(command: "pull", line: "regra pull --url URL", token: "wr0ngtokencanary"),
  Passage(
    command: "run", line: "regra run rules.yaml events.ndjson --to URL", token: "wr0ngtokencanary"),
  Passage(command: "doctor", line: "regra doctor --url URL", token: "wr0ngtokencanary"),
  Passage(
    command: "pull",
    line: "HTTPS_PROXY=http://\(proxied) regra pull --connect-timeout 1s --url https://x.example"),
  Passage(
    command: "pull", line: "HTTPS_PROXY='http://\(proxied)/ /' regra pull --url https://x.example"),
  Passage(command: "pull", line: "regra pull --url URL --proxy http://\(proxied)"),
  Passage(command: "pull", line: "regra pull --url https://\(proxied)"),
  Passage(command: "run", line: "regra run rules.yaml --to https://\(proxied)"),
  Passage(
    command: "pull", line: "regra pull --url URL --token-file two",
    prepared: ["echo '\(Canary.token) \(Canary.token)' > two"]),
  Passage(
    command: "pull", line: "regra pull --url URL --token-file open",
    prepared: ["echo '\(Canary.token)' > open; chmod 644 open"]),
  Passage(
    command: "replay", line: "regra replay broken.ndjson --url URL",
    prepared: [
      #"echo '{"batch":1,"call":1,"method":"\#(Canary.name)","path":"/\#(Canary.name)"}' > broken.ndjson"#
    ]),
  Passage(
    command: "replay", line: "regra replay events.ndjson --url URL"),
  Passage(
    command: "apply", line: "regra apply events.ndjson --url URL"),
  Passage(
    command: "run", line: "regra run rules.yaml events.ndjson --contacts events.ndjson",
    printsData: true),
  Passage(
    command: "run", line: "(ulimit -f 8; regra run rules.yaml events.ndjson --to URL)",
    prepared: [pull]),
  Passage(
    command: "run", line: "regra run rules.yaml events.ndjson --to URL --state other",
    prepared: [
      "mkdir other; cp events.ndjson other/delivery.sqlite; cp events.ndjson other/contacts.sqlite"
    ]),
  Passage(command: "run", line: "regra run rules.yaml nothing.ndjson --to URL"),
  Passage(
    command: "run", line: "regra run bad.yaml events.ndjson --to URL",
    prepared: ["echo 'version: 2' > bad.yaml"]),
]

@Suite("Canaries")
struct CanaryTests {
  @Test("nothing that people or logs read shows whom it is about", arguments: sending)
  private func sends(_ passage: Passage) throws { try watch(passage) }

  @Test("nor where the server refuses to be read", arguments: reading)
  private func reads(_ passage: Passage) throws { try watch(passage) }

  @Test("nor where nothing is sent", arguments: local)
  private func stays(_ passage: Passage) throws { try watch(passage) }

  @Test("nor where something is wrong here", arguments: adverse)
  private func fails(_ passage: Passage) throws { try watch(passage) }

  private func watch(_ passage: Passage) throws {
    for voice in passage.voices {
      let scene = try CanaryScene(passage.faults)
      for line in passage.prepared { _ = try scene.run(line) }
      let line =
        passage.line.hasSuffix(")")
        ? passage.line.dropLast() + " \(voice))" : "\(passage.line) \(voice)"
      let command = try scene.run(String(line), token: passage.token)
      #expect([0, 1, 3, 4, 5, 6, 7, 64].contains(command.status), "\(line): \(command.errors)")
      Canary.expectNone(in: command.errors, "standard error of \(line)")
      if !passage.printsData {
        Canary.expectNone(
          in: command.output, "output of \(line)",
          but: passage.command == "plan" ? ["Jaboticabeiras"] : [])
      }
      guard voice.contains("json") else { continue }
      for text in command.errors.split(separator: "\n") {
        let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(object?["level"] is String, "not JSON: \(text)")
      }
    }
  }

  @Test("nor do metrics and health")
  func pages() throws {
    let scene = try CanaryScene([#"{"on": {"method": "POST"}, "delay": "1h", "from": 2}"#])
    let run = try scene.run(
      """
      true; regra run rules.yaml events.ndjson --to URL --log-format json --log-level trace \
        --metrics 127.0.0.1:0 2>err & run=$!
      until grep -q 'call sent' err || ! kill -0 $run; do sleep 0.05; done
      port=$(sed -n 's/.*metrics served.*"port":\\([0-9]*\\).*/\\1/p' err)
      curl -s http://127.0.0.1:$port/metrics; curl -s http://127.0.0.1:$port/health
      kill -9 $run
      """)
    #expect(run.output.contains("regra_calls_sent_total{kind=\"post\"}"))
    #expect(run.output.contains(#"{"status":"ok","#))
    Canary.expectNone(in: run.output, "pages")
    Canary.expectNone(in: try scene.text(of: "err"), "log")
  }

  @Test("what data is shown on purpose is data indeed")
  func exceptions() throws {
    let scene = try CanaryScene()
    let run = try scene.run("regra run rules.yaml events.ndjson")
    #expect(run.output.contains(Canary.name))
    #expect(try scene.run("regra run rules.yaml events.ndjson --to URL").status == 5)
    #expect(try scene.text(of: ".regra/set-aside.ndjson").contains("11144477735"))
    #expect(Canary.exceptions.count == 10)
  }

  @Test("every command is looked at")
  func commands() {
    let names = Regra.configuration.subcommands.compactMap { $0.configuration.commandName }
    let watched = Set((sending + reading + local + adverse).map(\.command))
    #expect(Set(names) == watched)
  }
}
