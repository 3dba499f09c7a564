internal import Contacts
internal import Diagnostics
internal import Knowledge

/// Collects the fields and groups that rules name by constants, and holds them against what the
/// workspace has.
struct ObjectNames {
  private let profile: APIProfile
  private let ensure: Ensure
  private(set) var named = NamedObjects()
  /// Where each stands, in the order of `named`.
  private var fieldLocations: [SourceLocation] = []
  private var groupLocations: [SourceLocation] = []
  /// Keys and folded names that are listed or ensured.
  private var seenFields: Set<String>
  private var seenGroups: Set<String> = []
  /// Groups as written: most are written many times.
  private var seenTexts: Set<String> = []

  init(_ files: [FileSyntax], ensure: Ensure, profile: APIProfile) {
    self.profile = profile
    self.ensure = ensure
    seenFields = Set(ensure.fields.map(\.key))
    for group in ensure.groups { seenGroups.insert(folded(group.name)) }
    var made = Made()
    for file in files {
      for rule in file.rules.indices where file.rules[rule].isEnabled {
        file.rules[rule].forEachWrite { add($0, in: file, &made) }
      }
    }
    leaveOut(made)
  }

  /// What the rules make themselves, by key and folded name.
  private struct Made {
    var fields: Set<String> = []
    var groups: Set<String> = []
  }

  private mutating func add(_ write: ActionSyntax.Kind, in file: FileSyntax, _ made: inout Made) {
    switch write {
    case .createField(let label, _):
      guard let key = label.constant.flatMap({ try? profile.key(ofLabel: $0) }) else { return }
      made.fields.insert(key)
    case .createGroup(let group), .renameGroup(_, let group):
      if let name = group.constant { made.groups.insert(folded(name)) }
    case .setField(let key, _), .clearField(let key):
      guard seenFields.insert(key.text).inserted else { return }
      named.fields.append(NamedObjects.Field(key: key.text, place: file.place(key.range)))
      fieldLocations.append(file.location(key.range))
    case .addToGroup(let group), .removeFromGroup(let group): add(group, in: file)
    case .setGroups(let groups): for group in groups { add(group, in: file) }
    default: return
    }
  }

  private mutating func leaveOut(_ made: Made) {
    for index in named.fields.indices.reversed()
    where made.fields.contains(named.fields[index].key) {
      named.fields.remove(at: index)
      fieldLocations.remove(at: index)
    }
    for index in named.groups.indices.reversed()
    where made.groups.contains(folded(named.groups[index].reference)) {
      named.groups.remove(at: index)
      groupLocations.remove(at: index)
    }
  }

  private mutating func add(_ group: TemplateSyntax, in file: FileSyntax) {
    guard let text = group.constant, seenTexts.insert(text).inserted else { return }
    let constants = ConstantChecker(source: file.source, profile: profile, fieldTypes: [:])
    guard case .success(let name) = constants.normalized(text, as: .group),
      seenGroups.insert(folded(name)).inserted
    else { return }
    named.groups.append(NamedObjects.Group(reference: name, place: file.place(group.range)))
    groupLocations.append(file.location(group.range))
  }

  private func folded(_ name: String) -> String {
    var folded: [UInt8] = []
    Array(name.utf8).withUnsafeBytes { profile.foldGroupName($0, into: &folded) }
    return String(decoding: folded, as: UTF8.self)
  }

  /// What rules name and the workspace does not have, or has as something else than is meant.
  func problems(against inventory: Inventory) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for (field, location) in zip(named.fields, fieldLocations)
    where !inventory.hasField(field.key) {
      problems.append(unknown(field, at: location, inventory))
    }
    for (group, location) in zip(named.groups, groupLocations) {
      if !inventory.hasGroup(group.reference) {
        problems.append(unknown(group, at: location, inventory))
      } else if inventory.isSmart(group.reference) {
        problems.append(.smartGroup(group.reference, at: location))
      }
    }
    return problems
  }

  private func unknown(
    _ field: NamedObjects.Field, at location: SourceLocation, _ inventory: Inventory
  ) -> Diagnostic {
    let known = inventory.fields.filter(\.exists).map(\.key) + ensure.fields.map(\.key)
    let repair =
      profile.label(forKey: field.key) == nil
      ? "the server makes no such key of any label: name another field" : nil
    return .notInWorkspace(
      "field `\(field.key)`", at: location, near: closestMatch(to: field.key, in: known),
      repair: repair)
  }

  private func unknown(
    _ group: NamedObjects.Group, at location: SourceLocation, _ inventory: Inventory
  ) -> Diagnostic {
    if group.isUUID { return .noGroupOfUUID(at: location) }
    let known = inventory.groups.filter { $0.exists && !$0.isSmart }.map(\.name)
    return .notInWorkspace(
      "group `\(group.reference)`", at: location,
      near: closestMatch(to: group.reference, in: known + ensure.groups.map(\.name)), repair: nil)
  }
}

extension RuleSyntax {
  /// Every write of all cases, in order; copies of rules would take longer than to look at them.
  func forEachWrite(_ body: (ActionSyntax.Kind) -> Void) {
    switch self.body {
    case .actions(let actions): actions.forEachWrite(body)
    case .cases(let match):
      for item in match.cases { item.actions.forEachWrite(body) }
      match.otherwise?.actions.forEachWrite(body)
    }
  }

  /// The actions of all cases.
  var allActions: [ActionSyntax] {
    switch body {
    case .actions(let actions): actions
    case .cases(let match):
      match.cases.flatMap(\.actions) + (match.otherwise?.actions ?? [])
    }
  }
}

extension [ActionSyntax] {
  fileprivate func forEachWrite(_ body: (ActionSyntax.Kind) -> Void) {
    for action in indices {
      for write in self[action].writes.indices { body(self[action].writes[write].kind) }
    }
  }
}

extension Diagnostic {
  static func notInWorkspace(
    _ what: String, at location: SourceLocation, near: String?, repair: String?
  ) -> Self {
    Diagnostic(
      .notInWorkspace, "the workspace has no \(what)", at: location,
      label: "writes to it will be set aside",
      help: near.map { "did you mean `\($0)`?" } ?? repair
        ?? "name it under `ensure`, or let `regra provision` make it")
  }

  static func noGroupOfUUID(at location: SourceLocation) -> Self {
    .notInWorkspace(
      "group with this uuid", at: location, near: nil,
      repair: "name the group: names can be made, uuids cannot")
  }

  static func smartGroup(_ name: String, at location: SourceLocation) -> Self {
    Diagnostic(
      .smartGroup, "`\(name)` is a smart group: the server decides who is in it", at: location,
      label: "writes to it will be set aside",
      help: "name a group without a query, or write what the query asks for")
  }
}
