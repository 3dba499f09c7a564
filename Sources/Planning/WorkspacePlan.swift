import Contacts
import Engine

/// Fields and groups that a batch makes, renames and deletes, and who is first to use new ones.
///
/// Changes of the workspace are rare, so names are kept as texts here.
struct WorkspacePlan {
  /// Indices in ``Batch/workspace``, by round; repeated creations are left out.
  private(set) var order: [Int32] = []
  /// The next of ``order`` that is not planned yet.
  var next = 0
  /// Whether something was created that a later call may be the first to use.
  private(set) var hasCreations = false
  /// Of each target the row that makes it as a group or field; -1 where none does.
  private var groupRows: [Int32] = []
  private var fieldRows: [Int32] = []
  /// Targets by folded name.
  private var targets: [[UInt8]: [Int32]] = [:]
  private let profile: APIProfile

  init(_ batch: borrowing Batch, profile: APIProfile) {
    self.profile = profile
    guard !batch.workspace.isEmpty else { return }
    order = batch.workspace.indices.map(Int32.init)
    order.sort { one, other in
      let rounds = (batch.workspace[Int(one)].round, batch.workspace[Int(other)].round)
      return rounds.0 == rounds.1 ? one < other : rounds.0 < rounds.1
    }
    dropRepeats(batch)
    groupRows = Array(repeating: -1, count: batch.targets.count)
    fieldRows = groupRows
    for (target, text) in batch.targets.enumerated() {
      targets[folded(text, in: batch), default: []].append(Int32(target))
    }
  }

  /// What was created already is not created again, unless a rename or deletion lies between.
  private mutating func dropRepeats(_ batch: borrowing Batch) {
    var created: Set<[UInt8]> = []
    var kept: [Int32] = []
    for index in order {
      let write = batch.workspace[Int(index)]
      if write.kind == .createGroup || write.kind == .createField {
        let name = [write.kind.rawValue] + folded(write.subject, in: batch)
        guard created.insert(name).inserted else { continue }
      } else {
        created.removeAll()
      }
      kept.append(index)
    }
    order = kept
  }

  /// Lets the targets that are the new group or field wait for `row`.
  mutating func note(_ write: Batch.WorkspaceWrite, by row: Int32, in batch: Batch) {
    hasCreations = true
    if write.kind == .createGroup {
      for target in targets[folded(write.subject, in: batch)] ?? [] {
        groupRows[Int(target)] = row
      }
    } else {
      let label = String(decoding: batch.text(write.subject), as: UTF8.self)
      guard let key = try? profile.key(ofLabel: label) else { return }
      for target in targets[Array(key.utf8)] ?? [] { fieldRows[Int(target)] = row }
    }
  }

  /// The row that makes a target, told once: later users come after the first.
  mutating func takeRow(of target: Int32, isGroup: Bool) -> Int32 {
    // Targets that only the plan named come behind those of the batch.
    guard target < groupRows.count else { return -1 }
    let row = isGroup ? groupRows[Int(target)] : fieldRows[Int(target)]
    if isGroup { groupRows[Int(target)] = -1 } else { fieldRows[Int(target)] = -1 }
    return row
  }

  private func folded(_ text: TextRange, in batch: borrowing Batch) -> [UInt8] {
    var folded: [UInt8] = []
    batch.bytes.withUnsafeBytes { bytes in
      let name = bytes[Int(text.offset)..<Int(text.offset + text.length)]
      profile.foldGroupName(UnsafeRawBufferPointer(rebasing: name), into: &folded)
    }
    return folded
  }
}
