import Contacts
import Diagnostics
import Foundation
import RuleTests
import Rulesets
import Streams
import Testing

/// A file, and whether its form is right.
struct EditedFile: CustomTestStringConvertible {
  var name: String
  var text: String
  var schema: String { RuleFiles.isTestFile(name) ? "tests" : "rules" }
  var testDescription: String { name }
}

/// What a validator of JSON Schema finds first in each file; an empty text where nothing is wrong.
func editorFindings(_ files: [EditedFile]) throws -> [String] {
  let asked: [String: Any] = [
    "schemas": [
      "rules": try JSONSerialization.jsonObject(with: Data(RuleFileSchema.document.json.utf8)),
      "tests": try JSONSerialization.jsonObject(with: Data(TestFileSchema.document.json.utf8)),
    ],
    "files": files.map { ["schema": $0.schema, "text": $0.text] },
  ]
  let scratch = try Scratch()
  let text = String(decoding: try JSONSerialization.data(withJSONObject: asked), as: UTF8.self)
  let input = try scratch.write(text, to: "asked.json")
  let script = "Tests/Goldens/EditorSchemas/validate.py"
  let run = try Command(shell: "/usr/bin/python3 \(script) < '\(input.path)'")
  guard run.status == 0 else { throw ValidatorFailure(words: run.errors) }
  return try run.output.split(separator: "\n").map { line in
    try JSONDecoder().decode(String.self, from: Data(line.utf8))
  }
}

struct ValidatorFailure: Error { var words: String }

@Suite("JSON Schemas for editors")
struct EditorSchemaTests {
  /// All files of the repository that `check` and `test` accept, and all examples of the pages.
  private static func accepted() throws -> [EditedFile] {
    var files: [EditedFile] = []
    for folder in ["rules", "playground", "Tests/Goldens"] {
      for path in yamlFiles(below: folder) {
        let data = try Data(contentsOf: packageRoot.appending(path: path))
        files.append(EditedFile(name: path, text: String(decoding: data, as: UTF8.self)))
      }
    }
    for page in ["README.md", "docs/language.md", "docs/do-artigo-as-regras.pt-BR.md"] {
      for fence in try Markdown(page).fences where fence.isRuleFile {
        files.append(EditedFile(name: page + ".yaml", text: fence.text))
      }
    }
    return files.filter { file in
      let source = SourceText(path: file.name, contents: file.text)
      let found =
        file.schema == "tests"
        ? TestFile.read(source, profile: .weni).diagnostics
        : Ruleset.check([source], profile: .weni).diagnostics
      return !found.contains { $0.severity == .error }
    }
  }

  @Test("what check accepts is never underlined")
  func right() throws {
    let files = try Self.accepted()
    #expect(files.count > 90)
    for (file, finding) in zip(files, try editorFindings(files)) {
      #expect(finding == "", "\(file.name)\n\(file.text)")
    }
  }

  private static let frame = "version: 1\ncontact: {urn: 'ext:${event.id}'}\nrules:\n  - id: a\n"

  private static let slips: [EditedFile] = [
    ("a key of a file", "version: 1\nregras: []\n"),
    ("no version", "rules: [{id: a, do: create_contact}]\n"),
    ("another version", "version: 2\n"),
    ("rules as a mapping", "version: 1\nrules: {a: {do: note}}\n"),
    ("no rules under the key", "version: 1\nrules:\n"),
    ("a key of a rule", frame + "    on: x\n    do: create_contact\n"),
    ("a rule without id", "version: 1\nrules: [{do: create_contact}]\n"),
    ("a rule that does nothing", frame),
    (
      "a rule with both forms",
      frame + "    do: create_contact\n    match: event.x\n    cases: {a: block_contact}\n"
    ),
    ("cases without match", frame + "    cases: {a: block_contact}\n"),
    ("an empty list of conditions", frame + "    if: []\n    do: create_contact\n"),
    ("an unknown test", frame + "    if: [{event.x: {gte: 1}}]\n    do: create_contact\n"),
    ("a test for null", frame + "    if: [{event.x: null}]\n    do: create_contact\n"),
    (
      "a list in the place of a test",
      frame + "    if: [{event.x: [1, 2]}]\n    do: create_contact\n"
    ),
    (
      "or in the place of any",
      frame + "    if: [{or: [event.x, event.y]}]\n    do: create_contact\n"
    ),
    (
      "between with one value",
      frame + "    if: [{event.x: {between: [1]}}]\n    do: create_contact\n"
    ),
    ("a span without unit", frame + "    if: [{event.x: {within: 30}}]\n    do: create_contact\n"),
    (
      "a truth that is ordered",
      frame + "    if: [{event.x: {at_least: true}}]\n    do: create_contact\n"
    ),
    ("an unknown action", frame + "    do: [{add_group: x}]\n"),
    ("an action without value", frame + "    do: [{set_name: }]\n"),
    ("an action alone that needs a value", frame + "    do: set_name\n"),
    ("a value for an action without", frame + "    do: [{block_contact: now}]\n"),
    ("a deletion that is not confirmed", frame + "    do: [{delete_contact: true}]\n"),
    ("a group's deletion that is not confirmed", frame + "    do: [{delete_group: {group: x}}]\n"),
    ("fields as a list", frame + "    do: [{set_fields: [a]}]\n"),
    ("contact as a text", "version: 1\ncontact: tel:+55\n"),
    ("contact without address", "version: 1\ncontact: {missing: skip}\n"),
    ("what to do without a contact", "version: 1\ncontact: {urn: x, missing: ignore}\n"),
    ("an unknown type of field", "version: 1\nensure: {fields: {a: {label: A, type: date}}}\n"),
    ("a field without label", "version: 1\nensure: {fields: {a: {type: text}}}\n"),
    ("a guard that is no count", "version: 1\nguards: {max_deletes: many}\n"),
    ("a switch that is no truth", frame + "    enabled: sim\n    do: create_contact\n"),
  ].map { EditedFile(name: "\($0.0).yaml", text: $0.1) }

  private static let test = "tests:\n  - name: a\n    events: [{type: x}]\n"

  private static let testSlips: [EditedFile] = [
    ("no tests", "rules: a.yaml\n"),
    ("a key of a test file", "rule: a.yaml\ntests: [{name: a, events: [], expect: {fired: []}}]\n"),
    ("a test without expectation", test),
    ("a key of an expectation", test + "    expect: {fire: [a]}\n"),
    ("a reason", test + "    expect: {not_fired: {a: never}}\n"),
    ("a status", test + "    expect: {contacts: {a: {status: gone}}}\n"),
    ("calls", test + "    expect: {calls: many}\n"),
    ("an answer", test + "    server: [{on: {path: x}}]\n    expect: {calls: 1}\n"),
    ("a contact", "contacts: {a: {urn: x}}\n" + test + "    expect: {calls: 1}\n"),
  ].map { EditedFile(name: "\($0.0).test.yaml", text: $0.1) }

  @Test("what check refuses for its form is underlined", arguments: [slips, testSlips])
  func wrong(_ files: [EditedFile]) throws {
    for (file, finding) in zip(files, try editorFindings(files)) {
      let source = SourceText(path: file.name, contents: file.text)
      let found =
        file.schema == "tests"
        ? TestFile.read(source, profile: .weni).diagnostics
        : Ruleset.check([source], profile: .weni).diagnostics
      #expect(found.contains { $0.severity == .error }, "\(file.name) is no slip")
      #expect(finding != "", "\(file.name)\n\(file.text)")
    }
  }

  @Test("the command prints them", arguments: ["rules", "tests"])
  func command(_ kind: String) throws {
    let run = try Command(["schema", kind])
    #expect(run.status == 0)
    #expect(
      run.output == (kind == "rules" ? RuleFileSchema.document : TestFileSchema.document).json)
    let keys = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect(keys?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
  }
}
