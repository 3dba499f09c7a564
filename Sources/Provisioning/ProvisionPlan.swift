package import Contacts
internal import Diagnostics
internal import Knowledge
package import Rulesets

/// What rules need and a workspace lacks: decided before anything is sent.
package struct ProvisionPlan: Sendable {
  /// A field or group that is to be made.
  package struct Item: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
      case field(key: String, label: String, type: FieldType)
      case group(name: String)
    }

    package var kind: Kind
    /// Where rules name it.
    package var place: RulePlace
    /// Whether `ensure` names it, or rules only write to it.
    package var isEnsured: Bool
    /// What is there already and may have been meant.
    package var near: String?

    /// The field's key, or the group's name.
    package var name: String {
      switch kind {
      case .field(let key, _, _): key
      case .group(let name): name
      }
    }

    package var isField: Bool {
      switch kind {
      case .field: true
      case .group: false
      }
    }
  }

  /// Something that cannot be made.
  package struct Problem: Sendable, Hashable {
    package var isField: Bool
    package var name: String
    package var place: RulePlace
    /// A sentence for people, without a full stop.
    package var reason: String
  }

  /// Fields, then groups, each in the order in which the rules name them, `ensure` first.
  package private(set) var items: [Item] = []
  package private(set) var problems: [Problem] = []
  /// How many fields and groups there will be, of those that the limit counts.
  package private(set) var fieldCount: Int
  package private(set) var groupCount: Int

  private let profile: APIProfile
  private let inventory: Inventory
  /// The keys of fields by their labels, in lower case.
  private var labels: [String: String] = [:]

  package init(_ ruleset: Ruleset, for objects: WorkspaceObjects, profile: APIProfile) {
    self.profile = profile
    inventory = objects.inventory
    fieldCount = objects.fields.count
    groupCount = objects.countedGroups
    labels = objects.keysByLabel
    for field in ruleset.ensure.fields { add(field) }
    for field in ruleset.named.fields { add(field) }
    for group in ruleset.ensure.groups where !inventory.hasGroup(group.name) {
      group.isUUID
        ? refuse(group.name, group.place) : add(group.name, group.place, isEnsured: true)
    }
    for group in ruleset.named.groups where !inventory.hasGroup(group.reference) {
      group.isUUID
        ? refuse(group.reference, group.place) : add(group.reference, group.place, isEnsured: false)
    }
    fieldCount += items.count(where: \.isField)
    groupCount += items.count { !$0.isField }
  }

  private mutating func add(_ field: Ensure.Field) {
    guard !inventory.hasField(field.key) else { return }
    if let other = labels[field.label.lowercased()] {
      problems.append(
        Problem(
          isField: true, name: field.key, place: field.place,
          reason: "its label `\(field.label)` is that of the field `\(other)`"))
      return
    }
    add(field.key, field.label, field.type, field.place, isEnsured: true)
  }

  private mutating func add(_ field: NamedObjects.Field) {
    guard !inventory.hasField(field.key) else { return }
    guard let label = profile.label(forKey: field.key, isTaken: { labels[$0] != nil }) else {
      problems.append(
        Problem(
          isField: true, name: field.key, place: field.place,
          reason: profile.label(forKey: field.key) == nil
            ? "the server makes no such key of any label"
            : "every label that gives this key belongs to another field"))
      return
    }
    add(field.key, label, .text, field.place, isEnsured: false)
  }

  private mutating func add(
    _ key: String, _ label: String, _ type: FieldType, _ place: RulePlace, isEnsured: Bool
  ) {
    labels[label.lowercased()] = key
    let known = inventory.fields.map(\.key)
    items.append(
      Item(
        kind: .field(key: key, label: label, type: type), place: place, isEnsured: isEnsured,
        near: isEnsured ? nil : closestMatch(to: key, in: known)))
  }

  /// A uuid that no group has.
  private mutating func refuse(_ group: String, _ place: RulePlace) {
    problems.append(
      Problem(
        isField: false, name: group, place: place,
        reason: "no group has this uuid, and none can be made with it"))
  }

  private mutating func add(_ group: String, _ place: RulePlace, isEnsured: Bool) {
    let known = inventory.groups.filter { !$0.isSmart }.map(\.name)
    items.append(
      Item(
        kind: .group(name: group), place: place, isEnsured: isEnsured,
        near: isEnsured ? nil : closestMatch(to: group, in: known)))
  }
}
