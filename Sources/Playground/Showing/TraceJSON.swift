import Contacts
import Engine
package import CEL

/// Traces for programs: the same data as their text.
package struct TraceJSON {
  private let rules: TracedRules
  private let veil: Veil
  private let values: ValueText

  package init(_ rules: TracedRules, veil: Veil) {
    self.rules = rules
    self.veil = veil
    values = ValueText(veil: veil)
  }

  /// The rules that listen, with their lines; of the others, how many there are.
  package func entries(_ trace: EventTrace) -> [(key: String, value: Literal)] {
    if let problem = trace.problem { return [("problem", .string(problem))] }
    let heard = trace.rules.filter { $0.verdict != .otherType && $0.verdict != .switchedOff }
    let type = trace.rules.first.flatMap(\.type)
    return [
      ("id", trace.id.isEmpty ? .null : .string(veil.id(trace.id))),
      ("type", type.map { .string(veil.text($0)) } ?? .null),
      ("rules", .list(heard.map { literal($0) })),
      ("other_type", .int(Int64(trace.rules.count { $0.verdict == .otherType }))),
      ("switched_off", .int(Int64(trace.rules.count { $0.verdict == .switchedOff }))),
    ]
  }

  package func literal(_ trace: RuleTrace) -> Literal {
    let outline = rules.rules[trace.rule]
    return .object([
      ("rule", .string(outline.id)), ("at", .string("\(outline.path):\(outline.line)")),
      ("verdict", .string(trace.verdict.rawValue)),
      ("contact", trace.contact.map { .string(veil.contact($0)) } ?? .null),
      ("if", .list(trace.lines.map { literal($0) })),
      ("do", .list(trace.writes.map { literal($0) })),
    ])
  }

  private func literal(_ trace: LineTrace) -> Literal {
    var entries: [(key: String, value: Literal)] = [
      ("line", .int(Int64(trace.line))), ("outcome", .string(trace.outcome.rawValue)),
      ("text", .string(trace.kind == .test ? trace.text : trace.kind.word)),
    ]
    if let doubt = trace.doubt { entries.append(("because", .string(doubt.sentence))) }
    if !trace.reads.isEmpty { entries.append(("values", .list(trace.reads.map { literal($0) }))) }
    if trace.kind != .test {
      entries.append((trace.kind.word, .list(trace.children.map { literal($0) })))
    }
    return .object(entries)
  }

  private func literal(_ read: ReadTrace) -> Literal {
    var entries: [(key: String, value: Literal)] = [("of", .string(read.text))]
    if !read.name.isEmpty { entries.append(("in", .string(read.name))) }
    switch read.value {
    case .value(let value):
      entries.append(("value", values.literal(value, isPersonal: read.isPersonal)))
    case .unknown(let doubt): entries.append(("unknown", .string(doubt.sentence)))
    }
    return .object(entries)
  }

  private func literal(_ trace: WriteTrace) -> Literal {
    let words = WriteText(trace, veil)
    let outcome: String
    var because: Literal?
    switch trace.write.outcome {
    case .written: outcome = "written"
    case .skipped: (outcome, because) = ("skipped", .string(words.gap))
    case .refused(let refusal):
      (outcome, because) = ("set aside", .string(refusal.sentence(in: rules.profile)))
    case .nobody: (outcome, because) = ("set aside", .string("no contact"))
    }
    let entries: [(key: String, value: Literal)] = [
      ("line", .int(Int64(trace.line))), ("to", .string(words.subject)),
      ("effect", .string(words.effect)), ("outcome", .string(outcome)),
    ]
    return .object(entries + (because.map { [("because", $0)] } ?? []))
  }
}
