import CEL
import Contacts
import Provisioning
import Rulesets
import StateStore

/// The same as its text, for programs: one JSON object a line, first what lacks, then what was made.
enum ProvisionJSON {
  private typealias Entries = [(String, Literal)]

  static func lacking(
    _ plan: ProvisionPlan, in objects: WorkspaceObjects, profile: APIProfile
  ) -> String {
    line([
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
    return line([
      ("made", .list(report.made.map { object(name($0)) })),
      ("refused", .list(report.refused.map { told($0.item, $0.words) })),
      ("doubtful", .list(report.doubtful.map { told($0.item, $0.words) })),
      ("not_made", .list(report.left.map { object(name($0)) })), ("ending", .string(ending)),
    ])
  }

  private static func name(_ item: ProvisionPlan.Item) -> Entries {
    [(ProvisionText.kind(item.isField), .string(item.name))]
  }

  private static func item(_ item: ProvisionPlan.Item) -> Literal {
    var entries = name(item)
    if case .field(_, let label, let type) = item.kind {
      entries += [("label", .string(label)), ("type", .string(type.rawValue))]
    }
    entries += [("at", .string(item.place.text)), ("ensure", .bool(item.isEnsured))]
    if let near = item.near { entries.append(("near", .string(near))) }
    return object(entries)
  }

  private static func problem(_ problem: ProvisionPlan.Problem) -> Literal {
    object([
      (ProvisionText.kind(problem.isField), .string(problem.name)),
      ("at", .string(problem.place.text)), ("reason", .string(problem.reason)),
    ])
  }

  private static func told(_ item: ProvisionPlan.Item, _ words: String) -> Literal {
    object(name(item) + [("reason", .string(words))])
  }

  private static func object(_ entries: Entries) -> Literal {
    .map(entries.map { entry in (key: .string(entry.0), value: entry.1) })
  }

  private static func line(_ entries: Entries) -> String {
    var scratch = Scratch()
    var writer = JSONWriter()
    writer.write(scratch.makeValue(object(entries)), of: scratch)
    return String(decoding: writer.bytes, as: UTF8.self) + "\n"
  }
}
