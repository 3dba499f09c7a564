/// Makes a failing case small: parts are taken out while it still fails.
struct Shrinker {
  /// How many cases are tried at most.
  var attemptLimit = 3_000

  /// The smallest case that was found and fails; the case itself where none is smaller.
  func shrink(_ example: LawCase, while fails: (LawCase) async -> Bool) async -> LawCase {
    var smallest = example
    var attempts = 0
    var index = 0
    var candidates = smallest.smaller
    while index < candidates.count, attempts < attemptLimit {
      let candidate = candidates[index]
      index += 1
      guard candidate.isLawful else { continue }
      attempts += 1
      guard await fails(candidate) else { continue }
      smallest = candidate
      candidates = smallest.smaller
      // What stands before this place could not be taken out a moment ago; it is tried again last.
      candidates = Array(candidates.dropFirst(index - 1) + candidates.prefix(index - 1))
      index = 0
    }
    return smallest
  }
}

extension LawCase {
  /// Cases with one part less, large parts first.
  fileprivate var smaller: [LawCase] {
    removals(\.files) + removals(\.events) + removals(\.contacts) + rulesRemoved
      + actionsRemoved + removals(\.groups) + removals(\.fields) + actionsSimplified
      + contactsSimplified + eventsSimplified + settingsSimplified
  }

  /// Halves, quarters, … and single items of a list taken out.
  private func removals<Item>(_ list: WritableKeyPath<LawCase, [Item]>) -> [LawCase] {
    let count = self[keyPath: list].count
    var cases: [LawCase] = []
    var size = count
    while size >= 1 {
      for start in stride(from: 0, to: count, by: size) {
        var copy = self
        copy[keyPath: list].removeSubrange(start..<min(start + size, count))
        cases.append(copy)
      }
      size = size == 1 ? 0 : (size + 1) / 2
    }
    return cases
  }

  private func changed(_ change: (inout LawCase) -> Void) -> LawCase {
    var copy = self
    change(&copy)
    return copy
  }

  private var rulesRemoved: [LawCase] {
    files.indices.flatMap { file in
      files[file].rules.indices.map { rule in changed { $0.files[file].rules.remove(at: rule) } }
    }
  }

  private var rulePlaces: [(file: Int, rule: Int)] {
    files.indices.flatMap { file in files[file].rules.indices.map { (file, $0) } }
  }

  private var actionsRemoved: [LawCase] {
    rulePlaces.flatMap { file, rule in
      files[file].rules[rule].actions.indices.map { action in
        changed { $0.files[file].rules[rule].actions.remove(at: action) }
      }
    }
  }

  private var actionsSimplified: [LawCase] {
    rulePlaces.flatMap { file, rule in
      let old = files[file].rules[rule]
      var cases = old.actions.indices.flatMap { action in
        old.actions[action].simpler.map { simpler in
          changed { $0.files[file].rules[rule].actions[action] = simpler }
        }
      }
      if old.floor != nil { cases.append(changed { $0.files[file].rules[rule].floor = nil }) }
      if old.contact != nil { cases.append(changed { $0.files[file].rules[rule].contact = nil }) }
      return cases
    }
  }

  private var contactsSimplified: [LawCase] {
    contacts.indices.flatMap { index -> [LawCase] in
      let old = contacts[index]
      var cases: [LawCase] = []
      for urn in old.urns.indices {
        cases.append(changed { $0.contacts[index].urns.remove(at: urn) })
      }
      if !old.groups.isEmpty { cases.append(changed { $0.contacts[index].groups = [] }) }
      for group in old.groups.indices where old.groups.count > 1 {
        cases.append(changed { $0.contacts[index].groups.remove(at: group) })
      }
      if !old.fields.isEmpty { cases.append(changed { $0.contacts[index].fields = [] }) }
      if old.status != "active" { cases.append(changed { $0.contacts[index].status = "active" }) }
      if old.name != nil { cases.append(changed { $0.contacts[index].name = nil }) }
      if old.language != nil { cases.append(changed { $0.contacts[index].language = nil }) }
      return cases
    }
  }

  private var eventsSimplified: [LawCase] {
    events.indices.flatMap { index in
      events[index].values.keys.sorted().map { key in
        changed { $0.events[index].values[key] = nil }
      }
    }
  }

  private var settingsSimplified: [LawCase] {
    var cases: [LawCase] = []
    if window < 100 { cases.append(changed { $0.window = 100 }) }
    for file in files.indices where files[file].ensuresTypes {
      cases.append(changed { $0.files[file].ensuresTypes = false })
    }
    return cases
  }
}

extension LawCase.Action {
  /// The same with one item less.
  fileprivate var simpler: [LawCase.Action] {
    func lists<Item>(_ items: [Item], atLeast least: Int = 1) -> [[Item]] {
      guard items.count > least else { return [] }
      return items.indices.map { index in
        var copy = items
        copy.remove(at: index)
        return copy
      }
    }
    switch self {
    case .setFields(let fields): return lists(fields).map { .setFields($0) }
    case .clearFields(let keys): return lists(keys).map { .clearFields($0) }
    case .addToGroup(let groups): return lists(groups).map { .addToGroup($0) }
    case .removeFromGroup(let groups): return lists(groups).map { .removeFromGroup($0) }
    case .setGroups(let groups): return lists(groups, atLeast: 0).map { .setGroups($0) }
    case .setURNs(let urns): return lists(urns, atLeast: 0).map { .setURNs($0) }
    case .createContact(let urns): return lists(urns, atLeast: 0).map { .createContact($0) }
    case .preferURN(let urn): return [.addURN(urn)]
    case .setName, .clearName, .setLanguage, .clearLanguage, .addURN, .removeURN,
      .deleteContact, .block, .unblock, .interrupt, .archive, .createField, .createGroup,
      .renameGroup, .deleteGroup, .note:
      return []
    }
  }
}
