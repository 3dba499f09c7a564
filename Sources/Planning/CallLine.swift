import Contacts
import Engine
import Knowledge

/// Prints single calls of one batch.
struct CallLine: ~Copyable {
  let table: CallTable
  let batch: Batch
  let texts: UnsafeRawBufferPointer
  let provenance: UnsafeBufferPointer<UInt8>
  let provenanceStarts: [Int]

  /// Writes the line of one call; `reasons` is memory to work in.
  mutating func write(_ number: Int, into line: inout LineWriter, _ reasons: inout [UInt64]) {
    let row = table.rows[number]
    line.put("{\"batch\":")
    line.put(batch.number)
    line.put(",\"call\":")
    line.put(number + 1)
    writeTarget(row, &line)
    writeQuery(row, &line)
    writeBody(row, &line)
    writeAfter(row, &line, &reasons)
    writeMissing(row, &line)
    if row.waitsForNewObjects {
      line.put(",\"wait_s\":")
      line.put(CallTable.newObjectSeconds)
    }
    writeReasons(row, &line, &reasons)
    line.put("}\n")
  }

  /// What stands between a rule's place and the id of its event.
  static let eventKey = Array(",\"event\":".utf8)

  /// Has what lines to come will print brought into the cache: texts stand in the order of events, and
  /// calls in that of contacts.
  func prefetch(ahead number: Int, until end: Int) {
    if number + 8 < end { prefetchEvents(table.rows[number + 8]) }
    if number + 4 < end { prefetchTexts(table.rows[number + 4]) }
  }

  private func prefetchEvents(_ row: CallTable.Row) {
    guard row.kind.isAboutContact else { return }
    batch.parts.withUnsafeBufferPointer {
      Knowledge.prefetch($0.baseAddress.map { $0 + Int(row.subject) })
    }
    batch.events.withUnsafeBufferPointer { events in
      for index in Int(row.first)..<Int(row.first) + min(8, Int(row.count)) {
        Knowledge.prefetch(events.baseAddress.map { $0 + Int(table.items[index].event) })
      }
    }
  }

  private func prefetchTexts(_ row: CallTable.Row) {
    guard row.kind.isAboutContact else { return }
    prefetch(batch.parts[Int(row.subject)].key)
    for index in Int(row.first)..<Int(row.first) + min(8, Int(row.count)) {
      let item = table.items[index]
      prefetch(item.value)
      if item.event >= 0 { prefetch(batch.events[Int(item.event)].id) }
    }
  }

  private func prefetch(_ text: TextRange) {
    Knowledge.prefetch(texts.baseAddress.map { $0 + Int(text.offset) })
  }

  /// The same for a bulk call, whose members lie far apart.
  func prefetch(memberAhead index: Int, _ row: CallTable.Row) {
    let end = Int(row.first + row.count)
    if index + 16 < end {
      let member = table.members[index + 16]
      batch.parts.withUnsafeBufferPointer {
        Knowledge.prefetch($0.baseAddress.map { $0 + Int(member.part) })
      }
      batch.events.withUnsafeBufferPointer {
        Knowledge.prefetch($0.baseAddress.map { $0 + Int(member.event) })
      }
    }
    if index + 8 < end {
      let member = table.members[index + 8]
      prefetch(batch.parts[Int(member.part)].key)
      prefetch(batch.events[Int(member.event)].id)
    }
  }

  func text(_ range: TextRange) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      rebasing: texts[Int(range.offset)..<Int(range.offset) + Int(range.length)])
  }

  private func writeTarget(_ row: CallTable.Row, _ line: inout LineWriter) {
    switch row.kind {
    case .postContact: line.put(#","method":"POST","path":"/api/v2/contacts.json""#)
    case .findContact: line.put(#","method":"GET","path":"/api/v2/contacts.json""#)
    case .deleteContact: line.put(#","method":"DELETE","path":"/api/v2/contacts.json""#)
    case .add, .remove, .block, .unblock, .interrupt, .archiveMessages, .delete:
      line.put(#","method":"POST","path":"/api/v2/contact_actions.json""#)
    case .createField: line.put(#","method":"POST","path":"/api/v2/fields.json""#)
    case .createGroup, .renameGroup: line.put(#","method":"POST","path":"/api/v2/groups.json""#)
    case .findGroup: line.put(#","method":"GET","path":"/api/v2/groups.json""#)
    case .deleteGroup: line.put(#","method":"DELETE","path":"/api/v2/groups.json""#)
    }
  }

  private func writeQuery(_ row: CallTable.Row, _ line: inout LineWriter) {
    switch row.address {
    case .none: return
    case .urn: line.put(#","query":{"urn":"#)
    case .uuid, .answer: line.put(#","query":{"uuid":"#)
    case .name: line.put(#","query":{"name":"#)
    }
    if row.address == .answer {
      writeAnswer(row.answer, &line)
    } else if row.kind.isAboutContact {
      line.putString(text(batch.parts[Int(row.subject)].key))
    } else {
      line.putString(text(batch.workspace[Int(row.subject)].subject))
    }
    line.put("}")
  }

  func writeAnswer(_ row: Int32, _ line: inout LineWriter) {
    line.put("{\"answer\":")
    line.put(Int(row) + 1)
    line.put("}")
  }

  /// The calls whose answers or effects this one needs, in order, each once.
  private func writeAfter(
    _ row: CallTable.Row, _ line: inout LineWriter, _ numbers: inout [UInt64]
  ) {
    guard row.answer >= 0 || row.urns == .edit || row.kind.isBulk || row.useCount > 0 else {
      return
    }
    numbers.removeAll(keepingCapacity: true)
    if row.answer >= 0 { numbers.append(UInt64(row.answer)) }
    if row.urns == .edit { numbers.append(UInt64(row.list)) }
    if row.kind.isBulk {
      for index in Int(row.first)..<Int(row.first + row.count)
      where table.members[index].answer >= 0 {
        numbers.append(UInt64(table.members[index].answer))
      }
    }
    for index in Int(row.firstUse)..<Int(row.firstUse + row.useCount) {
      numbers.append(UInt64(table.uses[index]))
    }
    guard !numbers.isEmpty else { return }
    numbers.sort()
    line.put(",\"after\":[")
    var last: UInt64?
    for number in numbers where number != last {
      line.put(Int(number) + 1)
      line.put(",")
      last = number
    }
    line.drop(UInt8(ascii: ","))
    line.put("]")
  }

  private func writeMissing(_ row: CallTable.Row, _ line: inout LineWriter) {
    switch row.missing {
    case .unsaid: return
    case .create, .skip, .fail:
      line.put(",\"missing\":\"")
      line.put(row.missing.word)
      line.put("\"")
    case .listed:
      line.put(",\"missing\":[")
      for index in Int(row.first)..<Int(row.first + row.count) {
        line.put("\"")
        line.put(table.members[index].missing.word)
        line.put("\",")
      }
      line.drop(UInt8(ascii: ","))
      line.put("]")
    }
  }

  // Provenance.

  /// Why the call is made: rules and events, each pair once, in the order of events.
  private func writeReasons(
    _ row: CallTable.Row, _ line: inout LineWriter, _ reasons: inout [UInt64]
  ) {
    line.put(",\"because\":[")
    if row.kind.isBulk {
      writeMemberReasons(row, &line, &reasons)
    } else if row.kind.isAboutContact, row.count == 1 {
      let item = table.items[Int(row.first)]
      writeReason(UInt64(UInt32(item.event)) << 32 | UInt64(UInt32(item.rule)), &line)
      line.put("}")
    } else if row.kind.isAboutContact {
      reasons.removeAll(keepingCapacity: true)
      for index in Int(row.first)..<Int(row.first + row.count) {
        let item = table.items[index]
        reasons.append(UInt64(UInt32(item.event)) << 32 | UInt64(UInt32(item.rule)))
      }
      reasons.sortIfNeeded()
      var last: UInt64?
      for reason in reasons where reason != last {
        if last != nil { line.put(",") }
        writeReason(reason, &line)
        line.put("}")
        last = reason
      }
    } else {
      let write = batch.workspace[Int(row.subject)]
      let event = UInt64(UInt32(bitPattern: write.event))
      writeReason(event << 32 | UInt64(UInt32(write.rule)), &line)
      line.put("}")
    }
    line.put("]")
  }

  /// In a bulk call each reason names its contact by index.
  private func writeMemberReasons(
    _ row: CallTable.Row, _ line: inout LineWriter, _ order: inout [UInt64]
  ) {
    order.removeAll(keepingCapacity: true)
    // At most a hundred members and fewer than 2^24 rules: one word holds what is sorted.
    for index in 0..<Int(row.count) {
      let member = table.members[Int(row.first) + index]
      order.append(
        UInt64(UInt32(member.event)) << 32 | UInt64(UInt32(member.rule)) << 8 | UInt64(index))
    }
    order.sortIfNeeded()
    for (place, entry) in order.enumerated() {
      if place > 0 { line.put(",") }
      writeReason((entry & ~0xFFFF_FFFF) | (entry >> 8) & 0xFF_FFFF, &line)
      line.put(",\"contact\":")
      line.put(Int(entry & 0xFF))
      line.put("}")
    }
  }

  /// A rule, where it stands, and an event, unless `ensure` asks; the brace stays open.
  private func writeReason(_ reason: UInt64, _ line: inout LineWriter) {
    let rule = Int(reason & 0xFFFF_FFFF)
    let start = provenanceStarts[rule]
    let end = provenanceStarts[rule + 1]
    let event = Int32(truncatingIfNeeded: reason >> 32)
    guard event >= 0 else {
      let opening = provenance[start..<end - Self.eventKey.count]
      return line.put(UnsafeBufferPointer(rebasing: opening))
    }
    line.putBlocks(UnsafeBufferPointer(rebasing: provenance[start..<end]))
    line.putString(text(batch.events[Int(event)].id))
  }
}

extension CallTable.Kind {
  /// Whether the call's subject is a contact's part.
  var isAboutContact: Bool {
    self == .postContact || self == .findContact || self == .deleteContact
  }

  /// The word of `contact_actions`.
  var action: StaticString {
    switch self {
    case .add: "add"
    case .remove: "remove"
    case .block: "block"
    case .unblock: "unblock"
    case .interrupt: "interrupt"
    case .archiveMessages: "archive_messages"
    case .delete: "delete"
    case .findContact, .postContact, .deleteContact, .createField, .createGroup, .findGroup,
      .renameGroup, .deleteGroup:
      ""
    }
  }
}

extension [UInt64] {
  /// Sorts what nearly always is in order already.
  fileprivate mutating func sortIfNeeded() {
    for index in indices.dropFirst() where self[index - 1] > self[index] { return sort() }
  }
}
