import Contacts
import Diagnostics
import Engine
import Planning
import Rulesets
import Testing

/// Merges a case's events as the engine does: rules that do what the events say, evaluated and
/// merged into a batch.
struct EngineMerger {
  private let program: Program
  private static let slots = 0..<3

  init(_ profile: APIProfile) throws {
    var files = MissingPolicy.allCases.flatMap { missing in
      ["urn", "uuid"].map { Self.file(missing, $0) }
    }
    files.append(Self.workspaceFile)
    let (ruleset, diagnostics) = Ruleset.check(files, profile: profile)
    let errors = diagnostics.filter { $0.severity == .error }
    try #require(errors.isEmpty, "\(errors.map(\.message))")
    program = Program(try #require(ruleset), profile: profile)
  }

  /// The batch of a case, and its lines.
  func lines(_ example: ModelCase, keepsReplaced: Bool = true) -> [String] {
    let batch = merge(example, keepsReplaced: keepsReplaced)
    let table = Planner.plan(
      batch, profile: program.profile, ensure: program.ensure, mode: example.mode)
    let encoder = CallEncoder(program: program)
    var output: [UInt8] = []
    encoder.encode(table, of: batch, into: &output)
    return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func merge(_ example: ModelCase, keepsReplaced: Bool) -> Batch {
    var bytes: [UInt8] = []
    var records: [Record] = []
    for (number, event) in example.events.enumerated() {
      let line = Array(Self.json(event, number).utf8)
      records.append(
        Record(
          offset: UInt32(bytes.count), length: UInt32(line.count), line: UInt64(number + 1)))
      bytes += line + [UInt8(ascii: "\n")]
    }
    let count = bytes.count
    bytes += [UInt8](repeating: 0, count: 64)
    var evaluator = Evaluator(program, byteLimit: 1 << 20)
    var log = Log()
    bytes.withUnsafeBytes {
      evaluator.evaluate(
        UnsafeRawBufferPointer(rebasing: $0[..<count]), records, source: 0, now: 0, into: &log)
    }
    var merger = Merger(
      program, mode: example.mode, sources: ["events"], keepsReplaced: keepsReplaced)
    merger.apply(log)
    return merger.closeWindow()
  }

  // Events.

  private static func json(_ event: ModelEvent, _ number: Int) -> String {
    guard let first = event.mutations.first else {
      return "{\"id\":\"e\(number)\",\"type\":\"none\"}"
    }
    let type =
      first.key.isEmpty ? "workspace" : "\(first.missing.word)-\(first.isUUID ? "uuid" : "urn")"
    let slots = event.mutations.enumerated().map { "\"s\($0)\":\(json($1))" }
    return """
      {"id":"e\(number)","type":"\(type)","who":"\(first.key)",\(slots.joined(separator: ","))}
      """
  }

  private static func json(_ mutation: ModelMutation) -> String {
    var kind = "\(mutation.kind)"
    if mutation.kind == .setField || mutation.kind == .clearField { kind += mutation.target }
    if mutation.kind == .replaceGroups || mutation.kind == .replaceURNs, mutation.list.isEmpty {
      kind += "none"
    }
    let list = mutation.list.enumerated().map { ",\"l\($0)\":\(quoted($1))" }
    return """
      {"kind":"\(kind)","value":\(quoted(mutation.value)),"target":\(quoted(mutation.target))\
      \(list.joined())}
      """
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
  }

  // Rules.

  private static func file(_ missing: MissingPolicy, _ identifier: String) -> SourceText {
    let type = "\(missing.word)-\(identifier)"
    var text = """
      version: 1
      events: {id: event.id}
      contact: {\(identifier): "${event.who}", missing: \(missing.word)}
      rules:

      """
    for slot in slots {
      for (kind, action) in actions("event.s\(slot)") {
        text += "  - {id: \(type)-\(slot)-\(kind), when: \(type), "
        text += "if: [{event.s\(slot).kind: \(kind)}], do: [\(action)]}\n"
      }
    }
    return SourceText(path: "\(type).yaml", contents: text)
  }

  private static var workspaceFile: SourceText {
    let value = "\"${event.s0.value}\""
    let target = "\"${event.s0.target}\""
    let actions = [
      ("createGroup", "{create_group: \(target)}"),
      ("createField", "{create_field: {label: \(target), type: text}}"),
      ("renameGroup", "{rename_group: {from: \(target), to: \(value)}}"),
      ("deleteGroup", "{delete_group: {group: \(target), confirmed: true}}"),
    ]
    let rules = actions.map {
      "  - {id: \($0), when: workspace, if: [{event.s0.kind: \($0)}], do: [\($1)]}\n"
    }
    return SourceText(
      path: "workspace.yaml",
      contents: "version: 1\nevents: {id: event.id}\nrules:\n" + rules.joined())
  }

  /// What each kind of mutation is in a rule.
  private static func actions(_ slot: String) -> [(kind: String, action: String)] {
    let value = "\"${\(slot).value}\""
    let target = "\"${\(slot).target}\""
    func list(_ count: Int) -> String {
      (0..<count).map { "\"${\(slot).l\($0)}\"" }.joined(separator: ", ")
    }
    var actions = [
      ("setName", "{set_name: \(value)}"), ("clearName", "clear_name"),
      ("setLanguage", "{set_language: \(value)}"), ("clearLanguage", "clear_language"),
      ("addToGroup", "{add_to_group: \(target)}"),
      ("removeFromGroup", "{remove_from_group: \(target)}"),
      ("replaceGroups", "{set_groups: [\(list(4))]}"), ("replaceGroupsnone", "{set_groups: []}"),
      ("addURN", "{add_urn: \(target)}"),
      ("preferURN", "{add_urn: {urn: \(target), prefer: true}}"),
      ("removeURN", "{remove_urn: \(target)}"), ("replaceURNs", "{set_urns: [\(list(8))]}"),
      ("replaceURNsnone", "{set_urns: []}"), ("createContact", "create_contact"),
      ("deleteContact", "{delete_contact: confirmed}"), ("blockContact", "block_contact"),
      ("unblockContact", "unblock_contact"), ("interruptContact", "interrupt_contact"),
      ("archiveMessages", "archive_messages"),
    ]
    for field in ["f1", "f2", "f3", "bad"] {
      actions.append(("setField\(field)", "{set_fields: {\(field): \(value)}}"))
      actions.append(("clearField\(field)", "{clear_fields: [\(field)]}"))
    }
    return actions
  }
}
