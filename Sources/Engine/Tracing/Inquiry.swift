package import CEL
package import Contacts
package import Rulesets

/// Compiled rules that can be asked about: whether a line holds, and what an expression comes to.
///
/// Its ``program`` is the one that runs, with some expressions more, so that both give one answer.
package struct Inquiry: Sendable {
  package let program: Program
  /// Of every rule, also of one that is switched off.
  let rows: [RuleRow]
  let triggers: [Trigger]
  /// The rows of each action of each rule.
  let actions: [[RowRange]]

  /// A line under `if`, or a combination of lines.
  package struct Condition: Sendable {
    let row: Int32
  }

  /// An expression whose value is wanted.
  package struct Question: Sendable {
    let entry: Int32
  }
}

/// Collects what is to be asked, then compiles it together with the rules.
package struct InquiryBuilder {
  private var builder: ProgramBuilder
  private let ruleset: Ruleset
  private var rows: [RuleRow] = []

  package init(_ ruleset: Ruleset, profile: APIProfile) {
    self.ruleset = ruleset
    builder = ProgramBuilder(ruleset, profile: profile)
    builder.build()
    var compiled = builder.rules[...]
    for (number, rule) in ruleset.rules.enumerated() {
      rows.append(rule.isEnabled ? compiled.removeFirst() : builder.row(ofRule: number).row)
    }
  }

  /// Wants to know whether a line of a file holds.
  package mutating func condition(_ predicate: Predicate, in file: Int) -> Inquiry.Condition {
    var lines: [PredicateLine] = []
    return Inquiry.Condition(row: builder.predicate(0, of: [predicate], in: file, lines: &lines))
  }

  /// Wants the value of a checked expression of a file.
  package mutating func question(
    _ expression: CEL.Expression, in file: Int
  ) -> Inquiry.Question {
    Inquiry.Question(entry: builder.entry(expression, in: file))
  }

  package func build() -> Inquiry {
    Inquiry(
      program: Program(builder), rows: rows, triggers: ruleset.rules.map(\.trigger),
      actions: zip(ruleset.rules, rows).map { rule, row in
        var first = row.actions.first
        return rule.actions.map { action in
          defer { first += action.rowCount }
          return RowRange(first: first, count: action.rowCount)
        }
      })
  }
}

extension Action {
  /// How many rows it compiles to: a list that replaces another is one for itself, and one an item.
  fileprivate var rowCount: Int32 {
    switch kind {
    case .setGroups(let items), .setURNs(let items), .createContact(let items):
      Int32(items.count + 1)
    case .setName, .clearName, .setLanguage, .clearLanguage, .setField, .clearField, .addToGroup,
      .removeFromGroup, .addURN, .removeURN, .deleteContact, .blockContact, .unblockContact,
      .interruptContact, .archiveMessages, .createField, .createGroup, .renameGroup, .deleteGroup,
      .note:
      1
    }
  }
}
