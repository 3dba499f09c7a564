import CEL
import Contacts
import Provisioning
import Rulesets
import StateStore

/// The same as its text, for programs: one JSON object a line, first what lacks, then what was made.
enum ProvisionJSON {
  static func lacking(
    _ plan: ProvisionPlan, in objects: WorkspaceObjects, profile: APIProfile
  ) -> String {
    JSONLine.text([
      ("workspace", .string(objects.workspace.uuid)), ("host", .string(objects.workspace.host)),
      ("dialect", .string(objects.workspace.dialect.rawValue)),
      ("lacks", .list(plan.items.map(item))),
      ("cannot_make", .list(plan.problems.map(problem))),
      ("fields_then", .int(Int64(plan.fieldCount))), ("groups_then", .int(Int64(plan.groupCount))),
      ("usual_limit", .int(Int64(profile.usualObjectLimit))),
    ])
  }

  static func made(_ report: ProvisionReport) -> String {
    let ending =
      switch report.ending {
      case .complete: "complete"
      case .stopped: "stopped"
      case .interrupted: "interrupted"
      case .unverified: "unverified"
      }
    return JSONLine.text([
      ("made", .list(report.made.map { JSONLine.object(name($0)) })),
      ("refused", .list(report.refused.map { told($0.item, ProvisionText.shown($0)) })),
      ("doubtful", .list(report.doubtful.map { told($0.item, $0.words) })),
      ("not_made", .list(report.left.map { JSONLine.object(name($0)) })),
      ("ending", .string(ending)),
    ])
  }

  private static func name(_ item: ProvisionPlan.Item) -> JSONLine.Entries {
    [(ProvisionText.kind(item.isField), .string(item.name))]
  }

  private static func item(_ item: ProvisionPlan.Item) -> Literal {
    var entries = name(item)
    if case .field(_, let label, let type) = item.kind {
      entries += [("label", .string(label)), ("type", .string(type.rawValue))]
    }
    entries += [("at", .string(item.place.text)), ("ensure", .bool(item.isEnsured))]
    if let near = item.near { entries.append(("near", .string(near))) }
    return JSONLine.object(entries)
  }

  private static func problem(_ problem: ProvisionPlan.Problem) -> Literal {
    JSONLine.object([
      (ProvisionText.kind(problem.isField), .string(problem.name)),
      ("at", .string(problem.place.text)), ("reason", .string(problem.reason)),
    ])
  }

  private static func told(_ item: ProvisionPlan.Item, _ words: String) -> Literal {
    JSONLine.object(name(item) + [("reason", .string(words))])
  }
}
