import Contacts
import Engine

/// The writes of a POST, in the order its body names them.
extension PlanBuilder {
  mutating func append(
    _ write: Batch.Write, as role: CallTable.Role, isCleared: Bool = false
  ) {
    table.items.append(
      CallTable.Item(
        role: role, isCleared: isCleared, target: write.target, value: write.value,
        rule: write.rule, event: write.event))
  }

  /// The name, then the language; the wish that the contact exists is only a reason.
  mutating func appendNames(_ step: Int) {
    guard !steps[step].effects.isDisjoint(with: [.names, .creation]) else { return }
    for index in writeRange(step) {
      switch writes[index].kind {
      case .setName: append(writes[index], as: .name)
      case .clearName: append(writes[index], as: .name, isCleared: true)
      default: break
      }
    }
    for index in writeRange(step) {
      switch writes[index].kind {
      case .setLanguage: append(writes[index], as: .language)
      case .clearLanguage: append(writes[index], as: .language, isCleared: true)
      case .createContact: append(writes[index], as: .reason)
      default: break
      }
    }
  }

  /// Lists the fields in the order of their first writes, places behind them from large to small,
  /// and returns where those begin that must not ride in a call that makes the contact.
  mutating func orderFields(_ step: Int, splitsPlaces: Bool) -> Int {
    fieldOrder.removeAll(keepingCapacity: true)
    guard steps[step].effects.contains(.fields) else { return 0 }
    for index in writeRange(step) {
      let kind = writes[index].kind
      if kind == .setField || kind == .clearField { fieldOrder.append(Int32(index)) }
    }
    guard !placeLevels.isEmpty else { return fieldOrder.count }
    return movePlacesBack(splits: splitsPlaces)
  }

  private mutating func movePlacesBack(splits: Bool) -> Int {
    var ordered: [Int32] = []
    var placeStart = 0
    var placeCount = 0
    for level in UInt8(0)...3 {
      let before = ordered.count
      for index in fieldOrder where placeLevels[Int(writes[Int(index)].target)] == level {
        ordered.append(index)
      }
      if level == 0 {
        placeStart = ordered.count
      } else if ordered.count > before {
        placeCount += 1
      }
    }
    fieldOrder = ordered
    // The server reads fields of a new contact in any order: one level alone cannot be misread.
    return splits && placeCount > 1 ? placeStart : fieldOrder.count
  }

  mutating func appendFields(_ range: Range<Int>) {
    for index in range {
      let write = writes[Int(fieldOrder[index])]
      append(write, as: .field, isCleared: write.kind == .clearField)
    }
  }

  /// The static groups that remain; what was taken out again is among the reasons.
  mutating func appendGroups(_ step: Int) {
    if steps[step].effects.contains(.groupsFolded) { return appendFoldedGroups(step) }
    guard steps[step].effects.contains(.groupsReplaced) else { return }
    let range = writeRange(step)
    let opening = range.last { writes[$0].kind == .replaceGroups }
    if let opening { append(writes[opening], as: .groups) } else { appendOpening(.groups, step) }
    let floor = opening.map { writes[$0].sequence } ?? -1
    for index in range where writes[index].sequence > floor {
      switch writes[index].kind {
      case .addToGroup: append(writes[index], as: .group)
      case .removeFromGroup: append(writes[index], as: .reason)
      default: break
      }
    }
  }

  /// Opens a list whose own write is gone, in the name of the step's first write.
  private mutating func appendOpening(_ role: CallTable.Role, _ step: Int) {
    guard steps[step].count > 0 else { return }
    append(writes[Int(steps[step].first)], as: role)
  }

  /// The URNs as ``edit`` has read them: a whole list, or changes to the list of an answer.
  mutating func appendURNs(_ step: Int, _ row: Int32, list: Int32) {
    if steps[step].settlement >= 0 { return appendSettledURNs(step, row) }
    let first = Int(steps[step].first)
    if edit.replaces {
      table.rows[Int(row)].urns = .list
      if let opening = edit.opening {
        append(writes[first + opening], as: .urns)
      } else {
        appendOpening(.urns, step)
      }
      for entry in edit.first { append(writes[first + entry.index], as: .urn) }
      for entry in edit.added { append(writes[first + entry.index], as: .urn) }
      for entry in edit.removed { append(writes[first + entry.index], as: .reason) }
      return
    }
    table.rows[Int(row)].urns = .edit
    table.rows[Int(row)].list = list
    for entry in edit.added { append(writes[first + entry.index], as: .addedURN) }
    for entry in edit.first { append(writes[first + entry.index], as: .firstURN) }
    for entry in edit.removed { append(writes[first + entry.index], as: .removedURN) }
  }

  /// Every write of the step, for a call that only finds out who it is about.
  mutating func appendReasons(_ step: Int) {
    for index in writeRange(step) { append(writes[index], as: .reason) }
  }
}
