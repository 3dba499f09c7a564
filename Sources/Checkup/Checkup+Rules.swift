internal import Contacts
internal import Diagnostics
internal import Knowledge
internal import Provisioning
internal import Pulling
internal import Rulesets
internal import StateStore

extension Checkup {
  /// The rules, and what they need of the workspace; nothing where no rules were named.
  func ruleFindings(_ server: ServerReading) -> [Finding] {
    switch subject.rules {
    case .none: return []
    case .unreadable(let reason):
      return [Finding(.rules, .problem(.file), reason)] + unknownNeeds("the rules cannot be read")
    case .read(let sources, let arguments):
      let inventory = server.inventory
      let checked = Ruleset.check(
        sources, profile: APIProfile(subject.dialect), inventory: inventory)
      let own = checked.diagnostics.filter { !Self.needs.contains($0.code) }
      let finding = rules(own, of: sources, arguments)
      // Without an inventory nobody knows which names and uuids are of the same group.
      guard let ruleset = rules ?? checked.ruleset else {
        return [finding] + unknownNeeds("the rules have errors")
      }
      return [finding] + needs(ruleset, server, arguments)
    }
  }

  /// What is told of fields and groups in lines of their own.
  private static var needs: Set<Code> { [.notInWorkspace, .smartGroup, .otherType] }

  private func unknownNeeds(_ reason: String) -> [Finding] {
    [Finding.Check.fields, .groups, .fieldTypes, .smartGroups].map {
      Finding($0, .unknown, "not known: \(reason)")
    }
  }

  private func rules(
    _ diagnostics: [Diagnostic], of sources: [SourceText], _ arguments: String
  ) -> Finding {
    let errors = diagnostics.count { $0.severity == .error }
    let files = counted(sources.count, "file")
    let advice = "`regra check \(arguments)` shows them"
    if errors > 0 {
      return Finding(
        .rules, .problem(.content), "\(counted(errors, "error")) in \(files)", advice: advice)
    }
    guard diagnostics.isEmpty else {
      return Finding(
        .rules, .warning, "\(counted(diagnostics.count, "warning")) in \(files)", advice: advice)
    }
    return Finding(.rules, .fine, "no problems in \(files)")
  }

  private func needs(
    _ ruleset: Ruleset, _ server: ServerReading, _ arguments: String
  ) -> [Finding] {
    var objects = WorkspaceObjects(
      workspace: WorkspaceIdentity(uuid: "", host: subject.host, dialect: subject.dialect),
      workspaceBody: "")
    objects.fields = (try? server.fields.get()) ?? []
    objects.groups = (try? server.groups.get()) ?? []
    let profile = APIProfile(subject.dialect)
    let plan = ProvisionPlan(ruleset, for: objects, profile: profile)
    let provision = "`regra provision \(arguments)` makes what lacks"
    let limit = profile.usualObjectLimit
    let fields = Need(
      noun: "field", count: ruleset.ensure.fields.count + ruleset.named.fields.count,
      countThen: plan.fieldCount, limit: limit)
    let groups = Need(
      noun: "group", count: ruleset.ensure.groups.count + ruleset.named.groups.count,
      countThen: plan.groupCount, limit: limit)
    return [
      server.fields.finding(of: self, .fields) { _ in
        fields.finding(.fields, plan.lacking(isField: true), provision)
      },
      server.groups.finding(of: self, .groups) { _ in
        groups.finding(.groups, plan.lacking(isField: false), provision)
      },
      server.fields.finding(of: self, .fieldTypes) { _ in
        Self.types(ruleset, objects.inventory)
      },
      server.groups.finding(of: self, .smartGroups) { _ in
        Self.smartGroups(ruleset, objects.inventory)
      },
    ]
  }

  private static func types(_ ruleset: Ruleset, _ inventory: Inventory) -> Finding {
    let types = inventory.fieldTypes
    let others = ruleset.ensure.fields.compactMap { field -> String? in
      guard let type = types[field.key], type != field.type else { return nil }
      return "\(field.key) is \(type.rawValue), not \(field.type.rawValue) (\(field.place.text))"
    }
    guard !others.isEmpty else { return Finding(.fieldTypes, .fine, "as `ensure` says") }
    return Finding(
      .fieldTypes, .problem(.content), "not as `ensure` says", names: others,
      advice: "write the workspace's type, or name another field")
  }

  private static func smartGroups(_ ruleset: Ruleset, _ inventory: Inventory) -> Finding {
    let named =
      ruleset.ensure.groups.map { ($0.name, $0.place) }
      + ruleset.named.groups.map { ($0.reference, $0.place) }
    let smart = named.filter { inventory.isSmart($0.0) }.map { "\($0.0) (\($0.1.text))" }
    guard !smart.isEmpty else { return Finding(.smartGroups, .fine, "rules write to none") }
    return Finding(
      .smartGroups, .problem(.content), "rules write to groups whose members the server decides",
      names: smart, advice: "name groups without a query")
  }
}

/// How much of one kind rules need.
private struct Need {
  var noun: String
  var count: Int
  /// How many the workspace has once all is made.
  var countThen: Int
  var limit: Int

  func finding(_ check: Finding.Check, _ lacking: [String], _ advice: String) -> Finding {
    let room = "\(countThen) of the usual \(limit) \(lacking.isEmpty ? "in use" : "then in use")"
    guard lacking.isEmpty else {
      return Finding(
        check, .problem(.content),
        "\(lacking.count) of \(counted(count, noun)) that rules name lack, \(room)",
        names: lacking, advice: advice)
    }
    let words =
      count == 0
      ? "rules name none by constants" : "all \(counted(count, noun)) that rules name are there"
    return Finding(check, countThen > limit ? .warning : .fine, "\(words), \(room)")
  }
}

extension ProvisionPlan {
  /// What the workspace lacks, and why where it cannot be made.
  fileprivate func lacking(isField: Bool) -> [String] {
    items.filter { $0.isField == isField }.map(\.name)
      + problems.filter { $0.isField == isField }.map { "\($0.name): \($0.reason)" }
  }
}

extension ServerReading {
  /// What is there, once all of it was read.
  fileprivate var inventory: Inventory? {
    guard case .success(let groups) = groups, case .success(let fields) = fields else {
      return nil
    }
    var objects = WorkspaceObjects(
      workspace: WorkspaceIdentity(uuid: "", host: "", dialect: .weni), workspaceBody: "")
    (objects.groups, objects.fields) = (groups, fields)
    return objects.inventory
  }
}

extension Result where Failure == PullFailure {
  fileprivate func finding<Time>(
    of checkup: Checkup<Time>, _ check: Finding.Check, _ look: (Success) -> Finding
  ) -> Finding {
    switch self {
    case .success(let part): look(part)
    case .failure(let failure): checkup.unknown(check, failure)
    }
  }
}
