import Contacts
package import Engine

extension CallTable {
  /// One call as a value of its own; `index` counts from zero.
  package func call(at index: Int, of batch: Batch) -> Call {
    let row = rows[index]
    return Call(
      batch: batch.number, number: index + 1, method: row.kind.method, path: row.kind.path,
      query: query(of: row, batch), body: body(of: row, batch), after: after(row),
      missing: missing(of: row), waitSeconds: row.waitsForNewObjects ? Self.newObjectSeconds : 0,
      because: reasons(for: row, batch))
  }

  func range(of row: Row) -> Range<Int> {
    Int(row.first)..<Int(row.first + row.count)
  }

  private func query(of row: Row, _ batch: Batch) -> Call.Query? {
    let subject =
      row.kind.isAboutContact
      ? batch.parts[Int(row.subject)].key
      : row.kind.isBulk ? TextRange.none : batch.workspace[Int(row.subject)].subject
    let text = Call.Reference.text(batch.string(subject))
    return switch row.address {
    case .none: nil
    case .urn: Call.Query(name: "urn", value: text)
    case .uuid: Call.Query(name: "uuid", value: text)
    case .name: Call.Query(name: "name", value: text)
    case .answer: Call.Query(name: "uuid", value: .answer(Int(row.answer) + 1))
    }
  }

  private func body(of row: Row, _ batch: Batch) -> Call.Body? {
    switch row.kind {
    case .findContact, .deleteContact, .findGroup, .deleteGroup: return nil
    case .postContact: return .contact(row.isBare ? Call.ContactBody() : contactBody(row, batch))
    case .add, .remove, .block, .unblock, .interrupt, .archiveMessages, .delete:
      let contacts = members[range(of: row)].map { member in
        member.answer >= 0
          ? Call.Reference.answer(Int(member.answer) + 1)
          : .text(batch.string(batch.parts[Int(member.part)].key))
      }
      let group = row.subject >= 0 ? batch.string(batch.targets[Int(row.subject)]) : nil
      return .action("\(row.kind.action)", contacts: contacts, group: group)
    case .createField:
      let write = batch.workspace[Int(row.subject)]
      let type = batch.string(write.value)
      return .field(
        label: batch.string(write.subject), type: type == "number" ? "numeric" : type)
    case .createGroup:
      return .group(name: batch.string(batch.workspace[Int(row.subject)].subject))
    case .renameGroup:
      return .group(name: batch.string(batch.workspace[Int(row.subject)].value))
    }
  }

  private func contactBody(_ row: Row, _ batch: Batch) -> Call.ContactBody {
    var body = Call.ContactBody()
    var urns: [Role: [String]] = [:]
    for item in items[range(of: row)] {
      let value = item.isCleared ? Call.Value.cleared : .text(batch.string(item.value))
      let target = item.target >= 0 ? batch.string(batch.targets[Int(item.target)]) : ""
      switch item.role {
      case .name: body.name = value
      case .language: body.language = value
      case .field: body.fields.append(Call.Field(key: target, value: value))
      case .groups: body.groups = []
      case .group: body.groups?.append(target)
      case .urn, .addedURN, .firstURN, .removedURN: urns[item.role, default: []].append(target)
      case .urns, .reason: break
      }
    }
    switch row.urns {
    case .none: break
    case .list: body.urns = .list(urns[.urn] ?? [])
    case .edit:
      body.urns = .edit(
        answer: Int(row.list) + 1, add: urns[.addedURN] ?? [], first: urns[.firstURN] ?? [],
        remove: urns[.removedURN] ?? [])
    }
    return body
  }

  func after(_ row: Row) -> [Int] {
    var rows = [row.answer, row.urns == .edit ? row.list : -1]
    if row.kind.isBulk { rows += members[range(of: row)].map(\.answer) }
    rows += uses[Int(row.firstUse)..<Int(row.firstUse + row.useCount)]
    return Set(rows.filter { $0 >= 0 }).sorted().map { Int($0) + 1 }
  }

  private func missing(of row: Row) -> [MissingPolicy] {
    switch row.missing {
    case .unsaid: []
    case .create, .skip, .fail: [row.missing.policy].compactMap(\.self)
    case .listed: members[range(of: row)].compactMap(\.missing.policy)
    }
  }

  private func reasons(for row: Row, _ batch: Batch) -> [Call.Reason] {
    typealias Origin = (event: Int32, rule: Int32, contact: Int?)
    var origins: [Origin]
    if row.kind.isBulk {
      origins = members[range(of: row)].enumerated().map { ($1.event, $1.rule, $0) }
    } else if row.kind.isAboutContact {
      origins = items[range(of: row)].map { ($0.event, $0.rule, nil) }
    } else {
      let write = batch.workspace[Int(row.subject)]
      origins = [(write.event, write.rule, nil)]
    }
    origins.sort { ($0.event, $0.rule, $0.contact ?? 0) < ($1.event, $1.rule, $1.contact ?? 0) }
    var reasons: [Call.Reason] = []
    for origin in origins {
      let event =
        origin.event < 0 ? "" : batch.string(batch.events[Int(origin.event)].id)
      let reason = Call.Reason(rule: Int(origin.rule), event: event, contact: origin.contact)
      if reasons.last != reason { reasons.append(reason) }
    }
    return reasons
  }
}

extension CallTable.Kind {
  fileprivate var method: Call.Method {
    switch self {
    case .findContact, .findGroup: .get
    case .deleteContact, .deleteGroup: .delete
    case .postContact, .add, .remove, .block, .unblock, .interrupt, .archiveMessages, .delete,
      .createField, .createGroup, .renameGroup:
      .post
    }
  }

  fileprivate var path: String {
    switch self {
    case .findContact, .postContact, .deleteContact: "/api/v2/contacts.json"
    case .add, .remove, .block, .unblock, .interrupt, .archiveMessages, .delete:
      "/api/v2/contact_actions.json"
    case .createField: "/api/v2/fields.json"
    case .createGroup, .findGroup, .renameGroup, .deleteGroup: "/api/v2/groups.json"
    }
  }
}

extension CallTable.Missing {
  fileprivate var policy: MissingPolicy? {
    switch self {
    case .unsaid, .listed: nil
    case .create: .create
    case .skip: .skip
    case .fail: .fail
    }
  }
}

extension Batch {
  /// A text as a string.
  func string(_ range: TextRange) -> String { String(decoding: text(range), as: UTF8.self) }
}
