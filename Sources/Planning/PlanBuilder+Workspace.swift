import Contacts
import Engine
import Knowledge
import Rulesets

/// Calls that make, rename and delete fields and groups.
extension PlanBuilder {
  /// Plans the creations of a round.
  mutating func openWorkspace(_ round: Int) {
    while let (index, write) = nextWorkspaceWrite(in: round) {
      guard write.kind == .createField || write.kind == .createGroup else { return }
      let isField = write.kind == .createField
      let row = append(
        CallTable.Row(kind: isField ? .createField : .createGroup, subject: index))
      workspace.note(write, by: row, in: batch)
      noteCreation(write)
      workspace.next += 1
    }
  }

  /// Plans the renames and deletions of a round, and what else is left of it.
  mutating func closeWorkspace(_ round: Int) {
    while let (index, write) = nextWorkspaceWrite(in: round) {
      switch write.kind {
      case .createField, .createGroup:
        openWorkspace(round)
        continue
      case .renameGroup:
        change(.renameGroup, write, index)
        noteRename(write)
      case .deleteGroup:
        change(.deleteGroup, write, index)
        noteDeletion(write)
      default: break
      }
      workspace.next += 1
    }
  }

  // What later rounds and windows know.

  private mutating func noteCreation(_ write: Batch.WorkspaceWrite) {
    let name = batch.string(write.subject)
    if write.kind == .createField {
      guard let key = try? profile.key(ofLabel: name) else { return }
      snapshot.inventory.makeField(key, type: batch.string(write.value))
    } else {
      snapshot.inventory.makeGroup(name)
    }
  }

  private mutating func noteRename(_ write: Batch.WorkspaceWrite) {
    let known = snapshot.inventory.group(batch.string(write.subject))
    let name = batch.string(write.value)
    guard snapshot.inventory.isKnown else {
      // Another group may have the name, and then nothing is renamed.
      snapshot.inventory.forget(batch.string(write.subject))
      snapshot.inventory.forget(name)
      return groupNumbering.reset()
    }
    let taken = snapshot.inventory.group(name)
    // The server refuses a name that another group has.
    let isFree = taken < 0 || taken == known || !snapshot.inventory.groups[Int(taken)].exists
    guard known >= 0, isFree else { return }
    snapshot.inventory.renameGroup(known, to: name)
    groupNumbering.reset()
  }

  /// Whether it is gone depends on what uses it: from now on nothing is known of it.
  private mutating func noteDeletion(_ write: Batch.WorkspaceWrite) {
    let known = snapshot.inventory.group(batch.string(write.subject))
    guard known >= 0 else { return }
    snapshot.inventory.removeGroup(known)
    groupNumbering.reset()
  }

  private mutating func nextWorkspaceWrite(in round: Int) -> (Int32, Batch.WorkspaceWrite)? {
    guard workspace.next < workspace.order.count else { return nil }
    let index = workspace.order[workspace.next]
    let write = batch.workspace[Int(index)]
    return Int(write.round) == round ? (index, write) : nil
  }

  /// A group is changed by its uuid; known by name only, it is looked up first.
  private mutating func change(
    _ kind: CallTable.Kind, _ write: Batch.WorkspaceWrite, _ index: Int32
  ) {
    var row = CallTable.Row(kind: kind, address: .uuid, subject: index)
    if !batch.isUUID(write.subject) {
      let found = append(CallTable.Row(kind: .findGroup, address: .name, subject: index))
      row.address = .answer
      row.answer = found
    }
    _ = append(row)
  }

  /// Lets a row that is the first to use something new wait for the call that makes it.
  mutating func noteUse(of target: Int32, isGroup: Bool, by row: Int32) {
    guard let maker = workspace.takeMaker(of: target, isGroup: isGroup, in: batch) else { return }
    let name = batch.string(batch.targets[Int(target)])
    if isGroup {
      snapshot.inventory.unusedGroups.remove(snapshot.inventory.group(name))
    } else {
      snapshot.inventory.unusedFields.remove(snapshot.inventory.field(name))
    }
    guard case .row(let maker) = maker else {
      table.rows[Int(row)].waits = true
      return
    }
    if table.rows[Int(row)].useCount == 0 {
      table.rows[Int(row)].firstUse = Int32(table.uses.count)
    }
    table.uses.append(maker)
    table.rows[Int(row)].useCount += 1
  }
}

/// What `ensure` names and the workspace lacks: it is made before the first call of a run.
extension PlanBuilder {
  /// Drops the calls that only make things if no other call was planned that could need them.
  mutating func dropEnsuredIfAlone() {
    let count = workspace.ensuredCount
    guard count > 0, table.rows.count == count, batch.workspace.count == count else { return }
    for write in batch.workspace.suffix(count) {
      let name = batch.string(write.subject)
      if write.kind == .createGroup {
        snapshot.inventory.unmakeGroup(name)
      } else if let key = try? profile.key(ofLabel: name) {
        snapshot.inventory.unmakeField(key)
      }
    }
    table.rows.removeAll()
    batch.workspace.removeLast(count)
  }
}

extension Batch {
  /// Adds the creations that `ensure` asks for, as the last of the workspace's writes.
  ///
  /// - Returns: how many there are.
  mutating func appendEnsured(
    _ wishes: PlanningWishes, lackingIn inventory: borrowing Inventory
  ) -> Int {
    guard case .whatLacks(let firstRule) = wishes.ensuring, inventory.isKnown else { return 0 }
    let before = workspace.count
    for (number, field) in wishes.ensure.fields.enumerated() where !inventory.hasField(field.key) {
      append(.createField, field.label, field.type.rawValue, by: firstRule + number)
    }
    let firstGroup = firstRule + wishes.ensure.fields.count
    for (number, group) in wishes.ensure.groups.enumerated()
    where !inventory.hasGroup(group.name) && !group.isUUID {
      append(.createGroup, group.name, "", by: firstGroup + number)
    }
    return workspace.count - before
  }

  private mutating func append(
    _ kind: MutationKind, _ subject: String, _ value: String, by rule: Int
  ) {
    workspace.append(
      WorkspaceWrite(
        kind: kind, subject: appendText(Array(subject.utf8)),
        value: appendText(Array(value.utf8)), rule: Int32(rule), event: -1, round: 0))
  }

  /// Whether a text is a uuid with hyphens.
  func isUUID(_ range: TextRange) -> Bool {
    text(range).withUnsafeBytes { UUIDText.isHyphenated($0) }
  }
}
