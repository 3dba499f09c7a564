package import CEL
import Planning

/// A comparison for programs: the same data as its text, one JSON object.
package struct ComparisonJSON {
  private let comparison: Comparison
  private let veil: Veil
  private let cover: (String, ContactDifference.Subject) -> String

  package init(_ comparison: Comparison, veil: Veil) {
    self.comparison = comparison
    self.veil = veil
    cover = comparison.cover(veil)
  }

  package var entries: [(key: String, value: Literal)] {
    [
      ("different", .bool(!comparison.isNothing)), ("events", count(comparison.eventCount)),
      ("problems", count(comparison.problemCount)),
      ("contacts_before", count(comparison.contactCount)), ("old", half(comparison.old)),
      ("new", half(comparison.new)), ("contacts", .list(comparison.contacts.map(contact))),
      ("rules", .list(comparison.rules.map(rule))), ("calls", calls(comparison.calls)),
    ]
  }

  private func half(_ half: Comparison.Half) -> Literal {
    .object([
      ("rules", count(half.rules.rules.count)), ("contacts_after", count(half.contactCount)),
      ("calls", count(half.calls.total)), ("set_aside", count(half.setAsideCount)),
      ("guard", half.objection.map { .string($0) } ?? .null),
      ("not_judged", .texts(half.unjudgedGuards)),
    ])
  }

  private func contact(_ contact: Comparison.Contact) -> Literal {
    let kind: String
    var only: Literal = .null
    switch contact.kind {
    case .deleted(let side): (kind, only) = ("deleted", .string(side.rawValue))
    case .made(let side): (kind, only) = ("made", .string(side.rawValue))
    case .changed: kind = "changed"
    }
    return .object([
      ("contact", .string(veil.contact(contact.name))), ("kind", .string(kind)), ("only", only),
      ("because", origins(contact.origins)), ("parts", .list(contact.parts.map(part))),
    ])
  }

  private func part(_ part: Comparison.Part) -> Literal {
    let difference = part.difference
    func shown(_ value: String?) -> Literal {
      value.map { .string(cover($0, difference.subject)) } ?? .null
    }
    return .object([
      ("of", .string(difference.word)), ("old", shown(difference.old)),
      ("new", shown(difference.new)), ("because", origins(part.origins)),
    ])
  }

  private func origins(_ origins: Comparison.Origins) -> Literal {
    .object(
      Comparison.Side.allCases.map { side in
        let rules = comparison[side].rules.rules
        guard let origin = origins[side], rules.indices.contains(origin.rule) else {
          return (side.rawValue, .null)
        }
        let rule = rules[origin.rule]
        return (
          side.rawValue,
          .object([
            ("rule", .string(rule.id)), ("at", .string("\(rule.path):\(rule.line)")),
            ("event", .string(veil.id(origin.event))),
          ])
        )
      })
  }

  private func rule(_ rule: Comparison.RuleDifference) -> Literal {
    func place(_ number: Int?, _ side: Comparison.Side) -> Literal {
      number.map { number in
        let half = comparison[side]
        let outline = half.rules.rules[number]
        return .object([
          ("at", .string("\(outline.path):\(outline.line)")), ("fired", count(half.fired[number])),
        ])
      } ?? .null
    }
    let id = rule.id == CallTally.ensure ? "ensure" : rule.id
    return .object([
      ("rule", .string(id)), ("old", place(rule.old, .old)), ("new", place(rule.new, .new)),
      ("calls", calls(rule.calls)),
    ])
  }

  private func calls(_ calls: Comparison.CallDifference) -> Literal {
    .object([
      ("same", count(calls.same)), ("changed", count(calls.changed)), ("lost", count(calls.lost)),
      ("gained", count(calls.gained)),
    ])
  }

  private func count(_ number: Int) -> Literal { .int(Int64(number)) }
}
