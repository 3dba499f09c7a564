import Contacts
import Engine
import Knowledge

/// Fields and groups that a batch makes, renames and deletes, and who is first to use new ones.
///
/// Changes of the workspace are rare, so names are kept as texts here.
struct WorkspacePlan {
  /// What makes something new.
  enum Maker {
    case row(Int32)
    case earlierBatch
  }

  /// Indices in ``Batch/workspace``, by round; repeated creations are left out.
  private(set) var order: [Int32] = []
  /// The next of ``order`` that is not planned yet.
  var next = 0
  /// How many of the writes `ensure` asks for; they are the last of the batch's and come first here.
  let ensuredCount: Int
  /// By folded name and by key, as long as no call has used them.
  private var groupMakers: [[UInt8]: Maker] = [:]
  private var fieldMakers: [[UInt8]: Maker] = [:]
  /// Of each target whether it is known to be nothing new.
  private var isOldGroup: [Bool] = []
  private var isOldField: [Bool] = []
  private let profile: APIProfile

  init(
    _ batch: borrowing Batch, ensuredCount: Int, inventory: borrowing Inventory,
    profile: APIProfile
  ) {
    self.profile = profile
    self.ensuredCount = ensuredCount
    for number in inventory.unusedGroups where inventory.groups[Int(number)].exists {
      groupMakers[folded(Array(inventory.groups[Int(number)].name.utf8))] = .earlierBatch
    }
    for number in inventory.unusedFields where inventory.fields[Int(number)].exists {
      fieldMakers[Array(inventory.fields[Int(number)].key.utf8)] = .earlierBatch
    }
    forgetOld(batch)
    guard !batch.workspace.isEmpty else { return }
    let eventCount = batch.workspace.count - ensuredCount
    order = (0..<eventCount).map(Int32.init)
    order.sort { one, other in
      let rounds = (batch.workspace[Int(one)].round, batch.workspace[Int(other)].round)
      return rounds.0 == rounds.1 ? one < other : rounds.0 < rounds.1
    }
    order.insert(contentsOf: (eventCount..<batch.workspace.count).map(Int32.init), at: 0)
    dropRepeats(batch)
  }

  /// Whether there is something new that a later call may be the first to use.
  var hasCreations: Bool { !groupMakers.isEmpty || !fieldMakers.isEmpty }

  private mutating func forgetOld(_ batch: borrowing Batch) {
    guard hasCreations else { return }
    isOldGroup = Array(repeating: false, count: batch.targets.count)
    isOldField = isOldGroup
  }

  /// What was created already is not created again, unless a rename or deletion lies between.
  private mutating func dropRepeats(_ batch: borrowing Batch) {
    var created: Set<[UInt8]> = []
    var kept: [Int32] = []
    for index in order {
      let write = batch.workspace[Int(index)]
      if write.kind == .createGroup || write.kind == .createField {
        let name = [write.kind.rawValue] + folded(Array(batch.text(write.subject)))
        guard created.insert(name).inserted else { continue }
      } else {
        created.removeAll()
      }
      kept.append(index)
    }
    order = kept
  }

  /// Lets whoever is first to use the new group or field wait for `row`.
  mutating func note(_ write: Batch.WorkspaceWrite, by row: Int32, in batch: borrowing Batch) {
    let name = Array(batch.text(write.subject))
    if write.kind == .createGroup {
      groupMakers[folded(name)] = .row(row)
    } else {
      let label = String(decoding: name, as: UTF8.self)
      guard let key = try? profile.key(ofLabel: label) else { return }
      fieldMakers[Array(key.utf8)] = .row(row)
    }
    forgetOld(batch)
  }

  /// What makes a target, told once: later users come after the first.
  mutating func takeMaker(
    of target: Int32, isGroup: Bool, in batch: borrowing Batch
  ) -> Maker? {
    // Targets that only the plan named come behind those of the batch.
    guard target < isOldGroup.count else { return nil }
    guard !(isGroup ? isOldGroup : isOldField)[Int(target)] else { return nil }
    let name = Array(batch.text(batch.targets[Int(target)]))
    if isGroup {
      isOldGroup[Int(target)] = true
      return groupMakers.removeValue(forKey: folded(name))
    }
    isOldField[Int(target)] = true
    return fieldMakers.removeValue(forKey: name)
  }

  private func folded(_ name: [UInt8]) -> [UInt8] {
    var folded: [UInt8] = []
    name.withUnsafeBytes { profile.foldGroupName($0, into: &folded) }
    return folded
  }
}
