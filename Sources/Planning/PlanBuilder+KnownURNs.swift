import Contacts
import Engine
import Knowledge

/// A URN of a list: one that the contact has, or one that a write gives it.
enum ListedURN {
  case known(ContactSnapshot.Text)
  /// In the batch's targets.
  case target(Int32)
}

/// URNs of known contacts: the whole new list goes with one POST.
extension PlanBuilder {
  mutating func settleURNs(_ step: Int, _ row: Int32) {
    guard steps[step].effects.contains(.urns) else { return }
    let number = Int(steps[step].part)
    edit.read(writeRange(step), of: writes, batch.parts[number], in: batch)
    let list = editedURNs(step, row)
    if isPresent(list, of: row) {
      for index in writeRange(step) where writes[index].kind.isAboutURNs {
        drops[drop(index, of: step)] = true
      }
      batch.parts[number].replacesURNs = false
      return
    }
    let first = settledURNs.count
    for urn in list {
      switch urn {
      case .known(let text):
        settledURNs.append(batch.appendTarget(snapshot.withBytes(of: text) { Array($0) }))
      case .target(let target): settledURNs.append(target)
      }
    }
    settlements[settlements.count - 1].firstURN = Int32(first)
    settlements[settlements.count - 1].urnCount = Int32(list.count)
    noteMoves(of: list, step, to: row)
    snapshot.setURNs(list.map { keep($0) }, of: row)
  }

  /// Whether a contact has these URNs already.
  private mutating func isPresent(_ list: [ListedURN], of row: Int32) -> Bool {
    let before = snapshot.listURNs(of: row)
    return list.count == before.count && zip(list, before).allSatisfy { isListed($0, as: $1) }
  }

  /// The list after the edit that ``edit`` has read.
  mutating func editedURNs(_ step: Int, _ row: Int32) -> [ListedURN] {
    let first = Int(steps[step].first)
    func target(_ entry: URNEdit.Entry) -> Int32 { writes[first + entry.index].target }
    let before = snapshot.listURNs(of: row)
    func known(_ target: Int32) -> ListedURN {
      before.first { names($0, target) }.map { .known($0) } ?? .target(target)
    }
    var list = edit.first.map { known(target($0)) }
    let leaving = (edit.removed + edit.first).map(target)
    if edit.replaces {
      list += edit.added.map { known(target($0)) }
      return list
    }
    let staying = before.filter { urn in !leaving.contains { names(urn, $0) } }
    list += staying.map { .known($0) }
    for entry in edit.added where !staying.contains(where: { names($0, target(entry)) }) {
      list.append(known(target(entry)))
    }
    return list
  }

  private mutating func names(_ known: ContactSnapshot.Text, _ target: Int32) -> Bool {
    batch.bytes.withUnsafeBytes { snapshot.names(known, $0.text(batch.targets[Int(target)])) }
  }

  private mutating func isListed(_ urn: ListedURN, as known: ContactSnapshot.Text) -> Bool {
    switch urn {
    case .known(let text): text == known
    case .target(let target): names(known, target)
    }
  }

  /// A URN as a text of the snapshot.
  mutating func keep(_ urn: ListedURN) -> ContactSnapshot.Text {
    switch urn {
    case .known(let text): return text
    case .target(let target):
      let bytes = batch.bytes
      let text = batch.targets[Int(target)]
      return bytes.withUnsafeBytes { snapshot.keep($0.text(text)) }
    }
  }

  /// The whole list, each URN for the write that gives it or, if it was there before, for the first.
  mutating func appendSettledURNs(_ step: Int, _ row: Int32) {
    table.rows[Int(row)].urns = .list
    let settlement = settlements[Int(steps[step].settlement)]
    let range = writeRange(step)
    guard !range.isEmpty else { return }
    let changing = range.first { writes[$0].kind.isAboutURNs } ?? range.lowerBound
    append(writes[changing], as: .urns)
    let first = Int(settlement.firstURN)
    for target in settledURNs[first..<first + Int(settlement.urnCount)] {
      let giving = range.first { writes[$0].target == target && writes[$0].kind.isAboutURNs }
      var write = writes[giving ?? changing]
      write.target = target
      append(write, as: .urn)
    }
    for index in range where writes[index].kind.isAboutURNs { append(writes[index], as: .reason) }
  }
}

extension MutationKind {
  /// Whether it edits the list of URNs.
  var isAboutURNs: Bool {
    switch self {
    case .addURN, .preferURN, .removeURN, .replaceURNs: true
    default: false
    }
  }
}
