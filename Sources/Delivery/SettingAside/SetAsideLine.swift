import CEL
import Contacts
import Execution
import Planning
import Sending

/// Call lines that send again what the server did not take of a call, and nothing else of it.
///
/// Answers are filled in, so that the lines need no others. Numbers are given when lines are put into a
/// file: until then the number -1 stands for the line before.
struct SetAsideLine {
  private let call: Call
  private let rules: [CallReader.Rule]
  private let answers: [Int: KeptAnswer]

  init(_ call: Call, rules: [CallReader.Rule], answers: [Int: KeptAnswer]) {
    self.call = call
    self.rules = rules
    self.answers = answers
  }

  /// The lines for some parts, fields of one contact and contacts of one action in one; none for those of whom nobody can say whom they
  /// were about.
  func lines(for parts: [SetAside]) -> [String] {
    var coder = JSONCoder()
    var literals: [Literal] = []
    if case .action(let action, let contacts, let group) = call.body {
      let members = Self.joined(parts)
      let names = parts.flatMap { self.names(of: contacts, in: $0) }
      if let members, !names.isEmpty {
        literals = [bulkLine(action, on: names, group, members)]
      }
    } else {
      literals = join(parts.filter(\.isField)) ?? []
      literals += parts.filter { !$0.isField }.flatMap { self.literals(for: $0) }
    }
    return literals.map { String(decoding: coder.bytes(of: $0), as: UTF8.self) }
  }

  /// Parts as one: with the words and reasons of all.
  private static func joined(_ parts: [SetAside]) -> SetAside? {
    guard var whole = parts.first else { return nil }
    var words: [String] = []
    for part in parts where !words.contains(part.words) { words.append(part.words) }
    whole.words = words.joined(separator: "; ")
    whole.because = []
    for reason in parts.flatMap(\.because) where !whole.because.contains(reason) {
      whole.because.append(reason)
    }
    return whole
  }

  /// One POST for all fields.
  private func join(_ parts: [SetAside]) -> [Literal]? {
    guard let whole = Self.joined(parts), case .contact(let body) = call.body,
      let subject = subject(body)
    else { return nil }
    let items = Set(parts.map(\.item))
    return fields(body.fields.filter { items.contains(.field($0.key)) }, subject, whole)
  }

  private func literals(for part: SetAside) -> [Literal] {
    switch call.body {
    case .contact(let body): return post(body, part)
    case .action, .field, .group, nil:
      return [line(method: call.method, query: resolvedQuery, body: plainBody, part)]
    }
  }

  private var plainBody: Literal? {
    switch call.body {
    case .field(let label, let type):
      .object([("label", .string(label)), ("value_type", .string(type))])
    case .group(let name): .object([("name", .string(name))])
    case .contact, .action, nil: nil
    }
  }

  // Whom a call is about.

  private func name(_ reference: Call.Reference) -> String? {
    switch reference {
    case .text(let text): return text
    case .answer(let number):
      guard let answer = answers[number] else { return nil }
      return answer.uuid ?? answer.urn ?? answer.group
    }
  }

  private var resolvedQuery: (name: String, value: String)? {
    guard let query = call.query, let value = name(query.value) else { return nil }
    return (query.name == "uuid" && value.contains(":") ? "urn" : query.name, value)
  }

  /// The contact of a POST: one that was to be made is named by its first URN.
  private func subject(_ body: Call.ContactBody) -> (name: String, value: String)? {
    if call.query != nil { return resolvedQuery }
    guard case .list(let urns) = body.urns, let first = urns.first else { return nil }
    return ("urn", first)
  }

  // Bulk calls.

  /// The contacts of a bulk call that a part is about.
  private func names(of contacts: [Call.Reference], in part: SetAside) -> [String] {
    let names = contacts.compactMap { name($0) }
    guard case .contact(let name) = part.item else { return names }
    if names.contains(name) || name.contains(":") || name.contains("-") { return [name] }
    return []
  }

  private func bulkLine(
    _ action: String, on names: [String], _ group: String?, _ part: SetAside
  ) -> Literal {
    var body: [(key: String, value: Literal)] = [
      ("contacts", .texts(names)), ("action", .string(action)),
    ]
    if let group { body.append(("group", .string(group))) }
    return line(
      method: .post, path: "/api/v2/contact_actions.json", query: nil, body: .object(body), part)
  }

  // POSTs of contacts.

  private func post(_ body: Call.ContactBody, _ part: SetAside) -> [Literal] {
    guard let subject = subject(body) else { return [] }
    switch part.item {
    case .call, .contact: return whole(body, subject, part)
    case .name: return entry("name", body.name, subject, part)
    case .language: return entry("language", body.language, subject, part)
    // Those of one call are joined.
    case .field: return []
    case .fields: return fields(body.fields, subject, part)
    case .group(let group): return [bulkLine("add", on: [subject.value], group, part)]
    case .groups:
      guard let groups = body.groups else { return [] }
      return [post(subject, [("groups", .texts(groups))], part)]
    case .urn(let urn): return edit(["add": [urn]], subject, part)
    case .urns: return urns(body.urns, subject, part)
    }
  }

  private func whole(
    _ body: Call.ContactBody, _ subject: (name: String, value: String), _ part: SetAside
  ) -> [Literal] {
    var entries: [(key: String, value: Literal)] = []
    if let name = body.name { entries.append(("name", literal(name))) }
    if let language = body.language { entries.append(("language", literal(language))) }
    if !body.fields.isEmpty { entries.append(("fields", object(body.fields))) }
    if let groups = body.groups { entries.append(("groups", .texts(groups))) }
    let data = entries.isEmpty && body.urns != nil ? [] : [post(subject, entries, part)]
    return data + urns(body.urns, subject, part)
  }

  private func urns(
    _ urns: Call.URNs?, _ subject: (name: String, value: String), _ part: SetAside
  ) -> [Literal] {
    switch urns {
    case .list(let list):
      // A contact that was to be made gets them added: by now somebody has its first.
      return call.query == nil
        ? edit(["add": list], subject, part) : [post(subject, [("urns", .texts(list))], part)]
    case .edit(_, let add, let first, let remove):
      return edit(["add": add, "first": first, "remove": remove], subject, part)
    case nil: return []
    }
  }

  /// A look-up, and a POST that edits the list it finds.
  private func edit(
    _ lists: [String: [String]], _ subject: (name: String, value: String), _ part: SetAside
  ) -> [Literal] {
    let answer = Literal.object([("answer", .int(-1))])
    let edit = Literal.object([
      ("answer", .int(-1)), ("add", .texts(lists["add"] ?? [])),
      ("first", .texts(lists["first"] ?? [])), ("remove", .texts(lists["remove"] ?? [])),
    ])
    let found = line(
      method: .get, query: subject, body: nil, missing: "fail", part)
    let write = line(
      method: .post, query: nil, queryLiteral: .object([("uuid", answer)]),
      body: .object([("urns", edit)]), after: true, missing: "fail", part)
    return [found, write]
  }

  private func entry(
    _ key: String, _ value: Call.Value?, _ subject: (name: String, value: String), _ part: SetAside
  ) -> [Literal] {
    value.map { [post(subject, [(key, literal($0))], part)] } ?? []
  }

  private func fields(
    _ fields: [Call.Field], _ subject: (name: String, value: String), _ part: SetAside
  ) -> [Literal] {
    fields.isEmpty ? [] : [post(subject, [("fields", object(fields))], part)]
  }

  private func object(_ fields: [Call.Field]) -> Literal {
    .object(fields.map { ($0.key, literal($0.value)) })
  }

  private func literal(_ value: Call.Value) -> Literal {
    switch value {
    case .text(let text): .string(text)
    case .cleared: .null
    }
  }

  private func post(
    _ subject: (name: String, value: String), _ entries: [(key: String, value: Literal)],
    _ part: SetAside
  ) -> Literal {
    line(
      method: .post, query: subject, body: .object(entries),
      missing: subject.name == "uuid" ? "fail" : nil, part)
  }

  // Lines.

  private func line(
    method: Call.Method, path: String? = nil, query: (name: String, value: String)?,
    queryLiteral: Literal? = nil, body: Literal?, after: Bool = false, missing: String? = nil,
    _ part: SetAside
  ) -> Literal {
    var entries: [(key: String, value: Literal)] = [
      ("method", .string(method.rawValue)), ("path", .string(path ?? call.path)),
    ]
    let query = query.map { Literal.object([($0.name, .string($0.value))]) } ?? queryLiteral
    if let query { entries.append(("query", query)) }
    if let body { entries.append(("body", body)) }
    if after { entries.append(("after", .list([.int(-1)]))) }
    let word =
      missing ?? (path == nil ? nil : (call.missing.count == 1 ? call.missing[0].word : nil))
    if let word { entries.append(("missing", .string(word))) }
    entries.append(("because", .list(reasons(of: part))))
    entries.append(("set_aside", .string(part.words)))
    if let advice = part.advice { entries.append(("advice", .string(advice.sentence))) }
    return .object(entries)
  }

  private func reasons(of part: SetAside) -> [Literal] {
    part.because.map { reason in
      let rule = rules[reason.rule]
      var entries: [(key: String, value: Literal)] = [
        ("rule", .string(rule.id)), ("at", .string(rule.place)),
      ]
      if !reason.event.isEmpty { entries.append(("event", .string(reason.event))) }
      return .object(entries)
    }
  }
}

extension SetAside {
  fileprivate var isField: Bool {
    if case .field = item { true } else { false }
  }
}

/// A file of what was set aside, which `regra replay` sends.
package enum SetAsideFile {
  /// Numbers the lines and joins them.
  package static func bytes(of lines: [String]) -> [UInt8] {
    var coder = JSONCoder()
    var bytes: [UInt8] = []
    for (index, line) in lines.enumerated() {
      guard let literal = Array(line.utf8).withUnsafeBytes({ try? coder.value(of: $0) }),
        let entries = literal.entries
      else { continue }
      let numbers: [(key: String, value: Literal)] = [
        ("batch", .int(1)), ("call", .int(Int64(index + 1))),
      ]
      let numbered = Literal.object(numbers + entries).replacingAnswers(by: Int64(index))
      bytes += coder.bytes(of: numbered) + [0x0A]
    }
    return bytes
  }

  /// What the server said of lines of which is known what to do, and that; each pair once.
  package static func advice(in lines: [String]) -> [(words: String, advice: String)] {
    var coder = JSONCoder()
    var pairs: [(words: String, advice: String)] = []
    for line in lines where line.contains(#""advice":"#) {
      let literal = Array(line.utf8).withUnsafeBytes { try? coder.value(of: $0) }
      guard let words = literal?["set_aside"]?.text, let advice = literal?["advice"]?.text,
        !pairs.contains(where: { $0 == (words, advice) })
      else { continue }
      pairs.append((words, advice))
    }
    return pairs
  }
}

extension Literal {
  /// With the number of a line where -1 stands for the one before.
  fileprivate func replacingAnswers(by number: Int64) -> Literal {
    switch self {
    case .int(-1): return .int(number)
    case .list(let items): return .list(items.map { $0.replacingAnswers(by: number) })
    default:
      guard let entries else { return self }
      return .object(entries.map { ($0.key, $0.value.replacingAnswers(by: number)) })
    }
  }
}
