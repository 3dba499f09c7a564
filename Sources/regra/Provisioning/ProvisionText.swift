import Contacts
import Diagnostics
import Provisioning
import Pulling
import Rulesets
import StateStore
import Streams

/// What a workspace lacks, and what was made of it, as people read it.
struct ProvisionText {
  private let plan: ProvisionPlan
  private let workspace: String
  private let limit: Int

  init(_ plan: ProvisionPlan, for objects: WorkspaceObjects, profile: APIProfile) {
    self.plan = plan
    workspace = objects.workspace.description
    limit = profile.usualObjectLimit
  }

  /// All that is to be made, one thing a line, and what cannot be made.
  var text: String {
    var lines = [headline] + rows
    lines += plan.problems.map { problem in
      "! \(Self.kind(problem.isField))  \(problem.name): \(problem.reason) (\(problem.place.text))"
    }
    if !plan.items.isEmpty {
      lines.append(
        "then \(Self.things(plan.fieldCount, plan.groupCount)); "
          + "a workspace may have \(grouped(limit)) of each, unless its owner was given more")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// What goes beyond the limit that workspaces usually have; nothing where all fits.
  var excess: String? {
    let over = [(plan.fieldCount, "field"), (plan.groupCount, "group")].filter { $0.0 > limit }
    guard !over.isEmpty, !plan.items.isEmpty else { return nil }
    let counts = over.map { counted($0.0, $0.1) }.joined(separator: " and ")
    return "this would come to \(counts), and \(grouped(limit)) is the usual limit: the server "
      + "refuses what goes beyond its own"
  }

  private var headline: String {
    guard !plan.items.isEmpty else {
      return "workspace \(workspace) lacks nothing"
        + (plan.problems.isEmpty ? "" : " that can be made")
    }
    return "workspace \(workspace) lacks \(Self.things(of: plan.items))"
  }

  /// Aligned by columns.
  private var rows: [String] {
    let cells = plan.items.map { item -> [String] in
      let origin = item.place.text + (item.isEnsured ? " (ensure)" : "")
      let hint = item.near.map { "is `\($0)` meant?" } ?? ""
      switch item.kind {
      case .field(let key, let label, let type):
        return ["+ field", key, type.rawValue, label, origin, hint]
      case .group(let name): return ["+ group", name, "", "", origin, hint]
      }
    }
    let widths = (0..<6).map { column in cells.map { $0[column].count }.max() ?? 0 }
    return cells.map { row in
      var line = ""
      for (cell, width) in zip(row, widths) where width > 0 {
        line += cell + String(repeating: " ", count: width - cell.count + 2)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  static func kind(_ isField: Bool) -> String { isField ? "field" : "group" }

  /// `2 fields and 1 group`.
  static func things(of items: [ProvisionPlan.Item]) -> String {
    things(items.count(where: \.isField), items.count { !$0.isField })
  }

  private static func things(_ fields: Int, _ groups: Int) -> String {
    let counts = [(fields, "field"), (groups, "group")].filter { $0.0 > 0 }
    return counts.isEmpty
      ? "nothing" : counts.map { counted($0.0, $0.1) }.joined(separator: " and ")
  }

  static func made(_ item: ProvisionPlan.Item) -> String {
    "made \(kind(item.isField)) \(item.name)\n"
  }

  /// The server's words about something that rules name.
  static func shown(_ refusal: (item: ProvisionPlan.Item, words: String)) -> String {
    ServerWords.plain(refusal.words, allowing: [refusal.item.name])
  }

  /// How it ended: what is there, and what is not.
  static func end(_ report: ProvisionReport) -> String {
    var lines = report.refused.map { refusal in
      "refused \(kind(refusal.item.isField)) \(refusal.item.name): \(shown(refusal))"
    }
    lines += report.doubtful.map { doubt in
      "doubtful \(kind(doubt.item.isField)) \(doubt.item.name): \(doubt.words)"
    }
    lines += report.left.enumerated().map { number, item in
      let isUncertain = number == 0 && report.isFirstUncertain
      return "not made \(kind(item.isField)) \(item.name)"
        + (isUncertain ? " (the server may have made it: it did not answer)" : "")
    }
    let made = "\(things(of: report.made)) made"
    let isUsable = report.ending == .complete && report.doubtful.isEmpty && !report.made.isEmpty
    lines.append(isUsable ? "\(made), ready to be used" : made)
    return lines.map { $0 + "\n" }.joined()
  }
}
