import Contacts
import Engine

/// The bodies of calls.
extension CallLine {
  func writeBody(_ row: CallTable.Row, _ line: inout LineWriter) {
    switch row.kind {
    case .findContact, .deleteContact, .findGroup, .deleteGroup: return
    case .postContact: row.isBare ? line.put(",\"body\":{}") : writeContact(row, &line)
    case .add, .remove, .block, .unblock, .interrupt, .archiveMessages, .delete:
      writeAction(row, &line)
    case .createField:
      let write = batch.workspace[Int(row.subject)]
      line.put(",\"body\":{\"label\":")
      line.putString(text(write.subject))
      line.put(",\"value_type\":")
      // The API's own word for numbers, which both dialects know.
      if batch.isNumber(write.value) {
        line.put("\"numeric\"")
      } else {
        line.putString(text(write.value))
      }
      line.put("}")
    case .createGroup, .renameGroup:
      let write = batch.workspace[Int(row.subject)]
      line.put(",\"body\":{\"name\":")
      line.putString(text(row.kind == .createGroup ? write.subject : write.value))
      line.put("}")
    }
  }

  private func writeContact(_ row: CallTable.Row, _ line: inout LineWriter) {
    line.put(",\"body\":{")
    var open: CallTable.Role?
    for index in Int(row.first)..<Int(row.first + row.count) {
      let item = table.items[index]
      if let list = open, !item.role.continues(list) {
        line.drop(UInt8(ascii: ","))
        line.put(list == .field ? "}," : "],")
        open = nil
      }
      write(item, &open, &line)
    }
    if let list = open {
      line.drop(UInt8(ascii: ","))
      line.put(list == .field ? "}," : "],")
    }
    if row.urns == .edit { writeEdit(row, &line) }
    line.drop(UInt8(ascii: ","))
    line.put("}")
  }

  /// One write of a body, with a comma behind it.
  private func write(
    _ item: CallTable.Item, _ open: inout CallTable.Role?, _ line: inout LineWriter
  ) {
    switch item.role {
    case .name:
      line.put("\"name\":")
      writeValue(item, &line)
    case .language:
      line.put("\"language\":")
      writeValue(item, &line)
    case .field:
      if open == nil { line.put("\"fields\":{") }
      open = .field
      line.putString(text(batch.targets[Int(item.target)]))
      line.put(":")
      writeValue(item, &line)
    case .groups:
      line.put("\"groups\":[")
      open = .group
      return
    case .urns:
      line.put("\"urns\":[")
      open = .urn
      return
    case .group, .urn: line.putString(text(batch.targets[Int(item.target)]))
    case .addedURN, .firstURN, .removedURN, .reason: return
    }
    line.put(",")
  }

  private func writeValue(_ item: CallTable.Item, _ line: inout LineWriter) {
    item.isCleared ? line.put("null") : line.putString(text(item.value))
  }

  private func writeEdit(_ row: CallTable.Row, _ line: inout LineWriter) {
    line.put("\"urns\":{\"answer\":")
    line.put(Int(row.list) + 1)
    line.put(",\"add\":[")
    writeURNs(.addedURN, row, &line)
    line.put("],\"first\":[")
    writeURNs(.firstURN, row, &line)
    line.put("],\"remove\":[")
    writeURNs(.removedURN, row, &line)
    line.put("]}")
  }

  private func writeURNs(
    _ role: CallTable.Role, _ row: CallTable.Row, _ line: inout LineWriter
  ) {
    for index in Int(row.first)..<Int(row.first + row.count) {
      let item = table.items[index]
      guard item.role == role else { continue }
      line.putString(text(batch.targets[Int(item.target)]))
      line.put(",")
    }
    line.drop(UInt8(ascii: ","))
  }

  private func writeAction(_ row: CallTable.Row, _ line: inout LineWriter) {
    line.put(",\"body\":{\"contacts\":[")
    for index in Int(row.first)..<Int(row.first + row.count) {
      prefetch(memberAhead: index, row)
      if index > Int(row.first) { line.put(",") }
      let member = table.members[index]
      if member.answer >= 0 {
        writeAnswer(member.answer, &line)
      } else {
        line.putString(text(batch.parts[Int(member.part)].key))
      }
    }
    line.put("],\"action\":\"")
    line.put(row.kind.action)
    line.put("\"")
    if row.subject >= 0 {
      line.put(",\"group\":")
      line.putString(text(batch.targets[Int(row.subject)]))
    }
    line.put("}")
  }
}

extension CallTable.Role {
  /// Whether an item belongs to the list that is open; reasons are printed nowhere.
  fileprivate func continues(_ list: CallTable.Role) -> Bool { self == list || self == .reason }
}

extension Batch {
  fileprivate func isNumber(_ range: TextRange) -> Bool {
    text(range).elementsEqual("number".utf8)
  }
}
